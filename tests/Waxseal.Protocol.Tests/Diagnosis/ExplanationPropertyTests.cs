using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.TlsRpt;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis;

/// <summary>What holds of every explanation, whatever the reports say.</summary>
public class ExplanationPropertyTests
{
    [Fact]
    public void Shares_are_parts_of_one() => ForFindings(finding =>
    {
        Assert.Equal(1, finding.Ranking.Causes.Sum(ranked => ranked.Share) + finding.Ranking.NotDeterminable, 9);
        Assert.Equal(100, finding.Ranking.Causes.Sum(ranked => ranked.Percent) + finding.Ranking.NotDeterminablePercent);
        Assert.All(finding.Ranking.Causes, ranked => Assert.InRange(ranked.Share, 0, 1));
        Assert.All(finding.Ranking.Causes, ranked => Assert.InRange((ranked.Share * 100) - ranked.Percent, -1, 1));
        Assert.Equal(finding.Ranking.Causes.OrderByDescending(ranked => ranked.Share), finding.Ranking.Causes);
    });

    [Fact]
    public void A_share_is_what_its_weights_make_it() => ForFindings(finding => Assert.All(finding.Ranking.Causes, ranked =>
        Assert.Equal(Math.Log(ranked.Share / finding.Ranking.NotDeterminable), ranked.Score, 9)));

    [Fact]
    public void Every_text_can_be_read() => ForFindings(finding => Assert.All(Texts(finding), text =>
    {
        Assert.NotEmpty(text);
        Assert.DoesNotContain('{', text);
        Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" .", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" ,", text, StringComparison.Ordinal);
        Assert.DoesNotContain("..", text, StringComparison.Ordinal);
        Assert.Equal(text.Trim(), text);
    }));

    [Fact]
    public void Every_finding_answers_its_questions() => ForFindings(finding =>
    {
        Assert.NotEmpty(finding.Sightings);
        Assert.NotEmpty(finding.Actions);
        Assert.All(finding.Sightings, sighting => Assert.NotEmpty(sighting.Days));
        Assert.All(finding.Sightings, sighting => Assert.True(sighting.FailedSessions <= sighting.Sessions));
        Assert.True(finding.FailedSessions <= finding.Sightings.Sum(sighting => sighting.FailedSessions));
    });

    [Fact]
    public void The_order_of_reports_makes_no_difference() => Prop
        .ForAll(RandomReports.Some, reports => Rendered(Explain(reports)) == Rendered(Explain(reports.Reverse()))
            && Rendered(Explain(reports)) == Rendered(Explain(reports.OrderBy(report => report.ToReport().ReportId, StringComparer.Ordinal))))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_copy_adds_to_the_number_of_copies_and_to_nothing_else() => Prop
        .ForAll(RandomReports.Some, reports =>
        {
            Explanation once = Explain(reports);
            Explanation twice = Explain([.. reports, .. reports]);
            Coverage expected = once.Coverage with { Duplicates = once.Coverage.Duplicates + reports.Length };
            return Rendered(once with { Coverage = expected }) == Rendered(twice);
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Sums_are_those_of_the_reports() => Prop
        .ForAll(RandomReports.SomeDistinct, reports =>
        {
            var expected = reports
                .SelectMany(report => report.ToReport().Policies.GroupBy(policy => policy.PolicyDomain ?? ""))
                .GroupBy(policies => policies.Key)
                .OrderBy(policies => policies.Key, StringComparer.Ordinal)
                .Select(policies => (policies.Key, policies.SelectMany(Counted).Sum(policy => policy.SuccessfulSessions),
                    policies.SelectMany(Counted).Sum(policy => policy.FailedSessions)));
            return expected.SequenceEqual(Explain(reports).PolicyDomains.Select(sums => (sums.PolicyDomain, sums.Successful, sums.Failed)));
        })
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Sums_of_reporters_make_the_sum_of_their_policy_domain() => Prop
        .ForAll(RandomReports.Some, reports => Explain(reports).PolicyDomains.All(sums =>
            sums.Successful == sums.Reporters.Sum(reporter => reporter.Successful)
            && sums.Failed == sums.Reporters.Sum(reporter => reporter.Failed)))
        .QuickCheckThrowOnFailure();

    // Sessions that a report counts under sts and tlsa alike, the policy type with more failures alone.
    private static IEnumerable<ReportPolicy> Counted(IEnumerable<ReportPolicy> policies)
    {
        ReportPolicy[] sts = [.. policies.Where(policy => policy.Type == PolicyType.Sts)];
        ReportPolicy[] tlsa = [.. policies.Where(policy => policy.Type == PolicyType.Tlsa)];
        bool areTheSame = sts.Sum(Sessions) == tlsa.Sum(Sessions) && sts.Sum(Sessions) > 0;
        return areTheSame
            ? [.. policies.Where(policy => policy.Type is not (PolicyType.Sts or PolicyType.Tlsa)),
                .. tlsa.Sum(policy => policy.FailedSessions) > sts.Sum(policy => policy.FailedSessions) ? tlsa : sts]
            : policies;
    }

    private static long Sessions(ReportPolicy policy) => policy.SuccessfulSessions + policy.FailedSessions;

    private static void ForFindings(Action<Finding> assert) => Prop
        .ForAll(RandomReports.Some, reports =>
        {
            foreach (Finding finding in Explain(reports).Findings)
                assert(finding);
        })
        .QuickCheckThrowOnFailure();

    private static IEnumerable<string> Texts(Finding finding) =>
    [
        finding.Title, finding.InShort, finding.Happened, finding.Effect, finding.Verdict, finding.MendedWhen, finding.Ranking.Pattern,
        .. finding.Readings.Select(reading => reading.Text),
        .. finding.Ranking.Causes.Select(ranked => ranked.Cause.Title),
        .. finding.Ranking.Causes.SelectMany(ranked => ranked.Weights).Select(weight => weight.Reason),
        .. finding.Actions,
        .. finding.Observations,
    ];

    private static string Rendered(Explanation explanation) => JsonSerializer.Serialize(explanation);
}
