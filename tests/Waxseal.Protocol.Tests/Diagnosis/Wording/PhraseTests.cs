using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Diagnosis.Wording;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis.Wording;

public class PhraseTests
{
    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(300, "300 s")]
    [InlineData(3_600, "1 hour")]
    [InlineData(5_400, "5,400 s")]
    [InlineData(43_200, "12 hours")]
    [InlineData(86_400, "1 day")]
    [InlineData(129_600, "36 hours")]
    [InlineData(604_800, "7 days")]
    [InlineData(31_557_600, "about 365 days")]
    public void A_duration_has_the_unit_people_use(int seconds, string expected) =>
        Assert.Equal(expected, Phrase.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, "<1 %")]
    [InlineData(1, "1 %")]
    [InlineData(46, "46 %")]
    [InlineData(99, "99 %")]
    [InlineData(100, ">99 %")]
    public void A_share_is_never_nothing_and_never_all(int percent, string expected) => Assert.Equal(expected, Phrase.Percent(percent));

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "a")]
    [InlineData(2, "a and b")]
    [InlineData(3, "a, b and c")]
    [InlineData(6, "a, b, c, d, e and f")]
    [InlineData(7, "a, b, c, d, e and 2 others")]
    public void A_long_list_is_cut(int count, string expected) =>
        Assert.Equal(expected, Phrase.List([.. "abcdefg"[..count].Select(letter => letter.ToString())]));

    [Fact]
    public void Many_days_are_counted_each_once()
    {
        ImmutableArray<ReportedDays> days = [Days(1, 7), Days(3, 3), Days(8, 8), Days(20, 20)];

        Assert.Equal("9 days from 2024-11-01 to 2024-11-20", Phrase.Days(days));
        Assert.Equal("2024-11-01 to 2024-11-07 and 2024-11-03", Phrase.Days(days[..2]));
    }

    [Fact]
    public void A_name_that_looks_like_a_placeholder_stays_a_name()
    {
        string title = TheFinding(Named("{domain} {day}").On("2024-11-08").Sts().Failed(1, FetchError)).Ranking.Causes
            .First(ranked => ranked.Cause.Id == "C01").Cause.Title;

        Assert.Equal("a resolver of {domain} {day} still held the answer that mta-sts.example.com does not exist", title);
    }

    private static ReportedDays Days(int first, int last) => new(new(2024, 11, first), new(2024, 11, last));
}
