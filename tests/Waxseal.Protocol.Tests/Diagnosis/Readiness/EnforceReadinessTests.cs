using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Diagnosis.Readiness;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Diagnosis.Readiness;

public class EnforceReadinessTests
{
    private static readonly DateOnly Today = new(2026, 3, 31);

    [Fact, Rfc(8461, "5")]
    public void A_policy_in_testing_without_a_failure_for_long_is_ready()
    {
        EnforceReadiness readiness = Judge("testing", Days(20, "Google", "Microsoft"));

        Assert.Equal((EnforceVerdict.Ready, 20, 400L, 0L), (readiness.Verdict, readiness.Days, readiness.Sessions, readiness.Failed));
        Assert.Equal(["Google", "Microsoft"], readiness.Reporters);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Equal(
            [
                "Reports came of 3 of the last 21 days; 14 are wanted.", "They count 30 sessions; 100 are wanted.",
                "One sender alone reported; two are wanted, for each sees the policy in its own way.",
            ],
            Judge("testing", Days(3, "Google")).Reasons);
        Assert.Contains(Judge("testing", []).Reasons, reason => reason.StartsWith("Nobody reported;", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failure_or_an_open_finding_speaks_against_it()
    {
        ImmutableArray<ReportedDay> failing = [.. Days(20, "Google", "Microsoft"), new(Today.AddDays(-1), "Comcast", 0, 3)];

        EnforceReadiness readiness = Judge("testing", failing);
        Assert.Equal(EnforceVerdict.NotYet, readiness.Verdict);
        Assert.StartsWith("3 of 403 sessions failed", readiness.Reasons.Single(), StringComparison.Ordinal);
        Assert.Equal(["Open: something."], Judge("testing", Days(20, "Google", "Microsoft"), "something").Reasons);

        // What lies before the window is past.
        Assert.Equal(EnforceVerdict.Ready, Judge("testing", [.. Days(20, "Google", "Microsoft"), new(Today.AddDays(-40), "Comcast", 0, 3)]).Verdict);
    }

    [Theory]
    [InlineData("enforce", EnforceVerdict.Enforced)]
    [InlineData("none", EnforceVerdict.NoPolicy)]
    [InlineData("nonsense", EnforceVerdict.NoPolicy)]
    public void Other_modes_are_told_as_they_are(string mode, EnforceVerdict expected) => Assert.Equal(expected, Judge(mode, Days(20, "Google", "Microsoft")).Verdict);

    [Fact]
    public void Without_a_look_nothing_is_known() => Assert.Equal(EnforceVerdict.Unknown, EnforceReadiness.Of(null, Days(20, "Google", "Microsoft"), [], Today).Verdict);

    private static EnforceReadiness Judge(string mode, ImmutableArray<ReportedDay> days, params string[] open) => EnforceReadiness.Of(
        new ObservedPeriod(ObservedKind.Policy, "mta-sts.example.test", $"version: STSv1\nmode: {mode}\nmx: mx.example.test\nmax_age: 604800", default, default), days, [.. open], Today);

    private static ImmutableArray<ReportedDay> Days(int count, params string[] reporters) =>
        [.. Enumerable.Range(1, count).SelectMany(ago => reporters.Select(reporter => new ReportedDay(Today.AddDays(-ago), reporter, 10, 0)))];
}
