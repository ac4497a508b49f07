using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>The mode that the policy had in failing sessions (reading rule RR14); it may change from day to day.</summary>
/// <param name="Mode">The mode; null where no report shows one.</param>
/// <param name="Failing">What reporters said of the sessions under this mode, in the order of days.</param>
internal sealed record PolicyModes(StsMode? Mode, ImmutableArray<ReportedPolicy> Failing)
{
    public ReportedDays Days => new(Failing[0].Days.First, Failing.Max(policy => policy.Days.Last));

    /// <summary>The modes in the order of the days on which they show first.</summary>
    public static ImmutableArray<PolicyModes> Of(Incident incident)
    {
        ImmutableArray<ReportedPolicy> shown = [.. incident.All.Where(policy => policy.Policy is not null)];
        var modes = new List<(StsMode? Mode, ReportedPolicy Failing)>();
        int next = 0;
        foreach (ReportedPolicy failing in incident.Failing.Where(policy => policy.Type != PolicyType.NoPolicyFound))
        {
            // Where a report shows no policy, the last one that any report shows up to its day stands for it, or else the first.
            while (next < shown.Length && shown[next].Days.First <= failing.Days.Last)
                next++;
            StsPolicy? policy = failing.Policy ?? (shown.IsEmpty ? null : shown[Math.Max(0, next - 1)].Policy);
            modes.Add((policy?.Mode, failing));
        }

        return
        [
            .. modes.GroupBy(failing => failing.Mode, failing => failing.Failing)
                .Select(same => new PolicyModes(same.Key, [.. same]))
                .OrderBy(mode => mode.Days.First).ThenBy(mode => mode.Days.Last),
        ];
    }

    /// <summary>The newest mode that reports show, and the first day from which on they show no other; null without one.</summary>
    public static (StsMode Mode, DateOnly Since)? Newest(Incident incident)
    {
        ImmutableArray<ReportedPolicy> shown = [.. incident.All.Where(policy => policy.Policy is not null)];
        if (shown.IsEmpty)
            return null;

        int first = shown.Length - 1;
        while (first > 0 && shown[first - 1].Policy!.Mode == shown[^1].Policy!.Mode)
            first--;
        return (shown[^1].Policy!.Mode, shown[first].Days.First);
    }
}
