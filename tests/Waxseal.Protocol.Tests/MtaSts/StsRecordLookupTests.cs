using System.Text;
using System.Text.Json;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Parsing;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.MtaSts;

public class StsRecordLookupTests
{
    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Vectors =>
        VectorFile.Cases("sts-record");

    public static IEnumerable<TheoryDataRow<string, JsonElement>> Cases => Flags.Cases("sts-record");

    [Theory, Rfc(8461, "3.1")]
    [MemberData(nameof(Vectors))]
    public void A_record_set_gives_an_id_or_none(string _, JsonElement input, JsonElement expected)
    {
        var found = StsRecordReader.ReadAnswer(Records(input)) as TxtLookup<StsRecord>.Found;
        string? expectedId = expected.TryGetProperty("id", out JsonElement id) ? id.GetString() : null;

        Assert.Equal(expectedId, found is not null && Conforms(found) ? found.Record.Id : null);
    }

    [Theory, Rfc(8461, "3.1")]
    [MemberData(nameof(Cases))]
    public void A_record_is_used_in_spite_of_an_error_only_when_it_is_tolerable(string _, JsonElement testCase)
    {
        var found = StsRecordReader.ReadAnswer(Records(testCase.GetProperty("input"))) as TxtLookup<StsRecord>.Found;

        Assert.Equal(Flags.Has(testCase, "tolerable"), found is not null && !Conforms(found));
    }

    [Theory, Rfc(8461, "3.1")]
    [MemberData(nameof(Vectors))]
    public void Several_records_are_told_from_none_and_a_broken_one(string _, JsonElement input, JsonElement expected)
    {
        string? reason = expected.TryGetProperty("reason", out JsonElement text) ? text.GetString() : null;
        TxtLookup<StsRecord> lookup = StsRecordReader.ReadAnswer(Records(input));

        Assert.Equal(reason == "multiple-records", lookup is TxtLookup<StsRecord>.Several);
        if (reason is "missing-id" or "invalid-id")
            Assert.IsType<TxtLookup<StsRecord>.Invalid>(lookup);
    }

    [Fact, Rfc(8461, "3.1")]
    public void White_space_before_the_first_semicolon_is_accepted_of_a_record_alone()
    {
        ReadOnlyMemory<byte>[][] spaced = [Record("v=STSv1 ; id=1")];

        var found = Assert.IsType<TxtLookup<StsRecord>.Found>(StsRecordReader.ReadAnswer(spaced));
        Assert.Equal("sts-record-space-before-semicolon", Assert.Single(found.Problems).Code);
        Assert.IsType<TxtLookup<StsRecord>.NoRecord>(StsRecordReader.ReadAnswer([.. spaced, Record("v=spf1 -all")]));
    }

    [Theory, Rfc(8461, "3.1")]
    [InlineData("v=STSv1")]
    [InlineData("v=STSv1 id=1;")]
    [InlineData("v=STSv10; id=1;")]
    public void A_version_without_a_semicolon_is_no_record_and_looks_like_one(string text)
    {
        TxtLookup<StsRecord> lookup = StsRecordReader.ReadAnswer([Record(text)]);

        Assert.IsType<TxtLookup<StsRecord>.NoRecord>(lookup);
        Assert.Null(Assert.Single(lookup.LookAlikes).Value);
    }

    [Fact]
    public void No_more_than_ten_look_alikes_are_read()
    {
        IEnumerable<ReadOnlyMemory<byte>[]> many = Enumerable.Repeat(Record("v=stsv1; id=1;"), 1_000);

        Assert.Equal(10, StsRecordReader.ReadAnswer([.. many]).LookAlikes.Length);
    }

    private static bool Conforms(TxtLookup<StsRecord>.Found found) =>
        found.Problems.All(problem => problem.Severity != ProblemSeverity.Error);

    private static ReadOnlyMemory<byte>[] Record(params string[] strings) =>
        [.. strings.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))];

    private static ReadOnlyMemory<byte>[][] Records(JsonElement input) =>
        [.. input.GetProperty("txt").EnumerateArray().Select(record => Record(Strings(record)))];

    private static string[] Strings(JsonElement record) =>
        [.. record.EnumerateArray().Select(part => part.GetString()!)];
}
