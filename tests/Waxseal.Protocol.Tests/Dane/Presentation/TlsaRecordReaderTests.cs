using System.Text;
using Waxseal.Protocol.Dane;
using Waxseal.Protocol.Dane.Presentation;
using Waxseal.Protocol.Parsing;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Dane.Presentation;

public class TlsaRecordReaderTests
{
    private const string Sha256 = "FA6C3FC01EA4BDEF7B8013615DB74970E4A7790A9EF157825A372DC118534EFC";
    private const string Sha512 =
        "7F8794E576A5E993863AA93741E63BB0CB32FDCB52A06507B5D7601744EB0D29EE4356F90E193EA27FA589CABB8F6F9EC79E0F1B24B51EAE6E1FB95604096B03";

    private const string Owner = "_25._tcp.mx.example.com.";

    private static readonly string LeafHex = Convert.ToHexString(TlsaVectors.Certificate("leaf-mx").Span);

    [Theory, Rfc(6698, "2.2"), Rfc(1035, "5.1")]
    [InlineData($"3 1 1 {Sha256}")]
    [InlineData($"  3\t1  1 {Sha256}  \r\n")]
    [InlineData($"{Owner} 3600 IN TLSA 3 1 1 {Sha256}")]
    [InlineData($"{Owner} IN 1h tlsa 3 1 1 {Sha256}")]
    [InlineData($"{Owner} TLSA 3 1 1 {Sha256} ; the key of 2024")]
    [InlineData($"  IN TLSA 3 1 1 {Sha256}")]
    [InlineData($"3600 IN TLSA 3 1 1 {Sha256}")]
    [InlineData($"_25._tcp TLSA 3 1 1 {Sha256}")]
    [InlineData($"*._tcp.mx.example.com. TLSA 3 1 1 {Sha256}")]
    [InlineData($"tlsa201._dane.example.com. IN TLSA 3 1 1 {Sha256}")]
    [InlineData($"; a comment\n\n$TTL 3600\n{Owner} TLSA 3 1 1 {Sha256}\n")]
    [InlineData($"\uFEFF{Owner} TLSA 3 1 1 {Sha256}")]
    [InlineData($"{Owner} IN TYPE52 \\# 35 030101 {Sha256}")]
    [InlineData($"\\# 35 030101 {Sha256}")]
    public void Every_way_to_write_a_good_record_gives_the_same_record(string text)
    {
        Parsed<TlsaRecord> parsed = Read(text);

        Assert.Empty(parsed.Problems);
        Assert.Equal($"3 1 1 {Sha256}", parsed.Value?.ToString());
    }

    [Fact, Rfc(6698, "2.2")]
    public void Data_that_read_like_a_type_are_data()
    {
        Parsed<TlsaRecord> parsed = TlsaRecordReader.Read("3 1 0 AAAA"u8);
        Assert.Equal([0xAA, 0xAA], parsed.Value!.AssociationData);
    }

    [Fact, Rfc(6698, "2.2")]
    public void Digits_may_be_of_either_case_and_broken_over_lines_in_parentheses()
    {
        string lower = Sha256.ToLowerInvariant();
        string text = $"{Owner} IN TLSA 3 1 1 ( ; begins\n    {lower[..20]}\n\t{lower[20..41]} {lower[41..]} )\n";

        Parsed<TlsaRecord> parsed = Read(text);

        Assert.Empty(parsed.Problems);
        Assert.Equal($"3 1 1 {Sha256}", parsed.Value?.ToString());
    }

    [Theory, Rfc(6698, "2.2")]
    [InlineData("", "tlsa-record-missing", "1:1")]
    [InlineData("; nothing\n", "tlsa-record-missing", "1:1")]
    [InlineData("3 1 1", "tlsa-data-missing", "1:6")]
    [InlineData("3 1 1 0x", "tlsa-data-missing", "1:9")]
    [InlineData("3 1 1 ::::", "tlsa-data-missing", "1:11")]
    [InlineData("3 1", "tlsa-matching-type-missing", "1:4")]
    [InlineData($"3 1 1 {Sha256}0", "tlsa-data-odd", "1:7")]
    [InlineData("3 1 1 AB\nCD", "tlsa-record-not-alone", "1:1")]
    [InlineData("3 1 1 (AB\n  CG)", "tlsa-data-not-hexadecimal", "2:4")]
    [InlineData($"256 1 1 {Sha256}", "tlsa-usage-out-of-range", "1:1")]
    [InlineData($"3 -1 1 {Sha256}", "tlsa-selector-not-a-number", "1:3")]
    [InlineData($"3 1 one {Sha256}", "tlsa-matching-type-not-a-number", "1:5")]
    [InlineData($"{Owner} TLSA 3 1 99999999999999999999 {Sha256}", "tlsa-matching-type-out-of-range", "1:35")]
    [InlineData($"{Owner} IN TYPE52 \\# 34 030101 {Sha256}", "tlsa-generic-length", "1:39")]
    [InlineData($"{Owner} IN TYPE52 \\# 2 0301", "tlsa-generic-length", "1:39")]
    [InlineData("example.com. IN MX 10 mx.example.com.", "tlsa-record-missing", "1:1")]
    [InlineData("mx.example.com. 3600 IN A 192.0.2.1", "tlsa-record-missing", "1:1")]
    [InlineData($"{Owner} IN TSLA 3 1 1 {Sha256}", "tlsa-type-other", "1:1")]
    [InlineData("v=STSv1; id=1;", "tlsa-type-other", "1:1")]
    public void What_is_no_record_has_no_value(string text, string code, string place)
    {
        Parsed<TlsaRecord> parsed = Read(text);

        Assert.Null(parsed.Value);
        Assert.Contains(parsed.Problems, problem => problem.Code == code && problem.Place.ToString() == place
            && problem.Severity == ProblemSeverity.Error && !problem.IsTolerable);
    }

