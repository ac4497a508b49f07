using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Diagnosis.Wording;

namespace Waxseal.Protocol.Diagnosis.Weighing.Changes;

/// <summary>Whether senders held an older policy: the policies of the reports against those that were served, and what became of the MX hosts.</summary>
internal static class HeldPolicyWeights
{
    public static Weight? Of(Past past, Incident incident, DateTimeOffset since)
    {
        if (OfReports(past, incident) is { } told)
            return told;
        if (past.Changes(ObservedKind.Mx, since).LastOrDefault() is { } moved)
            return new(2.0, $"the MX records changed between {Phrase.Time(moved.After)} and {Phrase.Time(moved.By)}");
        if (past.Changes(ObservedKind.Policy, since).LastOrDefault(change => ChangeWeights.IsOther(change)) is { } changed)
            return new(1.5, $"the policy changed between {Phrase.Time(changed.After)} and {Phrase.Time(changed.By)}");
        return past.Steady(ObservedKind.Policy, past.PolicyHost, since) is { } policy && past.Steady(ObservedKind.Mx, incident.PolicyDomain, since) is { } mx
            ? new(-3.0, $"policy and MX records are the same since {Phrase.Time(policy.FirstSeen > mx.FirstSeen ? policy.FirstSeen : mx.FirstSeen)}")
            : null;
    }

    // The policy-string of a report is the policy that was applied, by whatever it was kept (RFC 8460 §4.4).
    private static Weight? OfReports(Past past, Incident incident)
    {
        foreach (ReportedPolicy failing in incident.Failing.Where(failing => failing.Policy is not null))
        {
            ObservedPeriod[] served = [.. past.Periods(ObservedKind.Policy, past.PolicyHost).Where(period => period.FirstSeen < past.Until)];
            if (served.LastOrDefault(period => failing.Policy!.Equals(ChangeWeights.PolicyIn(period))) is not { } same)
                continue;
            return same.LastSeen < past.From && same != served[^1]
                ? new(2.5, $"the policy in {failing.Reporter.Name}'s report was served to {Phrase.Time(same.LastSeen)}, and another one since")
                : same.FirstSeen <= past.From && same == served[^1]
                    ? new(-2.5, $"the policy in {failing.Reporter.Name}'s report is the one that was served")
                    : null;
        }

        return null;
    }
}
