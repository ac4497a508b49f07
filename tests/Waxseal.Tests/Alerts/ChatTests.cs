using System.Text.Json;
using Waxseal.Storage.Tests;

namespace Waxseal.Tests.Alerts;

public class ChatTests
{
    private const string Hostile = "<!channel> @room <at>all</at> <script>x</script> [a](http://evil.test) *b* \\u202e &";

    [Fact]
    public async Task Slack_reads_no_markup_from_reports()
    {
        JsonElement message = (await SentAsync("slack", "")).Json;

        string text = message.GetProperty("text").GetString()!;
        Assert.DoesNotContain(text, letter => letter is '<' or '>' or '\u202e');
        Assert.DoesNotContain("@room", text);
        Assert.DoesNotContain("](http", text);
        Assert.All(message.GetProperty("blocks").EnumerateArray(), block => Assert.Equal("plain_text", block.GetProperty("text").GetProperty("type").GetString()));
        Assert.Contains("<!channel>", message.GetProperty("blocks")[0].GetProperty("text").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Teams_reads_no_markup_from_reports()
    {
        JsonElement card = (await SentAsync("teams", "")).Json.GetProperty("attachments")[0].GetProperty("content");

        Assert.Equal("AdaptiveCard", card.GetProperty("type").GetString());
        Assert.False(card.TryGetProperty("msteams", out _));
        Assert.All(card.GetProperty("body").EnumerateArray(), block => Assert.Equal(("RichTextBlock", "TextRun"), (block.GetProperty("type").GetString(), block.GetProperty("inlines")[0].GetProperty("type").GetString())));
    }

    [Fact]
    public async Task Matrix_reads_no_markup_from_reports_and_takes_each_message_once()
    {
        HookRequest request = await SentAsync("matrix", "room = \"!r:example.org\"\ntoken = \"t0k3n\"\n");

        Assert.Equal("PUT", request.Method);
        Assert.Matches(@"^/_matrix/client/v3/rooms/(!r:example\.org|%21r%3Aexample\.org)/send/m\.room\.message/[0-9a-f]+-1$", request.Path);
        Assert.Equal("Bearer t0k3n", request.Header["authorization"]);
        Assert.Empty(request.Json.GetProperty("m.mentions").EnumerateObject());
        string html = request.Json.GetProperty("formatted_body").GetString()!.Replace("<strong>", "", StringComparison.Ordinal).Replace("</strong>", "", StringComparison.Ordinal).Replace("<br>", "", StringComparison.Ordinal);
        Assert.DoesNotContain(html, letter => letter is '<' or '>' or '\u202e');
    }

    private static async Task<HookRequest> SentAsync(string format, string more)
    {
        await using HookServer hook = await HookServer.StartAsync();
        await using TestDatabase database = TestDatabase.Sqlite();
        await using AlertLab lab = await AlertLab.StartAsync(database, $"[[alerts.chat]]\nformat = \"{format}\"\nurl = \"{hook.Url}\"\n{more}");
        await lab.AddAsync("example.test", 1, 999, 1, organization: Hostile);
        await lab.RunAsync();
        return Assert.Single(hook.Requests);
    }
}