    [Theory, Rfc(6698, "4.1"), Rfc(7671, "9")]
    [InlineData($"4 1 1 {Sha256}", "tlsa-usage-unassigned", "1:1", null)]
    [InlineData($"3 255 1 {Sha256}", "tlsa-selector-unassigned", "1:3", null)]
    [InlineData("3 1 9 AB", "tlsa-matching-type-unassigned", "1:5", null)]
    [InlineData($"3 1 2 {Sha256}", "tlsa-data-length", "1:7", $"3 1 1 {Sha256}")]
    [InlineData($"3 1 1 {Sha512}", "tlsa-data-length", "1:7", $"3 1 2 {Sha512}")]
    [InlineData("3 1 1 ABCD", "tlsa-data-length", "1:7", null)]
    [InlineData($"3 1 0 {Sha256}", "tlsa-data-not-whole", "1:7", $"3 1 1 {Sha256}")]
    [InlineData("3 0 0 3000", "tlsa-data-not-whole", "1:7", null)]
    public void A_record_no_sender_can_use_is_an_error_and_still_a_record(
        string text, string code, string place, string? correction)
    {
        Parsed<TlsaRecord> parsed = Read(text);

        Assert.Equal(text, parsed.Value?.ToString());
        Assert.False(parsed.Conforms);
        Problem problem = Assert.Single(parsed.Problems, problem => problem.Code == code);
        Assert.Equal((place, false, correction), (problem.Place.ToString(), problem.IsTolerable, problem.Correction));
    }

    [Theory, Rfc(6698, "2.2")]
    [InlineData($"DANE-EE SPKI SHA2-256 {Sha256}", "tlsa-usage-not-a-number")]
    [InlineData($"3 spki 1 {Sha256}", "tlsa-selector-not-a-number")]
    [InlineData($"3 1 1 0x{Sha256}", "tlsa-data-prefixed")]
    [InlineData("3 1 1 FA:6C:3F:C0:1E:A4:BD:EF:7B:80:13:61:5D:B7:49:70:E4:A7:79:0A:9E:F1:57:82:5A:37:2D:C1:18:53:4E:FC", "tlsa-data-separated")]
    [InlineData("3 1 1 +mw/wB6kve97gBNhXbdJcOSneQqe8VeCWjctwRhTTvw=", "tlsa-data-base64")]
    [InlineData($"3 1 1 ({Sha256}", "tlsa-parenthesis-alone")]
    [InlineData($"3 1 1 {Sha256})", "tlsa-parenthesis-alone")]
    public void What_can_be_told_is_corrected(string text, string code)
    {
        Parsed<TlsaRecord> parsed = Read(text);

        Assert.Equal($"3 1 1 {Sha256}", parsed.Value?.ToString());
        Assert.False(parsed.Conforms);
        Assert.Equal($"3 1 1 {Sha256}", Assert.Single(parsed.Problems, problem => problem.Code == code).Correction);
    }

    [Theory, Rfc(6698, "2.2")]
    [InlineData($"{Owner} 3600 IN 3 1 1 {Sha256}", "tlsa-type-missing", $"{Owner} 3600 IN TLSA 3 1 1 {Sha256}")]
    [InlineData($"{Owner} 3 1 1 {Sha256}", "tlsa-type-missing", $"{Owner} IN TLSA 3 1 1 {Sha256}")]
    [InlineData($"{Owner} CH TLSA 3 1 1 {Sha256}", "tlsa-head-unknown-word", $"{Owner} IN TLSA 3 1 1 {Sha256}")]
    public void A_broken_head_is_corrected(string text, string code, string correction)
    {
        Problem problem = Assert.Single(Read(text).Problems);

        Assert.Equal((code, correction), (problem.Code, problem.Correction));
    }

