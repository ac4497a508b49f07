using System.Text;
using Waxseal.Protocol.Dane.Presentation;
using Waxseal.Protocol.Parsing;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Dane.Presentation;

public class TlsaRecordSetTests
{
    private static readonly string Sha256A = new('A', 64);
    private static readonly string Sha256B = new('B', 64);
    private static readonly string Sha512A = new('A', 128);
    private static readonly string Sha512B = new('B', 128);

    [Fact, Rfc(1035, "5.1")]
    public void An_entry_without_owner_name_has_that_of_the_entry_before()
    {
        Parsed<TlsaRecordSet> parsed = ReadAll($"""
            $ORIGIN example.com.
            _25._tcp.mx1  IN TLSA 3 1 1 {Sha256A}
                          IN TLSA 3 1 1 {Sha256B}
            _25._tcp.mx2  IN TLSA 3 1 1 {Sha256A}
            """);

        Assert.Empty(parsed.Problems);
        Assert.Equal(
            [("_25._tcp.mx1", 2), ("_25._tcp.mx1", 3), ("_25._tcp.mx2", 4)],
            parsed.Value!.Entries.Select(entry => (entry.Owner, entry.Place.Line)));
    }

    [Fact, Rfc(1035, "5.1")]
    public void Records_of_other_types_in_a_zone_file_are_passed_over()
    {
        Parsed<TlsaRecordSet> parsed = ReadAll($"""
            @ IN SOA ns hostmaster (
               2026110101 ; serial
               3600 600 604800 300 )
              IN NS ns
            mx 3600 IN A 192.0.2.1
            ns A 192.0.2.2
            a._domainkey TXT "v=DKIM1; p=(" "x"
            _25._tcp.mx IN TLSA 3 1 1 {Sha256A}
              IN RRSIG TLSA 13 4 3600 20261201000000 20261101000000 1 example.com. AAAA
              IN TLSA 3 1 1 {Sha256B}
            """);

        Assert.Empty(parsed.Problems);
        Assert.Equal(["_25._tcp.mx", "_25._tcp.mx"], parsed.Value!.Entries.Select(entry => entry.Owner));
    }

    [Fact, Rfc(7671, "8.1")]
    public void The_same_record_twice_is_a_warning_at_the_second()
    {
        Problem problem = Assert.Single(ReadAll($"3 1 1 {Sha256A}\n3 1 1 {Sha256A}\n").Problems);

        Assert.Equal(("tlsa-record-repeated", 2), (problem.Code, problem.Place.Line));
    }

    [Fact, Rfc(7671, "2")]
    public void Sha512_beside_Sha256_is_not_alone()
    {
        Assert.Empty(ReadAll($"3 1 1 {Sha256A}\n3 1 2 {Sha512A}\n").Problems);
        Assert.Equal("tlsa-sha512-alone", Assert.Single(ReadAll($"3 1 2 {Sha512A}\n3 1 2 {Sha512B}\n").Problems).Code);
    }

    [Fact, Rfc(7671, "8.3")]
    public void Each_digest_has_to_cover_the_same_keys()
    {
        Problem problem = Assert.Single(ReadAll($"3 1 1 {Sha256A}\n3 1 1 {Sha256B}\n3 1 2 {Sha512A}\n").Problems);

        Assert.Equal(("tlsa-digests-uneven", 1), (problem.Code, problem.Place.Line));
    }

    [Fact]
    public void Owner_names_are_judged_apart_whatever_their_case_and_root_dot()
    {
        Parsed<TlsaRecordSet> parsed = ReadAll($"""
            _25._tcp.mx1.example.com  TLSA 3 1 1 {Sha256A}
            _25._tcp.MX1.example.com. TLSA 3 1 2 {Sha512A}
            _25._tcp.mx2.example.com. TLSA 3 1 2 {Sha512A}
            """);

        Problem problem = Assert.Single(parsed.Problems);
        Assert.Equal(("tlsa-sha512-alone", 3), (problem.Code, problem.Place.Line));
    }

    [Fact]
    public void One_entry_that_is_no_record_leaves_no_set_but_all_problems()
    {
        Parsed<TlsaRecordSet> parsed = ReadAll($"3 1 1 XY\n0 1 1 {Sha256A}\n");

        Assert.Null(parsed.Value);
        Assert.Equal(
            ["tlsa-data-not-hexadecimal", "tlsa-usage-pkix"], parsed.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void A_correction_goes_with_the_problems_of_its_own_entry_alone()
    {
        Parsed<TlsaRecordSet> parsed = ReadAll($"mx.example.com. TSLA 192.0.2.1 )\n3 1 1 0x{Sha256A}\n");

        Assert.Equal(
            [("tlsa-type-other", null), ("tlsa-parenthesis-alone", null), ("tlsa-data-prefixed", $"3 1 1 {Sha256A}")],
            parsed.Problems.Select(problem => (problem.Code, problem.Correction)));
    }

    [Fact]
    public void Problems_beyond_a_hundred_are_counted()
    {
        string text = string.Concat(Enumerable.Repeat($"3 0 1 {Sha256A} )\n", TlsaRecordReader.MaxRecords));

        Parsed<TlsaRecordSet> parsed = ReadAll(text);

        Assert.Equal(101, parsed.Problems.Length);
        Assert.Equal("tlsa-problems-left-out", parsed.Problems[^1].Code);
        Assert.NotNull(parsed.Value);
        Assert.False(parsed.Conforms);
    }

    [Fact]
    public void More_records_than_the_limit_are_refused()
    {
        string text = string.Concat(Enumerable.Repeat($"3 1 1 {Sha256A}\n", TlsaRecordReader.MaxRecords + 1));

        Assert.Equal("tlsa-too-many-records", Assert.Single(ReadAll(text).Problems).Code);
    }

    private static Parsed<TlsaRecordSet> ReadAll(string text) => TlsaRecordReader.ReadAll(Encoding.UTF8.GetBytes(text));
}
