using System.Diagnostics;
using System.Text;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.Parsing;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.MtaSts;

public class StsPolicyReaderTests
{
    private const string Rest = "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 604800\r\n";

    [Fact, Rfc(8461, "3.2")]
    public void A_sound_policy_has_no_problem()
    {
        Parsed<StsPolicy> reading = Read(Rest);

        Assert.Empty(reading.Problems);
        Assert.True(reading.Conforms);
        Assert.Equal(Rest.Split("\r\n", StringSplitOptions.RemoveEmptyEntries), reading.Value!.Lines);
    }

    [Fact, Rfc(8460, "4.5")]
    public void The_lines_are_kept_as_published()
    {
        Parsed<StsPolicy> reading = Read("max_age:604800 \nfoo: bar\n\nmode:  none\nversion: STSv1");

        Assert.Equal(["max_age:604800 ", "foo: bar", "mode:  none", "version: STSv1"], reading.Value!.Lines);
    }

    [Fact]
    public void All_problems_are_told_at_once_with_their_places()
    {
        Parsed<StsPolicy> reading =
            Read("version: STSv1\n mode: Enforce\n# hosts\nmx: a.example.com, b.example.com\nmax_age: 1 day\n\n");

        Assert.Null(reading.Value);
        Assert.Equal(
            [
                "2:1 sts-policy-line-indented",
                "2:8 sts-policy-mode-unknown",
                "3:1 sts-policy-comment",
                "4:5 sts-policy-mx-several",
                "5:10 sts-policy-max-age-invalid",
                "6:1 sts-policy-blank-line",
            ],
            reading.Problems.Select(problem => $"{problem.Place} {problem.Code}"));
    }

    [Theory, Rfc(8461, "3.2")]
    [InlineData("version: stsv1", "sts-policy-version-unknown", "version: STSv1")]
    [InlineData("version: STSv1;", "sts-policy-version-unknown", "version: STSv1")]
    [InlineData("mode: Enforce", "sts-policy-mode-unknown", "mode: enforce")]
    [InlineData("mode: \"testing\"", "sts-policy-mode-unknown", "mode: testing")]
    [InlineData("mode: \u201Cnone\u201D", "sts-policy-mode-unknown", "mode: none")]
    [InlineData("mode:\u00A0enforce", "sts-policy-mode-unknown", "mode: enforce")]
    [InlineData("mode: enforce # strict", "sts-policy-mode-unknown", "mode: enforce")]
    [InlineData("mode: report", "sts-policy-mode-unknown", "mode: testing")]
    [InlineData("mode: strict", "sts-policy-mode-unknown", null)]
    [InlineData("mode = enforce", "sts-policy-equals", "mode: enforce")]
    [InlineData("mode=enforce", "sts-policy-equals", "mode: enforce")]
    [InlineData("mode enforce", "sts-policy-colon-missing", "mode: enforce")]
    [InlineData("\"mode: enforce\"", "sts-policy-line-quoted", "mode: enforce")]
    [InlineData("enforce", "sts-policy-colon-missing", null)]
    [InlineData("the mode: enforce", "sts-policy-name-invalid", null)]
    [InlineData("mode:", "sts-policy-value-empty", null)]
    [InlineData("mode: en\tforce", "sts-policy-value-control", null)]
    [InlineData("# mode: enforce", "sts-policy-comment", null)]
    [InlineData("// mode: enforce", "sts-policy-comment", null)]
    [InlineData("</body>", "sts-policy-html", null)]
    [InlineData("max_age: 1d", "sts-policy-max-age-invalid", "max_age: 86400")]
    [InlineData("max_age: 2 weeks", "sts-policy-max-age-invalid", "max_age: 1209600")]
    [InlineData("max_age: 604,800", "sts-policy-max-age-invalid", "max_age: 604800")]
    [InlineData("max_age: 604800s", "sts-policy-max-age-invalid", "max_age: 604800")]
    [InlineData("max_age: \"604800\"", "sts-policy-max-age-invalid", "max_age: 604800")]
    [InlineData("max_age: +604800.0", "sts-policy-max-age-invalid", "max_age: 604800")]
    [InlineData("max_age: 00000604800", "sts-policy-max-age-invalid", "max_age: 604800")]
    [InlineData("max_age: -1", "sts-policy-max-age-invalid", null)]
    [InlineData("max_age: 1e5", "sts-policy-max-age-invalid", null)]
    [InlineData("max_age: 99999999999999999999", "sts-policy-max-age-invalid", null)]
    [InlineData("max_age: 9999 weeks", "sts-policy-max-age-invalid", null)]
    [InlineData("mx: a.example.com, *.example.net", "sts-policy-mx-several", "mx: a.example.com\nmx: *.example.net")]
    [InlineData("mx: a.example.com b.example.com", "sts-policy-mx-several", "mx: a.example.com\nmx: b.example.com")]
    [InlineData("mx: 10 a.example.com", "sts-policy-mx-preference", "mx: a.example.com")]
    [InlineData("mx: 10 a.example.com.", "sts-policy-mx-preference", null)]
    [InlineData("mx: a.example.com or so_", "sts-policy-mx-invalid", null)]
    [InlineData("mx: a.example.com.", "sts-policy-mx-root-dot", "mx: a.example.com")]
    [InlineData("mx: a.example.com:25", "sts-policy-mx-port", "mx: a.example.com")]
    [InlineData("mx: smtp://a.example.com:25/", "sts-policy-mx-url", "mx: a.example.com")]
    [InlineData("mx: [192.0.2.1]", "sts-policy-mx-address", null)]
    [InlineData("mx: 2001:db8::1", "sts-policy-mx-address", null)]
    [InlineData("mx: .example.com", "sts-policy-mx-wildcard", "mx: *.example.com")]
    [InlineData("mx: m*.example.com", "sts-policy-mx-wildcard", null)]
    [InlineData("mx: bücher.example", "sts-policy-mx-u-label", "mx: xn--bcher-kva.example")]
    [InlineData("mx: \"a.example.com\"", "sts-policy-mx-invalid", "mx: a.example.com")]
    [InlineData("mx: a_1.example.com", "sts-policy-mx-invalid", null)]
    [InlineData("mx: a..example.com", "sts-policy-mx-invalid", null)]
    public void A_usual_slip_is_told_with_the_corrected_line(string line, string code, string? correction)
    {
        string name = line.Trim('"', '#', ' ', '/').Split(':', '=', ' ')[0];
        string[] others = [.. Rest.Split("\r\n").Where(other => !other.StartsWith(name, StringComparison.Ordinal))];

        Problem problem = Read(string.Join('\n', [line, .. others]))
            .Problems.First(problem => problem.Severity == ProblemSeverity.Error);

        Assert.Equal(code, problem.Code);
        Assert.Equal(correction, problem.Correction);
        Assert.False(problem.IsTolerable);
    }