    [Theory, Rfc(7672, "2.2.3"), Rfc(6698, "3")]
    [InlineData("mx.example.com.", "tlsa-owner-no-service", Owner)]
    [InlineData("25._tcp.mx.example.com.", "tlsa-owner-malformed", Owner)]
    [InlineData("_25.tcp.mx.example.com.", "tlsa-owner-malformed", Owner)]
    [InlineData("_tcp._25.mx.example.com.", "tlsa-owner-malformed", Owner)]
    [InlineData("_025._tcp.mx.example.com.", "tlsa-owner-malformed", Owner)]
    [InlineData("_443._tcp.www.example.com.", "tlsa-owner-other-service", null)]
    [InlineData("_25._udp.mx.example.com.", "tlsa-owner-other-service", null)]
    [InlineData("_smtp._tcp.mx.example.com.", "tlsa-owner-no-service", null)]
    [InlineData("_70000._tcp.mx.example.com.", "tlsa-owner-no-service", null)]
    public void A_name_no_sender_asks_for_is_a_warning(string owner, string code, string? rightOwner)
    {
        Parsed<TlsaRecord> parsed = Read($"{owner} IN TLSA 3 1 1 {Sha256}");

        Assert.True(parsed.Conforms);
        Problem problem = Assert.Single(parsed.Problems);
        string? correction = rightOwner is null ? null : $"{rightOwner} IN TLSA 3 1 1 {Sha256}";
        Assert.Equal((code, "1:1", correction), (problem.Code, problem.Place.ToString(), problem.Correction));
    }

    [Theory, Rfc(7672, "3.1"), Rfc(7671, "2"), Rfc(7671, "10.1.2"), Rfc(7671, "13")]
    [InlineData($"1 1 1 {Sha256}", "tlsa-usage-pkix", $"3 1 1 {Sha256}")]
    [InlineData($"0 0 1 {Sha256}", "tlsa-usage-pkix", $"2 0 1 {Sha256}")]
    [InlineData($"2 1 1 {Sha256}", "tlsa-anchor-key", null)]
    [InlineData($"3 0 1 {Sha256}", "tlsa-leaf-certificate", null)]
    [InlineData($"3 1 2 {Sha512}", "tlsa-sha512-alone", null)]
    [InlineData("3 1 1 E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855", "tlsa-digest-of-nothing", null)]
    [InlineData($"{Owner} 86401 IN TLSA 3 1 1 {Sha256}", "tlsa-ttl-long", null)]
    [InlineData($"{Owner} 1w IN TLSA 3 1 1 {Sha256}", "tlsa-ttl-long", null)]
    [InlineData($"{Owner} 99999999999 IN TLSA 3 1 1 {Sha256}", "tlsa-ttl-long", null)]
    public void What_is_legal_but_unwise_is_a_warning(string text, string code, string? correction)
    {
        Parsed<TlsaRecord> parsed = Read(text);

        Assert.True(parsed.Conforms);
        Problem problem = Assert.Single(parsed.Problems);
        Assert.Equal((code, correction), (problem.Code, problem.Correction));
    }

    [Theory, Rfc(7672, "3.1")]
    [InlineData("3 0 0")]
    [InlineData("3 1 0")]
    [InlineData("1 0 0")]
    [InlineData("3 0 1")]
    public void A_whole_leaf_certificate_is_corrected_to_the_digest_of_its_key(string numbers)
    {
        Parsed<TlsaRecord> parsed = Read($"{numbers} {LeafHex}");

        Assert.NotEmpty(parsed.Problems);
        Assert.All(parsed.Problems, problem => Assert.Equal($"3 1 1 {Sha256}", problem.Correction));
    }

    [Fact, Rfc(6698, "2.2")]
    public void All_problems_of_a_record_come_at_once_in_the_order_of_the_text()
    {
        Parsed<TlsaRecord> parsed = Read("mx.example.com. 2d IN TLSA 1 9 300 XYZ");

        Assert.Null(parsed.Value);
        Assert.Equal(
            ["tlsa-owner-no-service", "tlsa-ttl-long", "tlsa-matching-type-out-of-range", "tlsa-data-not-hexadecimal"],
            parsed.Problems.Select(problem => problem.Code));
        Assert.Equal("300", parsed.Problems[2].Text);
        Assert.All(parsed.Problems, problem => Assert.Null(problem.Correction));
    }

    [Fact]
    public void A_text_beyond_the_limit_is_not_read()
    {
        byte[] text = new byte[TlsaRecordReader.MaxLength + 1];

        Assert.Equal("tlsa-text-too-long", Assert.Single(TlsaRecordReader.Read(text).Problems).Code);
    }

    [Fact]
    public void No_text_whatever_makes_the_reader_throw_or_keeps_a_correction_from_being_right()
    {
        string[] pieces =
        [
            "3", "1", "2", "0", "256", "35", "3600", "IN", "TLSA", "DANE-EE", Owner, "mx.example.com.", Sha256, Sha512, "AB",
            "0x", ":", "=", "(", ")", "\n", ";", "\\#", "$", "\0", "\u00e9",
        ];
        var random = new Random(20260101);
        for (int run = 0; run < 20_000; run++)
        {
            var text = new StringBuilder();
            for (int words = random.Next(12); words > 0; words--)
                text.Append(pieces[random.Next(pieces.Length)]).Append(random.Next(6) == 0 ? "" : " ");

            foreach (Problem problem in Read(text.ToString()).Problems.Where(problem => problem.Correction is not null))
                Assert.True(Read(problem.Correction!).Conforms, $"{text} => {problem.Correction}");
        }
    }

    private static Parsed<TlsaRecord> Read(string text) => TlsaRecordReader.Read(Encoding.UTF8.GetBytes(text));
}
