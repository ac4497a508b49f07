using System.Text;
using System.Text.Json;
using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.Tests.Names;
using Waxseal.Protocol.TlsRpt.Records;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.TlsRpt.Records;

public class TlsRptRecordReaderTests
{
    private const string Good = "v=TLSRPTv1; rua=mailto:a@example.com";
    private const string GoodTwo = "v=TLSRPTv1; rua=mailto:a@example.com,mailto:b@example.com";

    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Vectors =>
        VectorFile.Cases("tlsrpt-record");

    [Theory, Rfc(8460, "3")]
    [InlineData("v=TSLRPTv1; rua=mailto:a@example.com", "tlsrpt-record-version-misspelt", 0, Good)]
    [InlineData("v=TLSRPT; rua=mailto:a@example.com", "tlsrpt-record-version-misspelt", 0, Good)]
    [InlineData("v=TLS-RPTv1; rua=mailto:a@example.com", "tlsrpt-record-version-misspelt", 0, Good)]
    [InlineData("TLSRPTv1; rua=mailto:a@example.com", "tlsrpt-record-version-case", 0, Good)]
    [InlineData("v=tlsrptv1; rua=mailto:a@example.com", "tlsrpt-record-version-case", 0, Good)]
    [InlineData("V=TLSRPTv1; rua=mailto:a@example.com", "tlsrpt-record-version-case", 0, Good)]
    [InlineData("v = TLSRPTv1; rua=mailto:a@example.com", "tlsrpt-record-version-case", 0, Good)]
    [InlineData("v=TLSRPTv2; rua=mailto:a@example.com", "tlsrpt-record-version-unknown", 0, Good)]
    [InlineData("v=TLSRPTv10; rua=mailto:a@example.com", "tlsrpt-record-version-unknown", 0, Good)]
    [InlineData("rua=mailto:a@example.com", "tlsrpt-record-version-missing", 0, Good)]
    [InlineData("v=TLSRPTv1, rua=mailto:a@example.com", "tlsrpt-record-semicolon-missing", 10, Good)]
    [InlineData("v=TLSRPTv1 rua=mailto:a@example.com", "tlsrpt-record-semicolon-missing", 11, Good)]
    [InlineData("v=TLSRPTv1\\; rua=mailto:a@example.com", "tlsrpt-record-backslash", 10, Good)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com\\;", "tlsrpt-record-backslash", 36, Good)]
    [InlineData(" v=TLSRPTv1; rua=mailto:a@example.com", "tlsrpt-record-leading-space", 0, Good)]
    [InlineData("\"v=TLSRPTv1; rua=mailto:a@example.com\"", "tlsrpt-record-quoted", 0, Good)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com\r\n", "tlsrpt-record-line-break", 36, Good)]
    [InlineData("v=TLSRPTv1;\nrua=mailto:a@example.com", "tlsrpt-record-line-break", 11, Good)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com \t", "tlsrpt-record-trailing-space", 36, Good)]
    [InlineData("v=TLSRPTv1;; rua=mailto:a@example.com", "tlsrpt-record-field-empty", 11, Good)]
    [InlineData("v=TLSRPTv1; rua =mailto:a@example.com", "tlsrpt-record-rua-equals", 12, Good)]
    [InlineData("v=TLSRPTv1; rua= mailto:a@example.com", "tlsrpt-record-rua-equals", 12, Good)]
    [InlineData("v=TLSRPTv1; rua:mailto:a@example.com", "tlsrpt-record-rua-equals", 12, Good)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com;mailto:b@example.com", "tlsrpt-record-comma-missing", 37, GoodTwo)]
    [InlineData("v=TLSRPTv1; rua=postmaster@example.com", "tlsrpt-rua-scheme-missing", 16, "v=TLSRPTv1; rua=mailto:postmaster@example.com")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com!10m", "tlsrpt-rua-size-suffix", 36, Good)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com!50", "tlsrpt-rua-size-suffix", 36, Good)]
    [InlineData("v=TLSRPTv1; rua=https://r.example.com/a!b!c", "tlsrpt-rua-raw-exclamation-mark", 39, "v=TLSRPTv1; rua=https://r.example.com/a%21b%21c")]
    [InlineData("v=TLSRPTv1; rua=\"mailto:a@example.com\"", "tlsrpt-rua-wrapped", 16, Good)]
    [InlineData("v=TLSRPTv1; rua=<mailto:a@example.com>", "tlsrpt-rua-wrapped", 16, Good)]
    [InlineData("v=TLSRPTv1; rua=mailto://a@example.com", "tlsrpt-rua-mailto-slashes", 23, Good)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com,", "tlsrpt-rua-empty", 37, Good)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@bücher.example", "tlsrpt-rua-malformed", 26, "v=TLSRPTv1; rua=mailto:a@xn--bcher-kva.example")]
    [InlineData("v=TLSRPTv1; rua=https://r.example.com/%zz", "tlsrpt-rua-malformed", 38, null)]
    [InlineData("v=TLSRPTv1; rua=https://bücher.example/", "tlsrpt-rua-malformed", 25, null)]
    [InlineData("v=TLSRPTv1; rua=/v1/tlsrpt", "tlsrpt-rua-scheme-missing", 16, null)]
    [InlineData("v=TLSRPTv1; rua=mailto:postmaster", "tlsrpt-rua-address-invalid", 16, null)]
    [InlineData("v=TLSRPTv1; rua=https:/r.example.com/x", "tlsrpt-rua-host-missing", 16, null)]
    [InlineData("v=TLSRPTv1; rua=https://r.example.com:70000/", "tlsrpt-rua-port-invalid", 16, null)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com; flag", "tlsrpt-record-field-malformed", 38, null)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com; a b=c", "tlsrpt-record-field-name", 38, null)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com; x=a=b", "tlsrpt-record-field-value", 39, null)]
    [InlineData("v=TLSRPTv1; foo=", "tlsrpt-record-rua-missing", 16, null)]
    [InlineData("v=spf1 -all", "tlsrpt-record-foreign", 0, null)]
    [InlineData("", "tlsrpt-record-foreign", 0, null)]
    public void An_error_names_its_place_and_the_right_record(string text, string code, int offset, string? correction)
    {
        Parsed<TlsRptRecord> parsed = Read(text);

        Problem problem = Assert.Single(parsed.Problems, problem => problem.Code == code);
        Assert.Equal(ProblemSeverity.Error, problem.Severity);
        Assert.Equal(offset, problem.Place.Offset);
        Assert.Equal(correction, problem.Correction);
        Assert.False(parsed.Conforms);
    }

    [Theory, Rfc(8460, "3")]
    [InlineData("v=TLSRPTv1 ; rua=mailto:a@example.com", "tlsrpt-record-space-before-semicolon", 10, Good)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com; ruf=mailto:b@example.com", "tlsrpt-record-ruf", 38, Good)]
    [InlineData("v=TLSRPTv1; RUA=mailto:b@example.com; rua=mailto:a@example.com", "tlsrpt-record-rua-case", 12, "v=TLSRPTv1; rua=mailto:b@example.com,mailto:a@example.com")]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com; rua=mailto:b@example.com", "tlsrpt-record-rua-repeated", 38, GoodTwo)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com; v=TLSRPTv1", "tlsrpt-record-version-repeated", 38, Good)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com,mailto:a@example.com", "tlsrpt-rua-repeated", 37, Good)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com?subject=tls", "tlsrpt-rua-header-fields", 36, Good)]
    [InlineData("v=TLSRPTv1; rua=https://r.example.com/,mailto:a@example.com", "tlsrpt-rua-https-first", 16, "v=TLSRPTv1; rua=mailto:a@example.com,https://r.example.com/")]
    [InlineData("v=TLSRPTv1; rua=mail:a@example.com", "tlsrpt-rua-scheme-unsupported", 16, Good)]
    [InlineData("v=TLSRPTv1; rua=ftp://r.example.com/", "tlsrpt-rua-scheme-unsupported", 16, null)]
    [InlineData("v=TLSRPTv1; rua=http://r.example.com/", "tlsrpt-rua-http", 16, null)]
    [InlineData("v=TLSRPTv1; rua=http://r.example.com/", "tlsrpt-rua-none-usable", 16, null)]
    [InlineData("v=TLSRPTv1; rua=https://me:pw@r.example.com/", "tlsrpt-rua-user-info", 16, null)]
    [InlineData(GoodTwo, "tlsrpt-rua-several", 37, null)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com; x=y", "tlsrpt-record-field-unknown", 38, null)]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com; x=y\\;", "tlsrpt-record-backslash", 41, Good + "; x=y")]
    public void A_warning_leaves_the_record_in_force(string text, string code, int offset, string? correction)
    {
        Parsed<TlsRptRecord> parsed = Read(text);

        Problem problem = Assert.Single(parsed.Problems, problem => problem.Code == code);
        Assert.Equal(ProblemSeverity.Warning, problem.Severity);
        Assert.Equal(offset, problem.Place.Offset);
        Assert.Equal(correction, problem.Correction);
        Assert.True(parsed.Conforms);
    }

    [Fact, Rfc(8460, "3")]
    public void The_record_lies_below_the_policy_domain() =>
        Assert.Equal("_smtp._tls.example.com", TlsRptRecord.OwnerName(TestName.Of("example.com")));

    [Fact]
    public void A_record_without_fault_has_no_problems() =>
        Assert.Empty(Read("v=TLSRPTv1;rua=mailto:a@example.com; ").Problems);

    [Fact]
    public void All_slips_are_found_at_once_and_mended_together()
    {
        Parsed<TlsRptRecord> parsed = Read(
            "\"v=TSLRPTv1, rua=a@example.com!10m mailto://b@example.com;; ruf=c@example.com; x=y;\"");

        Assert.Null(parsed.Value);
        Assert.Equal(
            [
                "tlsrpt-record-quoted", "tlsrpt-record-version-misspelt", "tlsrpt-record-semicolon-missing",
                "tlsrpt-rua-scheme-missing", "tlsrpt-rua-size-suffix", "tlsrpt-rua-space", "tlsrpt-rua-mailto-slashes",
                "tlsrpt-record-field-empty", "tlsrpt-record-ruf", "tlsrpt-record-field-unknown",
            ],
            parsed.Problems.Select(problem => problem.Code));
        Assert.All(
            parsed.Problems.Where(problem => problem.Severity == ProblemSeverity.Error),
            problem => Assert.Equal(GoodTwo + "; x=y", problem.Correction));
    }

    [Fact]
    public void A_version_at_the_wrong_end_is_moved_to_the_start() =>
        Assert.Equal(Good, Read("rua=mailto:a@example.com;v=TLSRPTv1").Problems[0].Correction);

    [Fact]
    public void No_correction_is_offered_where_one_error_needs_the_author() =>
        Assert.All(
            Read("v=TSLRPTv1; rua=mailto:a@example.com; flag").Problems,
            problem => Assert.Null(problem.Correction));

    [Theory]
    [MemberData(nameof(Vectors))]
    public void A_correction_is_itself_without_error(string name, JsonElement input, JsonElement expected)
    {
        _ = expected;
        foreach (JsonElement strings in input.GetProperty("txt").EnumerateArray())
        {
            string text = string.Concat(strings.EnumerateArray().Select(s => s.GetString()));
            foreach (string correction in Read(text).Problems.Select(problem => problem.Correction).OfType<string>())
            {
                Parsed<TlsRptRecord> corrected = Read(correction);
                Assert.True(corrected.Conforms, name);
                Assert.All(corrected.Problems, problem => Assert.Null(problem.Correction));
            }
        }
    }

    [Fact]
    public void A_URI_without_a_usable_address_does_not_spoil_the_others()
    {
        Parsed<TlsRptRecord> parsed = Read("v=TLSRPTv1; rua=mailto://x@example.com,mailto:a@example.com");

        Assert.False(parsed.Conforms);
        Assert.Equal("mailto:a@example.com", Assert.Single(parsed.Value!.Usable).Text);
    }

    [Fact]
    public void Ten_destinations_are_used_at_most()
    {
        string list = string.Join(',', Enumerable.Range(0, 1000).Select(i => $"mailto:r{i}@example.com"));
        Parsed<TlsRptRecord> parsed = Read($"v=TLSRPTv1; rua={list}");

        Assert.Equal(1000, parsed.Value!.Ruas.Length);
        Assert.Equal(parsed.Value.Ruas[..TlsRptRecord.MaxUsed], parsed.Value.Usable);
        Assert.Contains(parsed.Problems, problem => problem.Code == "tlsrpt-rua-too-many");
    }

    [Fact]
    public void A_text_longer_than_any_DNS_record_is_not_read()
    {
        Parsed<TlsRptRecord> parsed = Read(Good + new string(' ', TlsRptRecordReader.MaxLength));

        Assert.Null(parsed.Value);
        Assert.Equal("tlsrpt-record-too-long", Assert.Single(parsed.Problems).Code);
    }

    [Theory]
    [InlineData(";")]
    [InlineData(",")]
    [InlineData("!")]
    [InlineData("\"")]
    [InlineData(" ")]
    [InlineData("%")]
    [InlineData("a=b;")]
    [InlineData("mailto:a@b.example,")]
    [InlineData("\\;")]
    [InlineData("\n")]
    public void Long_hostile_text_is_read_in_one_pass_with_a_bounded_answer(string piece)
    {
        string start = "v=TLSRPTv1; rua=";
        int count = (TlsRptRecordReader.MaxLength - start.Length) / piece.Length;
        string text = start + string.Concat(Enumerable.Repeat(piece, count));

        Parsed<TlsRptRecord> parsed = Read(text);

        Assert.InRange(parsed.Problems.Length, 1, 101);
        Assert.All(parsed.Problems, problem => Assert.True(problem.Text is null || problem.Text.Length <= 200));
    }

    [Fact]
    public void Warnings_never_crowd_out_an_error()
    {
        string text = "v=TLSRPTv1; rua=mailto:a@example.com; " + string.Concat(Enumerable.Repeat("a=b;", 1000)) + "x=";

        Parsed<TlsRptRecord> parsed = Read(text);

        Assert.Null(parsed.Value);
        Assert.Contains(parsed.Problems, problem => problem.Code == "tlsrpt-record-field-value");
    }

    [Theory]
    [InlineData("v=TLSRPTv1; rua=mailto:a@example.com,https://me@[2001:db8::1]:8443/x?y#z; a-b=c")]
    [InlineData("\"v=tlsrptv1\\; RUA = <mailto://a%2Cb@b\u00fccher.example>!10m , a@example.com; ruf=x; x= \"\r\n")]
    public void A_record_with_any_bytes_changed_is_answered_and_corrected_rightly(string text)
    {
        byte[] seed = Encoding.UTF8.GetBytes(text);
        byte[] telling = [.. "v=1;,!:@%/\\\"<[ \t\n"u8, 0, 0x80, 0xFF];
        for (int place = 0; place < seed.Length; place++)
        {
            foreach (byte b in telling)
            {
                byte[] changed = [.. seed[..place], b, .. seed[(place + 1)..]];
                byte[] widened = [.. seed[..place], b, .. seed[place..]];
                byte[] cut = seed[..place];
                Assert.All([changed, widened, cut], CheckCorrections);
            }
        }
    }

    private static void CheckCorrections(byte[] text)
    {
        Parsed<TlsRptRecord> parsed = TlsRptRecordReader.Read(text);
        foreach (string correction in parsed.Problems.Select(problem => problem.Correction).OfType<string>().Distinct())
            Assert.True(Read(correction).Conforms, $"{Encoding.UTF8.GetString(text)} became {correction}");
    }

    private static Parsed<TlsRptRecord> Read(string text) => TlsRptRecordReader.Read(Encoding.UTF8.GetBytes(text));
}
