using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Waxseal.Tests.Commands.Explain;

public sealed class ExplainCommandTests : IDisposable
{
    private static readonly string Question = Path.Combine(AppContext.BaseDirectory, "samples", "question");
    private static readonly string Google = Path.Combine(Question, "google.json");
    private static readonly string Microsoft = Path.Combine(Question, "microsoft.json");

    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-explain-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Reports_without_a_failure_end_clean()
    {
        Outcome outcome = await CommandRun.Of("explain", Google);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("No failures", outcome.Out);
    }

    [Theory]
    [InlineData("sts", 0, "No failures, and no sessions either")]
    [InlineData("sts", 5, "No failures: every session in these reports met its policy.")]
    [InlineData("no-policy-found", 5, "No failures, but no policy either")]
    public async Task What_did_not_fail_met_a_policy_only_where_there_was_one(string policyType, int sessions, string verdict)
    {
        string file = Path.Combine(_folder, "report.json");
        await File.WriteAllTextAsync(file, $$$"""
            {"organization-name":"x","contact-info":"a@x.example","report-id":"1",
            "date-range":{"start-datetime":"2024-01-01T00:00:00Z","end-datetime":"2024-01-01T23:59:59Z"},
            "policies":[{"policy":{"policy-type":"{{{policyType}}}","policy-domain":"example.com"},
            "summary":{"total-successful-session-count":{{{sessions}}},"total-failure-session-count":0}}]}
            """, TestContext.Current.CancellationToken);

        Assert.Contains(verdict, (await CommandRun.Of("explain", file)).Out.ReplaceLineEndings(" "));
    }

    [Theory]
    [InlineData("Acme", "; Microsoft is known for it")]
    [InlineData("Google Inc.", "")]
    public async Task A_sender_is_known_for_a_defect_only_in_its_own_reports(string organization, string knownFor)
    {
        string file = Path.Combine(_folder, "report.json");
        await File.WriteAllTextAsync(file, $$$"""
            {"organization-name":"{{{organization}}}","contact-info":"a@x.example","report-id":"1",
            "date-range":{"start-datetime":"2024-01-01T00:00:00Z","end-datetime":"2024-01-01T23:59:59Z"},
            "policies":[{"policy":{"policy-type":"sts","policy-domain":"example.com",
            "policy-string":["version: STSv1","mode: testing","mx: mx.example.com","max_age: 86400"]},
            "summary":{"total-successful-session-count":1,"total-failure-session-count":0}}]}
            """, TestContext.Current.CancellationToken);

        string text = (await CommandRun.Of("explain", file)).Out.ReplaceLineEndings(" ");

        Assert.Contains($"mx-host-missing in 1 report{knownFor}: ", text);
    }

    [Theory]
    [InlineData("info", 1)]
    [InlineData("warning", 1)]
    [InlineData("error", 0)]
    [InlineData("never", 0)]
    public async Task Fail_on_sets_what_shows_in_the_exit_code(string failOn, int exitCode) =>
        Assert.Equal(exitCode, (await CommandRun.Of("explain", Question, "--fail-on", failOn)).ExitCode);

    [Fact]
    public async Task A_path_that_does_not_exist_is_named_and_the_rest_is_answered()
    {
        Outcome outcome = await CommandRun.Of("explain", Path.Combine(_folder, "missing.json"), Microsoft);
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("missing.json: does not exist", outcome.Error.ReplaceLineEndings(" "));
        Assert.Contains("Not all could be read (1 input, above)", outcome.Out);
        Assert.Contains("sts-policy-fetch-error", outcome.Out);
    }

    [Fact]
    public async Task An_empty_folder_is_no_answer()
    {
        Outcome outcome = await CommandRun.Of("explain", _folder);
        Assert.Equal(3, outcome.ExitCode);
        Assert.Empty(outcome.Out);
        Assert.Contains("is empty", outcome.Error.ReplaceLineEndings(" "));
    }