    [Theory, Rfc(8461, "3.2")]
    [InlineData("\uFEFF", "", "sts-policy-byte-order-mark", null)]
    [InlineData("\n", "", "sts-policy-blank-line", null)]
    [InlineData("", "\r\n", "sts-policy-blank-line", null)]
    [InlineData("  ", "", "sts-policy-line-indented", "version: STSv1")]
    [InlineData("\t", "", "sts-policy-line-indented", "version: STSv1")]
    public void A_tolerable_error_still_gives_the_policy(string before, string after, string code, string? correction)
    {
        Parsed<StsPolicy> reading = Read(before + Rest + after);

        Problem problem = Assert.Single(reading.Problems);
        Assert.Equal((code, correction, true), (problem.Code, problem.Correction, problem.IsTolerable));
        Assert.NotNull(reading.Value);
        Assert.False(reading.Conforms);
    }

    [Theory]
    [InlineData("", "sts-policy-empty")]
    [InlineData(" \r\n\r\n", "sts-policy-empty")]
    [InlineData("\uFEFF\n<!DOCTYPE html>", "sts-policy-html")]
    [InlineData("{\"version\":\"STSv1\"}", "sts-policy-json")]
    [InlineData("v=STSv1; id=1;", "sts-policy-is-record")]
    [InlineData("v\0e\0r\0", "sts-policy-utf16")]
    public void What_is_no_policy_at_all_is_one_problem(string body, string code) =>
        Assert.Equal(code, Assert.Single(Read(body).Problems).Code);

    [Fact]
    public void Fields_on_one_line_are_read_all_the_same()
    {
        Parsed<StsPolicy> reading = Read("version: STSv1; mode: enforce; mx: mail.example.com; max_age: 1d;");

        Assert.Equal(["sts-policy-semicolons", "sts-policy-max-age-invalid"], reading.Codes());
        Assert.Equal(
            "version: STSv1\nmode: enforce\nmx: mail.example.com\nmax_age: 1d",
            reading.Problems[0].Correction);
    }

