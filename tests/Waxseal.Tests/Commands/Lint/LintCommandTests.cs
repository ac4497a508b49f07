using System.Text;
using System.Text.Json;

using Waxseal.Tests.Inputs;

namespace Waxseal.Tests.Commands.Lint;

public class LintCommandTests
{
    [Fact]
    public async Task Policy_is_shown_with_marks_corrections_and_verdict()
    {
        Outcome outcome = await Lint("sts-policy", "version: STSv1\nmode: Enforce\nmx: a.example.com, b.example.com\nmax-age: 86400\n");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(
            """
            sts-policy standard input

            2:7 error sts-policy-mode-unknown (RFC 8461 §3.2)
              mode: Enforce
                    ^^^^^^^
              The mode must be exactly enforce, testing or none, in lower case and with
              nothing behind it.
              Correct would be:
                mode: enforce

            3:5 error sts-policy-mx-several (RFC 8461 §3.2)
              mx: a.example.com, b.example.com
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              The line names several MX hosts. Give each a line of its own.
              Correct would be:
                mx: a.example.com
                mx: b.example.com

            4:1 warning sts-policy-field-misspelt (RFC 8461 §3.2)
              max-age: 86400
              ^^^^^^^
              Sending MTAs ignore the field 'max-age'. If 'max_age' is meant, write it
              exactly so.
              Correct would be:
                max_age: 86400

            5:1 error sts-policy-max-age-missing (RFC 8461 §3.2)
              The policy has no max_age. Add a line such as 'max_age: 604800'.

            not valid: 3 errors, 1 warning

            """,
            outcome.Out);
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public async Task Valid_policy_shows_what_was_understood()
    {
        Outcome outcome = await Lint("sts-policy", "version: STSv1\nmode: enforce\nmx: *.example.com\nmax_age: 1209600\n");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(
            """
            sts-policy standard input

            What a receiver understands:
              mode     enforce
              max_age  1209600 seconds (14 days)
              mx       *.example.com

            valid

            """,
            outcome.Out);
    }

    [Fact]
    public async Task One_correction_for_several_problems_is_shown_once()
    {
        Outcome outcome = await Lint("tlsrpt-record", " v=tlsrptv1; rua=mailto:tls@example.com ");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(3, Occurrences(outcome.Out, " error tlsrpt-record-"));
        Assert.Equal(1, Occurrences(outcome.Out, "    v=TLSRPTv1; rua=mailto:tls@example.com\n"));
    }

    [Fact]
    public async Task Json_has_its_members_in_their_order()
    {
        Outcome outcome = await CommandRun.Of("v=STSv1; id=a-b;\n", ["lint", "sts-record", "--json"]);
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal(
            """
            {"version":1,"kind":"sts-record","file":"standard input","valid":false,"value":null,"problems":[{"code":"sts-record-id-invalid","severity":"error","line":1,"column":13,"message":"The id has a character that is no ASCII letter or digit. Write a date without '-', ':' and the like.","rule":"RFC 8461 §3.1","tolerable":false,"text":"a-b","correction":"v=STSv1; id=ab;"}]}

            """,
            outcome.Out);
    }

    [Theory]
    [InlineData("sts-record", "v=STSv1; id=1;", """{"id":"1"}""")]
    [InlineData("sts-policy", "version: STSv1\nmode: none\nmax_age: 604800\n", """{"mode":"none","maxAge":604800,"mx":[]}""")]
    [InlineData("tlsrpt-record", "v=TLSRPTv1; rua=mailto:a@example.com", """{"rua":[{"uri":"mailto:a@example.com","usable":true}]}""")]
    [InlineData("tlsa", "3 0 0 00", """{"records":[{"owner":null,"usage":3,"selector":0,"matchingType":0,"associationData":"00"}]}""")]
    public async Task Json_holds_what_was_understood(string kind, string text, string value)
    {
        Outcome outcome = await Lint(kind, text, "--json");
        using var json = JsonDocument.Parse(outcome.Out);
        Assert.Equal(value, json.RootElement.GetProperty("value").GetRawText());
    }

    [Theory]
    [InlineData("v=STSv1; id=1;")]
    [InlineData("v=STSv1; id=1;\n")]
    [InlineData("v=STSv1; id=1;\r\n")]
    [InlineData("\"v=STSv1; id=1;\"\n")]
    [InlineData("\"v=STSv1; \" \"id=1;\"\n")]
    [InlineData("\"v=STSv1\\; id=\\049;\"")]
    [InlineData("_mta-sts.example.com.\t3600\tIN\tTXT\t\"v=STSv1; id=1;\"\n")]
    public async Task Record_may_be_pasted_in_the_forms_tools_print(string text)
    {
        Assert.Equal(0, (await Lint("sts-record", text)).ExitCode);
    }

    [Theory]
    [InlineData("sts-record", "\"v=STSv1; id=1;\"\n\"v=STSv1; id=2;\"\n", "sts-record-several")]
    [InlineData("tlsrpt-record", "\"v=TLSRPTv1; rua=mailto:a@a.example\"\n\"v=TLSRPTv1; rua=mailto:b@a.example\"\n", "tlsrpt-record-several")]
    [InlineData("sts-record", "\"v=spf1 -all\"\n\"v=STSv10; id=1;\"\n", "sts-record-none")]
    [InlineData("sts-record", "\"v=spf1 -all\"\n\"v=STSv1; id=1-2;\"\n", "sts-record-id-invalid")]
    [InlineData("sts-record", "\"v=STSv1; id=1;\"\n\"v=spf1 -all\"\n", null)]
    [InlineData("sts-record", "_mta-sts.provider.example.\n\"v=STSv1; \" \"id=1;\"\n", null)]
    [InlineData("sts-record", ";; connection timed out\n\"v=STSv1; id=1;\"\n", null)]
    public async Task Of_the_records_dig_prints_exactly_one_counts(string kind, string text, string? code)
    {
        Outcome outcome = await Lint(kind, text, "--json");
        using var json = JsonDocument.Parse(outcome.Out);
        Assert.Equal(
            code is null ? [] : [code],
            json.RootElement.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("_25._tcp.mx1.example.com. IN TLSA 3 1 1 6007EEE553E85D8DF007A845D19EC343283D4E416E9A33F9EF3040C8B7C285BC")]
    public async Task Tlsa_record_is_shown_in_the_words_of_its_standard_within_the_page(string record)
    {
        string[] value = (await Lint("tlsa", record)).Out.Split("understands:\n")[1].Split('\n');
        Assert.Contains("DANE-EE(3) SPKI(1) SHA2-256(1)", string.Join(' ', value));
        Assert.All(value, line => Assert.True(line.Length <= 80, line));
    }

    [Theory]
    [InlineData(3600, "1 hour")]
    [InlineData(5400, "1.5 hours")]
    [InlineData(120, "2 minutes")]
    [InlineData(86400, "1 day")]
    public async Task Age_is_told_in_a_unit_that_fits(int seconds, string words)
    {
        Outcome outcome = await Lint("sts-policy", $"version: STSv1\nmode: testing\nmx: a.example.com\nmax_age: {seconds}\n");
        Assert.Contains($"max_age  {seconds} seconds ({words})", outcome.Out);
    }

    [Theory]
    [InlineData("tlsa", "3 1 2 6007EEE553E85D8DF007A845D19EC343283D4E416E9A33F9EF3040C8B7C285BC")]
    [InlineData("tlsa", "4 1 1 6007EEE553E85D8DF007A845D19EC343283D4E416E9A33F9EF3040C8B7C285BC")]
    [InlineData("tlsrpt-record", "v=TLSRPTv1; rua=mailto:")]
    public async Task What_nobody_can_use_is_not_said_to_be_understood(string kind, string record)
    {
        Outcome outcome = await Lint(kind, record);
        Assert.Equal(1, outcome.ExitCode);
        Assert.DoesNotContain("all the same", outcome.Out);
    }

    [Theory]
    [InlineData("v=STSv1; id=1;\n\n")]
    [InlineData("\"v=STSv1; id=1;")]
    [InlineData("\"\\\"v=STSv1; id=1;\\\"\"")]
    public async Task Record_with_more_around_it_is_not_valid(string text)
    {
        Assert.Equal(1, (await Lint("sts-record", text)).ExitCode);
    }

    [Theory]
    [InlineData("gzip.eml", 1)]
    [InlineData("report.zip", 1)]
    [InlineData("two-reports.eml", 2)]
    public async Task Report_is_taken_in_any_packing(string file, int reports)
    {
        Outcome outcome = await CommandRun.Of("lint", "report", IntakeSamples.Path(file));
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(reports, Occurrences(outcome.Out, "\nvalid"));
    }

    [Fact]
    public async Task Packing_that_is_not_of_the_standard_is_noted()
    {
        Outcome outcome = await CommandRun.Of("lint", "report", IntakeSamples.Path("report.zip"));
        Assert.Contains("1:1 warning zip-archive (RFC 8460 §5.2)", outcome.Out);
        Assert.EndsWith("valid, with 1 warning\n", outcome.Out);
    }

    [Fact]
    public async Task Packing_that_breaks_the_standard_is_not_valid()
    {
        byte[] report = await File.ReadAllBytesAsync(IntakeSamples.Path("report.json"), TestContext.Current.CancellationToken);
        byte[] utf16 = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(report))];
        Outcome wide = await new CommandRun { Input = utf16 }.RunAsync("lint", "report", "--json");
        Outcome base64 = await CommandRun.Of("lint", "report", IntakeSamples.Path("report.base64"));
        Assert.Equal((1, 1), (wide.ExitCode, base64.ExitCode));
        Assert.Contains("\"code\":\"utf-16\",\"severity\":\"error\"", wide.Out);
        Assert.Contains("error base64-text (RFC 8460 §5.2)", base64.Out);
    }

