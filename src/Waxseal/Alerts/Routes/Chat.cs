using System.Net;
using System.Text;
using System.Text.Json;
using Waxseal.Hosting.Sending;
using Waxseal.Storage.Alerts;
using Waxseal.Terminal;

namespace Waxseal.Alerts.Routes;

/// <summary>Posts to a chat. What is told comes from strangers in part, so each form is used that takes no markup, or it is undone.</summary>
internal sealed class Chat(ChatOptions options, HttpSender http) : IRoute
{
    public string Name => options.Name;

    public string Place => $"{options.Format} at {new Uri(options.Url!.Reveal()).Authority}{(options.Room.Length > 0 ? $", room {options.Room}" : "")}";

    public bool Takes(AlertKey key) => options.Takes(key);

    public Task<SendAnswer> SendAsync(Notice notice, CancellationToken cancellationToken)
    {
        Uri url = new(options.Url!.Reveal());
        return options.Format switch
        {
            "slack" => http.SendAsync(HttpMethod.Post, url, Slack(notice), [], cancellationToken),
            "teams" => http.SendAsync(HttpMethod.Post, url, Teams(notice), [], cancellationToken),

            // The id of the transaction makes the server take it once.
            _ => http.SendAsync(HttpMethod.Put,
                new Uri($"{url.AbsoluteUri.TrimEnd('/')}/_matrix/client/v3/rooms/{Uri.EscapeDataString(options.Room)}/send/m.room.message/{Uri.EscapeDataString(notice.Id)}"),
                Matrix(notice), [("Authorization", $"Bearer {options.Token!.Reveal()}")], cancellationToken),
        };
    }

    /// <summary>Blocks of plain text; the text beside them is for notifications, and for servers that know no blocks.</summary>
    public static byte[] Slack(Notice notice) => Write(json =>
    {
        json.WriteString("text", SlackText($"{notice.Title}\n{string.Join('\n', notice.Lines)}"));
        json.WriteBoolean("unfurl_links", false);
        json.WriteBoolean("unfurl_media", false);
        json.WriteStartArray("blocks");
        WriteSlackBlock(json, "header", Brief.Cut(notice.Title, 150));
        WriteSlackBlock(json, "section", Brief.Cut(string.Join('\n', notice.Lines), 2900));
        json.WriteEndArray();
    });

    /// <summary>An adaptive card of text runs, in which no markup is read.</summary>
    public static byte[] Teams(Notice notice) => Write(json =>
    {
        json.WriteString("type", "message");
        json.WriteStartArray("attachments");
        json.WriteStartObject();
        json.WriteString("contentType", "application/vnd.microsoft.card.adaptive");
        json.WriteStartObject("content");
        json.WriteString("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
        json.WriteString("type", "AdaptiveCard");
        json.WriteString("version", "1.4");
        json.WriteStartArray("body");
        WriteTeamsBlock(json, notice.Title, "Bolder");
        foreach (string line in notice.Lines)
            WriteTeamsBlock(json, line, "Default");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndArray();
    });

    /// <summary>Plain text and the same as HTML; that nobody is mentioned is said, so that no word in it mentions the room.</summary>
    public static byte[] Matrix(Notice notice) => Write(json =>
    {
        json.WriteString("msgtype", "m.text");
        json.WriteString("body", $"{notice.Title}\n{string.Join('\n', notice.Lines)}");
        json.WriteString("format", "org.matrix.custom.html");
        json.WriteString("formatted_body", $"<strong>{WebUtility.HtmlEncode(notice.Title)}</strong><br>{string.Join("<br>", notice.Lines.Select(WebUtility.HtmlEncode))}");
        json.WriteStartObject("m.mentions");
        json.WriteEndObject();
    });

    // Slack reads & < and > alone as markup, and so escaped they mention nobody; others read @ and links of Markdown.
    private static string SlackText(string text) => new StringBuilder(text)
        .Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("@", "@\u200B").Replace("](", "]\u200B(").ToString();

    private static void WriteSlackBlock(Utf8JsonWriter json, string type, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteStartObject("text");
        json.WriteString("type", "plain_text");
        json.WriteString("text", text);
        json.WriteBoolean("emoji", false);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTeamsBlock(Utf8JsonWriter json, string text, string weight)
    {
        json.WriteStartObject();
        json.WriteString("type", "RichTextBlock");
        json.WriteStartArray("inlines");
        json.WriteStartObject();
        json.WriteString("type", "TextRun");
        json.WriteString("text", Brief.Cut(text, 2900));
        json.WriteString("weight", weight);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }
}