    [Fact]
    public void Quoted_or_equated_lines_are_not_called_missing_too()
    {
        IEnumerable<string> quoted = Read("\"version: STSv1\"\n'mode: none'\n\"max_age: 1\"").Codes();
        IEnumerable<string> equated = Read("version=STSv1\nmode=none\nmax_age=1").Codes();

        Assert.Equal(["sts-policy-line-quoted"], quoted.Distinct());
        Assert.Equal(["sts-policy-equals"], equated.Distinct());
    }

    [Fact]
    public void Lone_CRs_are_told_once_and_read_as_line_ends()
    {
        Problem problem = Assert.Single(Read(Rest.Replace("\r\n", "\r", StringComparison.Ordinal)).Problems);

        Assert.Equal("sts-policy-lone-cr", problem.Code);
        Assert.Equal(14, problem.Place.Offset);
    }

    [Theory]
    [InlineData("nmx: mail.example.com", "mx: mail.example.com")]
    [InlineData("MX: mail.example.com", "mx: mail.example.com")]
    [InlineData("max-age: 1", "max_age: 1")]
    [InlineData("maxage: 1", "max_age: 1")]
    [InlineData("Mode: none", "mode: none")]
    [InlineData("mdoe: none", "mode: none")]
    [InlineData("verson: STSv1", "version: STSv1")]
    [InlineData("version_: STSv1", "version: STSv1")]
    public void A_misspelt_field_is_told_with_the_right_name(string line, string correction)
    {
        Parsed<StsPolicy> reading = Read(Rest + line);

        Problem problem = Assert.Single(reading.Problems);
        Assert.Equal(("sts-policy-field-misspelt", correction), (problem.Code, problem.Correction));
        Assert.True(reading.Conforms);
    }

    [Theory]
    [InlineData("contact: postmaster@example.com")]
    [InlineData("ma: 1")]
    [InlineData("mex: a")]
    [InlineData("x: y")]
    public void An_unknown_field_is_only_mentioned(string line)
    {
        Problem problem = Assert.Single(Read(Rest + line).Problems);

        Assert.Equal(("sts-policy-field-unknown", null), (problem.Code, problem.Correction));
    }

    [Fact, Rfc(8461, "3.2")]
    public void A_repeated_field_and_a_repeated_pattern_are_mentioned()
    {
        Parsed<StsPolicy> reading = Read(Rest + "mode: testing\nmx: MAIL.example.com\n");

        Assert.Equal(["sts-policy-field-repeated", "sts-policy-mx-repeated"], reading.Codes());
        Assert.Equal(StsMode.Enforce, reading.Value!.Mode);
    }

    [Fact]
    public void The_mode_that_was_meant_decides_whether_mx_is_missing()
    {
        Assert.DoesNotContain("sts-policy-mx-missing", Read("version: STSv1\nmode: None\nmax_age: 1").Codes());
        Assert.Contains("sts-policy-mx-missing", Read("version: STSv1\nmode: Testing\nmax_age: 1").Codes());
    }

    [Theory, Rfc(8461, "10.2")]
    [InlineData("enforce", 0, true)]
    [InlineData("enforce", 86_399, true)]
    [InlineData("enforce", 604_799, true)]
    [InlineData("enforce", 604_800, false)]
    [InlineData("testing", 86_399, false)]
    [InlineData("none", 60, false)]
    public void A_short_max_age_is_unwise_when_enforced(string mode, int maxAge, bool expected)
    {
        Parsed<StsPolicy> reading = Read($"version: STSv1\nmode: {mode}\nmx: mail.example.com\nmax_age: {maxAge}\n");

        Assert.Equal(expected, reading.Codes().Contains("sts-policy-max-age-short"));
        Assert.True(reading.Conforms);
    }

    [Fact, Rfc(8461, "3.2")]
    public void A_max_age_above_the_limit_is_an_error_and_cut()
    {
        Parsed<StsPolicy> reading = Read(Rest.Replace("604800", "31557601", StringComparison.Ordinal));

        Assert.Equal(StsPolicy.LongestMaxAge, reading.Value!.MaxAge);
        Assert.Equal("max_age: 31557600", Assert.Single(reading.Problems).Correction);
        Assert.False(reading.Conforms);
    }

    [Fact, Rfc(8461, "10.4")]
    public void A_wildcard_for_the_policy_domain_itself_is_unwise()
    {
        DomainName policyDomain = Readings.Name("example.com");
        byte[] body = Encoding.UTF8.GetBytes(Rest + "mx: *.example.com\nmx: example.com\nmx: *.mx.example.com\n");

        Problem problem = Assert.Single(StsPolicyReader.Read(body, policyDomain).Problems);
        Assert.Equal(("sts-policy-mx-whole-domain", 5), (problem.Code, problem.Place.Line));
        Assert.Empty(StsPolicyReader.Read(body).Problems);
    }