    [Fact]
    public async Task Report_with_tolerable_defects_is_not_valid_and_understood_all_the_same()
    {
        Outcome outcome = await CommandRun.Of("lint", "report", TestData.Path("reports/contact-null.json"));
        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("contact-info", outcome.Out);
        Assert.Contains("understands it all the same", outcome.Out);
    }

    [Fact]
    public async Task File_that_cannot_be_read_is_no_verdict()
    {
        Outcome outcome = await CommandRun.Of("lint", "sts-policy", "/nowhere/policy.txt");
        Assert.Equal(3, outcome.ExitCode);
        Assert.Equal("waxseal: /nowhere/policy.txt does not exist\n", outcome.Error);
        Assert.Empty(outcome.Out);
    }

    [Fact]
    public async Task Record_typed_in_place_of_a_file_is_told_the_way()
    {
        Outcome outcome = await CommandRun.Of("lint", "sts-record", "v=STSv1; id=1;");
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("hand it in by a pipe", outcome.Error);
    }

    [Theory]
    [InlineData("", "The input holds no report that can be read: The file is empty (at byte 0).")]
    [InlineData("hello", "neither JSON nor gzip, zip or base64")]
    [InlineData("\u001f\u001e\0", "neither JSON nor gzip, zip or base64")]
    public async Task Input_without_report_is_not_valid(string input, string reason)
    {
        Outcome outcome = await Lint("report", input, "--json");
        JsonElement answer = JsonDocument.Parse(outcome.Out).RootElement;
        Assert.Equal(1, outcome.ExitCode);
        Assert.False(answer.GetProperty("valid").GetBoolean());
        Assert.Equal("no-report", answer.GetProperty("problems")[0].GetProperty("code").GetString());
        Assert.Contains(reason, answer.GetProperty("problems")[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task Input_without_end_is_refused()
    {
        Outcome outcome = await new CommandRun { Input = new byte[2_000_000] }.RunAsync("lint", "sts-policy");
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("is larger than 1000000 bytes", outcome.Error);
    }

    [Theory]
    [InlineData("error", 0)]
    [InlineData("warning", 1)]
    [InlineData("never", 0)]
    public async Task Exit_code_of_warnings_can_be_chosen(string failOn, int exitCode)
    {
        Outcome outcome = await Lint("sts-record", "v=STSv1; id=1; note=x", "--fail-on", failOn);
        Assert.Equal(exitCode, outcome.ExitCode);
        Assert.EndsWith("valid, with 1 warning\n", outcome.Out);
    }

    [Fact]
    public async Task Policy_domain_adds_warnings()
    {
        string policy = "version: STSv1\nmode: enforce\nmx: *.example.com\nmax_age: 1209600\n";
        Outcome outcome = await Lint("sts-policy", policy, "--policy-domain", "example.com");
        Assert.Contains("sts-policy-mx-whole-domain", outcome.Out);
    }

    [Theory]
    [InlineData("lint")]
    [InlineData("lint", "policy")]
    [InlineData("lint", "sts-policy", "--fail-on", "often")]
    [InlineData("lint", "sts-policy", "--policy-domain", "-x-")]
    public async Task Wrong_command_line_points_to_the_help(params string[] arguments)
    {
        Outcome outcome = await CommandRun.Of(arguments);
        Assert.Equal(2, outcome.ExitCode);
        Assert.EndsWith("Try: waxseal lint --help\n", outcome.Error);
    }

    [Fact]
    public async Task Terminal_without_a_file_is_told_what_is_expected()
    {
        Outcome outcome = await new CommandRun { InIsTerminal = true }.RunAsync("lint", "sts-record");
        Assert.StartsWith("Expected is the TXT record at _mta-sts.<policy domain>", outcome.Error);
    }

    [Fact]
    public async Task Hostile_text_cannot_act_on_the_terminal()
    {
        Outcome outcome = await Lint("sts-policy", "version: STSv1\nmode: \e[2J\u202Eenforce\u009B\nmx: \a\n");
        Assert.DoesNotContain(outcome.Out, character => char.IsControl(character) && character != '\n');
        Assert.DoesNotContain("\u202E", outcome.Out);
        Assert.Contains("mode: \\x1B[2J\\u{202E}enforce\\u{9B}", outcome.Out);
    }

    [Fact]
    public async Task Mark_stands_below_its_place_in_a_line_too_long_to_show()
    {
        string text = $"v=STSv1; a={new string('1', 300)}; id=x-y; b={new string('2', 300)};";
        Outcome outcome = await Lint("sts-record", text);
        string[] lines = outcome.Out.Split('\n');
        int mark = Array.FindIndex(lines, line => line.TrimStart() == "^^^");
        Assert.Equal("x-y", lines[mark - 1].Substring(lines[mark].IndexOf('^'), 3));
        Assert.All(lines.Take(mark + 1), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task Help_has_an_example_of_every_kind()
    {
        string help = (await CommandRun.Of("lint", "--help")).Out;
        foreach (string kind in new[] { "sts-record", "sts-policy", "tlsrpt-record", "tlsa", "report" })
            Assert.Contains($"waxseal lint {kind}", help);
    }

    [Theory]
    [InlineData("sts-policy")]
    [InlineData("report")]
    public async Task Random_bytes_always_get_an_answer(string kind)
    {
        Random random = new(8461);
        for (int i = 0; i < 200; i++)
        {
            byte[] input = new byte[random.Next(300)];
            random.NextBytes(input);
            Outcome outcome = await new CommandRun { Input = input }.RunAsync("lint", kind);
            Assert.InRange(outcome.ExitCode, 1, 3);
        }
    }

    private static Task<Outcome> Lint(string kind, string text, params string[] options) =>
        new CommandRun { Input = Encoding.UTF8.GetBytes(text) }.RunAsync(["lint", kind, .. options]);

    private static int Occurrences(string text, string piece) => text.Split(piece).Length - 1;
}
