using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Weighing;

/// <summary>The decision table for sessions without a policy, at a policy domain that has one.</summary>
internal static class NoPolicyTable
{
    // Mixed this long, it is no roll-out any more.
    private const int DaysOfRollOut = 7;

    public static ImmutableArray<DecisionRow> Rows { get; } =
    [
        Row("no-policy-mixed", "the reporter finds a policy on some days and none on others, for more than a week",
            i => SpanOfMixedDays(i) > DaysOfRollOut,
            [("A10", .45), ("B03", .3), ("A15", .1)]),
        Row("no-policy-at-first", "the reporter found no policy at first, and finds it since",
            i => All(i, policy => policy.Days.First >= i.LastDay) && !Any(i, policy => policy.Days.Last < i.FirstDay),
            [("C16", .4), ("N09", .35), ("C03", .15)]),
        Row("no-policy-any-more", "the reporter found a policy before, and finds none since",
            i => All(i, policy => policy.Days.Last <= i.FirstDay) && !Any(i, policy => policy.Days.First > i.LastDay),
            [("A01", .4), ("A04", .15), ("A02", .1), ("A10", .1), ("A09", .1)]),
        Row("no-policy-one-reporter", "the reporter has never found the policy that others find",
            i => !Any(i, _ => true),
            [("N09", .35), ("A05", .2), ("A10", .1), ("A04", .1)]),
        Row("no-policy-now-and-then", "some sessions find the policy and others do not, in no order",
            _ => true,
            [("A10", .25), ("N09", .2), ("A15", .15), ("B03", .1)]),
    ];

    private static DecisionRow Row(
        string id, string pattern, Func<Incident, bool> fits, ImmutableArray<(string CauseId, double Share)> starts) =>
        new(id, pattern, incident => incident.Family == FaultFamily.NoPolicyFound && fits(incident), starts);

    private static IEnumerable<ReportedPolicy> Under(Incident incident, Reporters.Reporter reporter) =>
        incident.AllOf(reporter).Where(policy => policy.Type == PolicyType.Sts);

    // Whether each reporter, or any of them, said such a thing under a policy.
    private static bool All(Incident incident, Func<ReportedPolicy, bool> isSuch) =>
        incident.FailingReporters.All(reporter => Under(incident, reporter).Any(isSuch));

    private static bool Any(Incident incident, Func<ReportedPolicy, bool> isSuch) =>
        incident.FailingReporters.Any(reporter => Under(incident, reporter).Any(isSuch));

    // Days between the first and the last session without a policy, where one was found in between.
    private static int SpanOfMixedDays(Incident incident) =>
        incident.FailingReporters
            .Where(reporter => Under(incident, reporter).Any(policy =>
                policy.Days.First > incident.FirstDay && policy.Days.Last < incident.LastDay))
            .Select(_ => incident.LastDay.DayNumber - incident.FirstDay.DayNumber)
            .DefaultIfEmpty(0)
            .Max();
}