    public static TheoryData<string, byte[], string> BadFiles => new()
    {
        { "empty", [], "empty" },
        { "truncated gzip", Gzip("{\"organization-name\":\"x\"}"u8.ToArray())[..^9], "at byte" },
        { "bomb", Gzip(new byte[100 * 1024 * 1024]), "more than" },
        { "depth", [.. Enumerable.Repeat((byte)'[', 10_000)], "at byte" },
        { "many policies", Encoding.UTF8.GetBytes($"{{\"policies\":[{string.Join(',', Enumerable.Repeat("{}", 1_000_000))}]}}"), "at byte" },
        { "NUL", new byte[200], "" },
        { "wrong types", "{\"organization-name\":1,\"date-range\":[],\"report-id\":{},\"policies\":7}"u8.ToArray(), "at byte" },
        { "invalid UTF-8", [.. "{\"organization-name\":\""u8, 0xC0, 0xAF, 0xFF, .. "\"}"u8], "" },
        { "negative count", Report("\"total-successful-session-count\":-1"), "at byte" },
        { "huge count", Report("\"total-successful-session-count\":1e400"), "at byte" },
        { "date out of range", "{\"organization-name\":\"x\",\"report-id\":\"1\",\"date-range\":{\"start-datetime\":\"0000-13-45T99:00:00Z\",\"end-datetime\":\"x\"},\"policies\":[]}"u8.ToArray(), "at byte" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task A_bad_file_is_named_with_its_reason_and_the_rest_is_answered(string name, byte[] content, string reason)
    {
        string bad = Path.Combine(_folder, "bad.json");
        await File.WriteAllBytesAsync(bad, content, TestContext.Current.CancellationToken);

        Outcome outcome = await CommandRun.Of("explain", bad, Google);

        Assert.Equal(3, outcome.ExitCode);
        string error = string.Join(' ', outcome.Error.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("bad.json", error);
        Assert.Contains(reason, error);
        Assert.Contains("1 report by Google", outcome.Out);
        Assert.NotEmpty(name);
    }

    [Fact]
    public async Task A_broken_file_in_a_folder_is_named_and_other_files_are_counted()
    {
        File.Copy(Google, Path.Combine(_folder, "good.json"));
        await File.WriteAllBytesAsync(Path.Combine(_folder, "zero.json.gz"), [], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "README"), "Read me", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "x.png"), [0x89, 0x50], TestContext.Current.CancellationToken);

        Outcome brief = await CommandRun.Of("explain", _folder);
        Outcome full = await CommandRun.Of("explain", _folder, "--all");
        Outcome json = await CommandRun.Of("explain", _folder, "--json");

        Assert.Equal((3, 3, 3), (brief.ExitCode, full.ExitCode, json.ExitCode));
        Assert.Contains("zero.json.gz: is empty.", brief.Error.ReplaceLineEndings(" "));
        Assert.EndsWith("2 other files were skipped; --all names what and why.\n", brief.Out);
        Assert.Contains("x.png is neither a TLS report", full.Out.ReplaceLineEndings(" ").Replace("  ", " ", StringComparison.Ordinal));
        using var document = JsonDocument.Parse(json.Out);
        Assert.Equal(2, document.RootElement.GetProperty("skipped").GetInt32());
        Assert.EndsWith("README", document.RootElement.GetProperty("skippedInputs")[0].GetProperty("input").GetString());
    }

    [Fact]
    public async Task A_report_that_cannot_be_used_is_named_with_the_member_that_is_at_fault()
    {
        Outcome outcome = await CommandRun.Of("{\"organization-name\":\"x\",\"report-id\":\"1\",\"policies\":[]}", ["explain", "-"]);
        Assert.Equal(3, outcome.ExitCode);
        Assert.Equal(
            "waxseal: standard input: /date-range: This member is required, and missing or empty (at byte 54). ",
            outcome.Error.ReplaceLineEndings(" "));
    }

    [Fact]
    public async Task The_same_report_in_every_packing_counts_once()
    {
        byte[] json = await File.ReadAllBytesAsync(Microsoft, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "a.json"), json, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(_folder, "b.json.gz"), Gzip(json), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "c.eml"), Mail(Gzip(json)), TestContext.Current.CancellationToken);

        Outcome outcome = await CommandRun.Of("explain", "--json", _folder);

