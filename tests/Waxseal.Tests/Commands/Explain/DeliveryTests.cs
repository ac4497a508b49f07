using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Waxseal.Protocol.Diagnosis.MailLogs;

namespace Waxseal.Tests.Commands.Explain;

/// <summary>Logs of mail servers and bounces, from the file to the answer.</summary>
public sealed class DeliveryTests : IDisposable
{
    private static readonly string Log = TestData.Path("deliveries/postfix-sender.log");
    private static readonly string Exim = TestData.Path("deliveries/exim.log");
    private static readonly string Bounce = TestData.Path("deliveries/bounce.eml");

    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-deliveries-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_log_is_explained_to_people()
    {
        Outcome outcome = await CommandRun.Of("explain", Log, "--as-of", "2026-11-24");
        string text = outcome.Out.ReplaceLineEndings(" ");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("11 lines of logs and bounces, 1 of them about other things.", text, StringComparison.Ordinal);
        Assert.Contains("1 line tells of TLS in words that are not known here:", text, StringComparison.Ordinal);
        Assert.Contains("dane.example: the certificate of the MX host matches no TLSA record", text, StringComparison.Ordinal);
        Assert.Contains("The log of mail.sender.example tells of 2 failed attempts to deliver to dane.example on 2026-11-24", Squeezed(text), StringComparison.Ordinal);
        Assert.Contains("old.example: the MX host does not offer STARTTLS", text, StringComparison.Ordinal);
        Assert.Contains("moved.example: an MX host is not in the policy", text, StringComparison.Ordinal);
        Assert.Contains("not determinable from these lines", text, StringComparison.Ordinal);
        Assert.DoesNotContain("these reports", text, StringComparison.Ordinal);
        Assert.DoesNotContain("next report", text, StringComparison.Ordinal);
        Assert.DoesNotContain("session", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_is_explained_to_programs()
    {
        JsonElement answer = await JsonOf(Log, Exim, Bounce);

        JsonElement deliveries = answer.GetProperty("deliveries");
        Assert.Equal(1, deliveries.GetProperty("unreadLines").GetInt32());
        Assert.False(deliveries.GetProperty("isCut").GetBoolean());
        Assert.Equal(
            [
                "dane.example 2", "old.example 1", "exim.example 1", "domain.example 1", " 1",
                "moved.example 1",
            ],
            answer.GetProperty("findings").EnumerateArray().Select(finding => $"{finding.GetProperty("policyDomain")} {finding.GetProperty("failedSessions")}").OrderByDescending(text => text.StartsWith("dane", StringComparison.Ordinal))
                .ThenByDescending(text => text.StartsWith("old", StringComparison.Ordinal)).ThenByDescending(text => text.StartsWith("exim", StringComparison.Ordinal)).ThenByDescending(text => text.StartsWith("domain", StringComparison.Ordinal))
                .ThenByDescending(text => text.StartsWith(' ')));
        Assert.All(answer.GetProperty("findings").EnumerateArray(), finding => Assert.Equal("deliveries", finding.GetProperty("evidence").GetString()));
        Assert.Equal(["tlsa-invalid"], ResultTypes(answer, "dane.example"));
        Assert.Equal(["certificate-expired"], ResultTypes(answer, "exim.example"));
        Assert.Equal(["starttls-not-supported"], ResultTypes(answer, "old.example"));
        Assert.Equal(["validation-failure"], ResultTypes(answer, "domain.example"));
        Assert.Contains(deliveries.GetProperty("sums").EnumerateArray(), sum => sum.GetProperty("policyDomain").GetString() == "moved.example" && sum.GetProperty("successes").GetInt32() == 1);
    }

    [Fact]
    public async Task A_bounce_is_what_its_delivery_status_says_and_not_what_was_bounced()
    {
        JsonElement finding = Assert.Single((await JsonOf(Bounce)).GetProperty("findings").EnumerateArray());

        Assert.Equal("domain.example", finding.GetProperty("policyDomain").GetString());
        Assert.Contains("The bounce of smtp.sender.example tells of 1 failed attempt", finding.GetProperty("happened").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reports_and_logs_are_explained_together()
    {
        string report = Path.Combine(AppContext.BaseDirectory, "samples", "question", "microsoft.json");
        JsonElement answer = await JsonOf(report, Log);

        Assert.Equal(1, answer.GetProperty("coverage").GetProperty("reports").GetInt32());
        Assert.Equal([false, true], answer.GetProperty("findings").EnumerateArray().Select(finding => finding.TryGetProperty("evidence", out _)).Distinct().Order());
    }

    [Fact]
    public async Task A_packed_log_and_one_from_standard_input_are_read()
    {
        string packed = Path.Combine(_folder, "mail.log.2.gz");
        await using (GZipStream stream = new(File.Create(packed), CompressionLevel.Fastest))
            await stream.WriteAsync(await File.ReadAllBytesAsync(Log, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.Equal(["tlsa-invalid"], ResultTypes(await JsonOf(packed), "dane.example"));
        Outcome outcome = await CommandRun.Of("550 5.7.323 tlsa-invalid: The domain failed DANE validation", ["explain", "-", "--json"]);
        Assert.Equal("tlsa", JsonDocument.Parse(outcome.Out).RootElement.GetProperty("findings")[0].GetProperty("fault").GetString());
    }

    [Theory]
    [InlineData("hello")]
    [InlineData("Nov 24 07:40:00 mail postfix/qmgr[900]: 7E2A1C0F33: removed\n")]
    public async Task A_text_that_tells_nothing_is_refused(string text)
    {
        Outcome outcome = await CommandRun.Of(text, ["explain", "-"]);

        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("no line of it tells of a delivery", outcome.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_in_a_folder_that_nobody_named_is_passed_over()
    {
        File.Copy(Log, Path.Combine(_folder, "mail.log"));
        File.Copy(Bounce, Path.Combine(_folder, "bounce.eml"));
        JsonElement answer = await JsonOf(_folder);

        Assert.Equal("domain.example", Assert.Single(answer.GetProperty("findings").EnumerateArray()).GetProperty("policyDomain").GetString());
        Assert.Equal(1, answer.GetProperty("skipped").GetInt32());
    }

    [Fact]
    public async Task A_line_without_end_and_a_bomb_are_read_as_far_as_the_limit()
    {
        string packed = Path.Combine(_folder, "bomb.gz");
        await using (GZipStream stream = new(File.Create(packed), CompressionLevel.Fastest))
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes("550 5.7.323 tlsa-invalid\n"), TestContext.Current.CancellationToken);
            byte[] zeros = new byte[1024 * 1024];
            for (int i = 0; i < 320; i++)
                await stream.WriteAsync(zeros, TestContext.Current.CancellationToken);
        }

        JsonElement answer = await JsonOf(packed);
        Assert.True(answer.GetProperty("deliveries").GetProperty("isCut").GetBoolean());
        Assert.Single(answer.GetProperty("findings").EnumerateArray());
    }

    [Theory]
    [InlineData("x\n", "no line before tells of a delivery")]
    [InlineData("Nov 24 07:40:00 mail postfix/smtp[1]: AAAAA: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, dsn=2.0.0, status=sent (ok)\n", "not read after its line 1,000,000")]
    public async Task A_log_beyond_the_limit_says_which_lines_were_not_read(string line, string said)
    {
        string log = Path.Combine(_folder, "long.log");
        await using (StreamWriter writer = new(log))
        {
            for (int i = 0; i < DeliveryLimits.Lines; i++)
                await writer.WriteAsync(line);
            await writer.WriteAsync("Nov 24 07:40:00 mail postfix/smtp[1]: AAAAA: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, dsn=4.7.5, status=deferred (Server certificate not verified)\n");
        }

        Outcome outcome = await CommandRun.Of("explain", log, Log);

        Assert.Equal(3, outcome.ExitCode);
        string error = Squeezed(outcome.Error.ReplaceLineEndings(" "));
        Assert.Contains("not read after its line 1,000,000", error, StringComparison.Ordinal);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.Contains("postfix-sender.log: was not read", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_of_unknown_words_about_TLS_alone_is_no_good_news()
    {
        Outcome outcome = await CommandRun.Of("530 5.7.0 Must issue a STARTTLS command first", ["explain", "-"]);

        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("1 line tells of TLS in words that are not known here:", outcome.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bounce_has_the_day_of_its_mail()
    {
        JsonElement finding = Assert.Single((await JsonOf(Bounce)).GetProperty("findings").EnumerateArray());

        Assert.Contains("2026-11-24", finding.GetProperty("happened").GetString(), StringComparison.Ordinal);
    }

    private static string Squeezed(string text) => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static async Task<JsonElement> JsonOf(params string[] paths)
    {
        Outcome outcome = await CommandRun.Of(["explain", .. paths, "--json", "--as-of", "2026-11-24"]);
        return JsonDocument.Parse(outcome.Out).RootElement;
    }

    private static IEnumerable<string?> ResultTypes(JsonElement answer, string policyDomain) => answer.GetProperty("findings").EnumerateArray()
        .Single(finding => finding.GetProperty("policyDomain").GetString() == policyDomain)
        .GetProperty("sightings").EnumerateArray().SelectMany(sighting => sighting.GetProperty("resultTypes").EnumerateArray()).Select(type => type.GetString());
}
