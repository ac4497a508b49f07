using System.Text;
using System.Text.Json;
using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.TlsRpt.Records;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.TlsRpt.Records;

public class TlsRptRecordLookupTests
{
    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Vectors =>
        VectorFile.Cases("tlsrpt-record");

    [Theory, Rfc(8460, "3")]
    [MemberData(nameof(Vectors))]
    public void A_record_set_gives_its_destinations_or_none(string name, JsonElement input, JsonElement expected)
    {
        TxtLookup<TlsRptRecord> lookup = TlsRptRecordReader.ReadAnswer(
            [.. input.GetProperty("txt").EnumerateArray().Select(StringsOf)]);

        if (expected.GetProperty("result").GetString() == "none")
        {
            Assert.False(lookup is TxtLookup<TlsRptRecord>.Found valid && Conforms(valid), name);
            return;
        }

        var found = Assert.IsType<TxtLookup<TlsRptRecord>.Found>(lookup);
        Assert.True(Conforms(found), name);
        Assert.Equal(Strings(expected, "rua"), found.Record.Ruas.Select(rua => rua.Text));
        Assert.Equal(Strings(expected, "usable"), found.Record.Usable.Select(rua => rua.Text));
    }

    [Fact, Rfc(8460, "3")]
    public void Of_several_records_those_with_another_start_are_dropped()
    {
        TxtLookup<TlsRptRecord> lookup = Of(
            "v=spf1 -all", "v=TLSRPTv1;rua=mailto:a@example.com", "v=TLSRPTv1 ;rua=mailto:b@example.com");

        var found = Assert.IsType<TxtLookup<TlsRptRecord>.Found>(lookup);
        Assert.Equal("mailto:a@example.com", Assert.Single(found.Record.Ruas).Text);
        Assert.Single(found.LookAlikes);
    }

    [Fact, Rfc(8460, "3")]
    public void A_space_before_the_first_semicolon_counts_only_when_the_record_is_alone()
    {
        Assert.IsType<TxtLookup<TlsRptRecord>.Found>(Of("v=TLSRPTv1 ;rua=mailto:a@example.com"));
        Assert.IsType<TxtLookup<TlsRptRecord>.NoRecord>(Of("v=TLSRPTv1 ;rua=mailto:a@example.com", "v=spf1 -all"));
    }

    [Fact, Rfc(8460, "3")]
    public void Records_are_counted_before_they_are_read()
    {
        TxtLookup<TlsRptRecord> lookup = Of("v=TLSRPTv1;rua=mailto:a@example.com", "v=TLSRPTv1;rua=", "v=TLSRPTv1;");

        Assert.Equal(3, Assert.IsType<TxtLookup<TlsRptRecord>.Several>(lookup).Count);
    }

    [Fact, Rfc(8460, "3")]
    public void A_trailing_space_is_noted_and_does_no_harm()
    {
        var found = Assert.IsType<TxtLookup<TlsRptRecord>.Found>(Of("v=TLSRPTv1;rua=mailto:a@example.com "));

        Problem problem = Assert.Single(found.Problems);
        Assert.Equal("tlsrpt-record-trailing-space", problem.Code);
        Assert.True(problem.IsTolerable);
    }

    [Theory]
    [InlineData("v=TSLRPTv1;rua=mailto:a@example.com")]
    [InlineData("v=tlsrptv1; rua=mailto:a@example.com")]
    [InlineData("TLSRPTv1; rua=mailto:a@example.com")]
    [InlineData("\"v=TLSRPTv1; rua=mailto:a@example.com\"")]
    [InlineData("  v=TLSRPTv1; rua=mailto:a@example.com")]
    [InlineData("rua=mailto:a@example.com")]
    [InlineData("v=TLSRPTv1")]
    public void A_record_that_seems_meant_is_shown_with_its_problems(string text)
    {
        TxtLookup<TlsRptRecord> lookup = Of("v=spf1 -all", text);

        Assert.IsType<TxtLookup<TlsRptRecord>.NoRecord>(lookup);
        Assert.False(Assert.Single(lookup.LookAlikes).Conforms);
    }

    [Theory]
    [InlineData("v=spf1 -all")]
    [InlineData("v=STSv1; id=1;")]
    [InlineData("v=DMARC1; p=none; rua=mailto:a@example.com")]
    [InlineData("google-site-verification=abc")]
    [InlineData("")]
    public void A_record_of_another_kind_is_no_look_alike(string text) => Assert.Empty(Of(text).LookAlikes);

    private static TxtLookup<TlsRptRecord> Of(params string[] texts) =>
        TlsRptRecordReader.ReadAnswer([.. texts.Select(text => Record(text))]);

    private static bool Conforms(TxtLookup<TlsRptRecord>.Found found) =>
        found.Problems.All(problem => problem.Severity == ProblemSeverity.Warning);

    private static ReadOnlyMemory<byte>[] StringsOf(JsonElement record) =>
        Record([.. record.EnumerateArray().Select(part => part.GetString()!)]);

    private static ReadOnlyMemory<byte>[] Record(params string[] strings) =>
        [.. strings.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))];

    private static IEnumerable<string?> Strings(JsonElement parent, string member) =>
        parent.GetProperty(member).EnumerateArray().Select(s => s.GetString());
}