        using var document = JsonDocument.Parse(outcome.Out);
        JsonElement coverage = document.RootElement.GetProperty("coverage");
        Assert.Equal(1, coverage.GetProperty("reports").GetInt32());
        Assert.Equal(2, coverage.GetProperty("duplicates").GetInt32());
        Assert.Equal(2, document.RootElement.GetProperty("policyDomains")[0].GetProperty("failed").GetInt64());
    }

    [Fact]
    public async Task Standard_input_is_read_like_a_file()
    {
        byte[] json = await File.ReadAllBytesAsync(Microsoft, TestContext.Current.CancellationToken);
        Outcome outcome = await new CommandRun { Input = Gzip(json) }.RunAsync("explain", "-");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("1 report by Microsoft", outcome.Out);
    }

    [Fact]
    public async Task Colours_show_on_a_terminal_alone_and_NO_COLOR_takes_them_away()
    {
        Outcome redirected = await CommandRun.Of("explain", Question);
        Outcome terminal = await new CommandRun { OutIsTerminal = true, TerminalColumns = 80 }.RunAsync("explain", Question);
        Outcome plain = await new CommandRun
        {
            OutIsTerminal = true,
            TerminalColumns = 80,
            Variables = { ["NO_COLOR"] = "1" },
        }.RunAsync("explain", Question);

        Assert.DoesNotContain('\e', redirected.Out);
        Assert.Contains('\e', terminal.Out);
        Assert.Equal(redirected.Out, plain.Out);
    }

    [Fact]
    public async Task What_a_stranger_wrote_cannot_touch_the_terminal()
    {
        string text = await File.ReadAllTextAsync(Microsoft, TestContext.Current.CancellationToken);
        string hostile = text.Replace("Microsoft Corporation", "Evil\\u001b[2J\\u202e Corp", StringComparison.Ordinal)
            .Replace("tlsrpt-noreply@microsoft.com", "x@example.com", StringComparison.Ordinal);

        Outcome outcome = await CommandRun.Of(hostile, ["explain", "-"]);

        Assert.DoesNotContain('\e', outcome.Out);
        Assert.DoesNotContain('\u202e', outcome.Out);
        Assert.Contains("Evil", outcome.Out);
    }

    [Theory]
    [InlineData("explain")]
    [InlineData("explain", "x", "--fail-on", "sometimes")]
    [InlineData("explain", "x", "--fail-on", "99")]
    [InlineData("explain", "x", "--fail-on", "-1")]
    [InlineData("explain", "x", "--fail-on", "error,info")]
    [InlineData("explain", "x", "--fail-on", "Error")]
    [InlineData("explain", "x", "--as-of", "yesterday")]
    public async Task A_wrong_command_line_is_a_usage_error(params string[] arguments)
    {
        Outcome outcome = await CommandRun.Of(arguments);
        Assert.Equal(2, outcome.ExitCode);
        Assert.EndsWith("Try: waxseal explain --help\n", outcome.Error);
        Assert.DoesNotContain("Waxseal.", outcome.Error);
    }

    private static byte[] Gzip(byte[] content)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            gzip.Write(content);
        return packed.ToArray();
    }

    private static byte[] Report(string summary) => Encoding.UTF8.GetBytes(
        $$$"""
        {"organization-name":"x","report-id":"1","date-range":{"start-datetime":"2024-01-01T00:00:00Z","end-datetime":"2024-01-01T23:59:59Z"},
        "policies":[{"policy":{"policy-type":"sts","policy-domain":"example.com"},"summary":{{{{summary}}},"total-failure-session-count":0}}]}
        """);

    private static string Mail(byte[] attachment) =>
        $"""
        From: tlsrpt-noreply@microsoft.com
        To: reports@eden.one
        Subject: Report Domain: eden.one Submitter: microsoft.com Report-ID: <1@microsoft.com>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=tlsrpt; boundary=b

        --b
        Content-Type: text/plain

        A report.
        --b
        Content-Type: application/tlsrpt+gzip
        Content-Transfer-Encoding: base64

        {Convert.ToBase64String(attachment, Base64FormattingOptions.InsertLineBreaks)}
        --b--
        """;
}