    [Theory, Rfc(8461, "10.4")]
    [InlineData("*.com", true)]
    [InlineData("*.co.uk", true)]
    [InlineData("*.example.co.uk", false)]
    [InlineData("com", false)]
    public void A_wildcard_for_names_that_anyone_can_register_is_unwise(string pattern, bool expected)
    {
        Parsed<StsPolicy> reading = Read($"{Rest}mx: {pattern}\n");

        Assert.Equal(expected, reading.Codes().Contains("sts-policy-mx-public-suffix"));
        Assert.True(reading.Conforms);
    }

    [Fact]
    public void An_address_as_pattern_is_legal_and_useless()
    {
        Parsed<StsPolicy> reading = Read(Rest + "mx: 192.0.2.1\n");

        Assert.Equal("sts-policy-mx-address", Assert.Single(reading.Problems).Code);
        Assert.True(reading.Conforms);
    }

    [Fact, Rfc(8461, "3.3")]
    public void A_body_may_have_65536_octets()
    {
        string filler = "x: " + new string('y', StsPolicyReader.MaxLength - Rest.Length - 3);

        Assert.NotNull(Read(Rest + filler).Value);
        Assert.Equal("sts-policy-too-long", Assert.Single(Read(Rest + filler + "y").Problems).Code);
    }

    [Fact]
    public void A_hundred_problems_are_told_and_the_rest_counted()
    {
        Parsed<StsPolicy> reading = Read(Rest + string.Concat(Enumerable.Repeat("?\n", 5_000)));

        Assert.Equal(101, reading.Problems.Length);
        Problem last = reading.Problems[^1];
        Assert.Equal(("sts-problems-left-out", ProblemSeverity.Error), (last.Code, last.Severity));
        Assert.Contains("4900 more", last.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Left_out_warnings_are_no_error_and_left_out_errors_are()
    {
        string warnings = string.Concat(Enumerable.Repeat("x: y\n", 200));

        Assert.True(Read(Rest + warnings).Conforms);
        Assert.Null(Read(Rest + warnings + "?").Value);
        Assert.NotNull(Read(Rest + warnings + "\n").Value);
        Assert.False(Read(Rest + warnings + "\n").Conforms);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData(";")]
    [InlineData("\"")]
    [InlineData("mx: ")]
    [InlineData("mx:a,\n")]
    [InlineData("mx:b.c\n")]
    [InlineData("mx:*.")]
    [InlineData("version:;")]
    [InlineData("version: a;mode:")]
    [InlineData("x:y\n")]
    [InlineData(" a : b\n")]
    [InlineData("\u00FC")]
    public void Long_hostile_input_is_read_in_linear_time(string piece)
    {
        string body = Rest + string.Concat(Enumerable.Repeat(piece, StsPolicyReader.MaxLength / piece.Length));
        byte[] octets = Encoding.UTF8.GetBytes(body)[..StsPolicyReader.MaxLength];
        long started = Stopwatch.GetTimestamp();

        Parsed<StsPolicy> reading = StsPolicyReader.Read(octets);

        Assert.InRange(reading.Problems.Length, 1, 101);
        Assert.All(reading.Problems, problem => Assert.InRange(problem.Text?.Length ?? 0, 0, 200));
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Any_octets_are_read_without_an_exception()
    {
        var random = new Random(8461);
        string[] pieces =
        [
            "version", "mode", "mx", "max_age", "STSv1", "enforce", "1", "a", "*.", ".", ":", "=", ";", "\"", "#", "<",
            " ", "\t", "\r", "\n", "\r\n", "\0", "ü",
        ];
        for (int round = 0; round < 5_000; round++)
        {
            byte[] octets = Encoding.UTF8.GetBytes(Readings.Shuffle(random, pieces, random.Next(40)));
            if (octets.Length > 0 && round % 2 == 0)
                octets[random.Next(octets.Length)] = (byte)random.Next(256);

            Parsed<StsPolicy> reading = StsPolicyReader.Read(octets);
            Assert.Equal(reading.Value is null, reading.HasFatal());
        }
    }

    private static Parsed<StsPolicy> Read(string body) => StsPolicyReader.Read(Encoding.UTF8.GetBytes(body));
}
