using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Wording;
using Waxseal.Protocol.MtaSts;

namespace Waxseal.Protocol.Diagnosis.Weighing.Changes;

/// <summary>What changed before a fault, or did not, for the causes that need a change.</summary>
internal static class ChangeWeights
{
    private const double Fits = 2.5;
    private const double NoChange = -3.0;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestHeld = TimeSpan.FromDays(60);

    // A sender waits five minutes or longer after a failed fetch (RFC 8461 §3.3), and resolvers stretch short TTLs.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan UsualDenial = TimeSpan.FromHours(1);

    /// <summary>The weight of what changed for a cause, or null when it tells nothing about it.</summary>
    public static Weight? Of(Past past, Incident incident, Cause cause) => cause.Id switch
    {
        "C01" => Denied(past, ObservedKind.Addresses, past.PolicyHost, $"an address of {past.PolicyHost}"),
        "C03" => Denied(past, ObservedKind.StsRecord, past.StsName, "the TXT record"),
        "C02" => RecordFirst(past),
        "C06" => NotIssued(past),
        "C10" => Moved(past),
        "C15" => TakenAway(past, ObservedKind.Addresses, past.PolicyHost, $"the address of {past.PolicyHost}"),
        "A14" => TakenAway(past, ObservedKind.StsRecord, past.StsName, "the TXT record"),
        "A12" => PolicyAlone(past, Held(incident)),
        "I01" or "C11" => IdFirst(past, Held(incident)),
        "C09" or "J05" => HeldPolicyWeights.Of(past, incident, past.From - Held(incident)),
        "F02" => CertificateDates.Of(past, [past.PolicyHost]),
        "K06" => CertificateDates.Of(past, MxHosts(past, incident)),
        "L01" => TlsaWeights.KeyAlone(past, MxHosts(past, incident)),
        "L16" => TlsaWeights.KeyFirst(past, MxHosts(past, incident)),
        "L15" => Unsigned(past),
        _ => null,
    };

    // RFC 2308 §5: who asked before a name was there keeps that it is not for the negative TTL of the zone.
    private static Weight? Denied(Past past, ObservedKind kind, string subject, string what)
    {
        TimeSpan held = DenialOf(past, subject) + Tolerance;
        if (past.Changes(kind, past.From - held, name => name == subject).FirstOrDefault(change => change.Before.Value is null) is { } appeared)
            return new(IsFirst(past, appeared) ? Fits : 1.0, $"{what} was missing {Phrase.Time(appeared.After)} and there {Phrase.Time(appeared.By)}; that it was missing may be held for {Phrase.Duration(held - Tolerance)}");
        return past.Steady(kind, subject, past.From - held) is { Value: not null } steady
            ? new(FactsWeights.CannotBe, $"looks showed {what} from {Phrase.Time(steady.FirstSeen)} on, longer than a denial is held")
            : null;
    }

    private static TimeSpan DenialOf(Past past, string name) =>
        past.Subjects(ObservedKind.NegativeTtl).Where(zone => name == zone || name.EndsWith($".{zone}", StringComparison.Ordinal)).MaxBy(zone => zone.Length) is { } zone
        && long.TryParse(past.Periods(ObservedKind.NegativeTtl, zone).Last().Value, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            ? TimeSpan.FromSeconds(Math.Min(seconds, Day.TotalSeconds))
            : UsualDenial;

    // RFC 8461 §8.1: first the policy, then the record.
    private static Weight? RecordFirst(Past past)
    {
        if (past.Changes(ObservedKind.Policy, past.From, name => name == past.PolicyHost).Concat(past.Changes(ObservedKind.Addresses, past.From, name => name == past.PolicyHost))
            .FirstOrDefault(change => IsFirst(past, change)) is { } served
            && past.Periods(ObservedKind.StsRecord, past.StsName).FirstOrDefault(record => record.Value is not null && record.FirstSeen <= served.After && record.LastSeen >= served.After) is { } record)
        {
            return new(Fits, $"the TXT record was there {Phrase.Time(record.FirstSeen)}, and the policy host was not ready before {Phrase.Time(served.After)}");
        }

        return past.Steady(ObservedKind.Policy, past.PolicyHost, past.From) is { Value: not null } steady
            ? new(NoChange, $"the policy was served {Phrase.Time(steady.FirstSeen)} already")
            : null;
    }

    private static Weight? NotIssued(Past past)
    {
        ImmutableArray<CertificatePeriod> own = [.. past.Certificates.Where(period => period.Certificate.Host == past.PolicyHost).OrderBy(period => period.FirstSeen)];
        if (own.IsEmpty)
            return null;
        if (own[0].FirstSeen <= past.From)
            return new(NoChange, $"{past.PolicyHost} had a certificate {Phrase.Time(own[0].FirstSeen)} already");
        return own[0].Certificate.NotBefore > past.From && own[0].Certificate.NotBefore < past.Until
            ? new(1.5, $"the first certificate that was seen of {past.PolicyHost} is valid from {Phrase.Time(own[0].Certificate.NotBefore)}")
            : null;
    }

    private static Weight? Moved(Past past)
    {
        if (past.Changes(ObservedKind.Addresses, past.From - Day, name => name == past.PolicyHost).FirstOrDefault(change => change.Before.Value is not null && change.Then.Value is not null) is { } moved)
            return new(2.0, $"the addresses of {past.PolicyHost} changed between {Phrase.Time(moved.After)} and {Phrase.Time(moved.By)}");
        return past.Steady(ObservedKind.Addresses, past.PolicyHost, past.From - Day) is { } steady
            ? new(NoChange, $"the addresses of {past.PolicyHost} are the same since {Phrase.Time(steady.FirstSeen)}")
            : null;
    }

    private static Weight? TakenAway(Past past, ObservedKind kind, string subject, string what)
    {
        if (past.Changes(kind, past.From - LongestHeld, name => name == subject).LastOrDefault(change => change.Then.Value is null) is { } gone)
        {
            return past.Periods(kind, subject).FirstOrDefault(period => period.FirstSeen > gone.By) is { } back
                ? new(-1.0, $"{what} was missing from {Phrase.Time(gone.By)} on and back {Phrase.Time(back.FirstSeen)}, so it was not taken away on purpose")
                : new(Fits, $"{what} was taken away between {Phrase.Time(gone.After)} and {Phrase.Time(gone.By)}");
        }

        return past.Steady(kind, subject, past.From) is { Value: not null } steady ? new(FactsWeights.CannotBe, $"{what} was there from {Phrase.Time(steady.FirstSeen)} on") : null;
    }

    // RFC 8461 §3.1: a new policy has a new id.
    private static Weight? PolicyAlone(Past past, TimeSpan held)
    {
        if (past.Changes(ObservedKind.Policy, past.From - held, name => name == past.PolicyHost).LastOrDefault(IsOther) is not { } change)
            return past.Steady(ObservedKind.Policy, past.PolicyHost, past.From - held) is { } steady ? new(NoChange, $"the policy is the same since {Phrase.Time(steady.FirstSeen)}") : null;
        return past.Changes(ObservedKind.StsRecord, change.After - Day).Any()
            ? new(-2.0, "the TXT record changed with the policy")
            : past.Periods(ObservedKind.StsRecord, past.StsName).Any(record => record.FirstSeen <= change.After && record.LastSeen >= change.By)
                ? new(Fits, $"the policy changed between {Phrase.Time(change.After)} and {Phrase.Time(change.By)}, and the TXT record did not")
                : null;
    }

    private static Weight? IdFirst(Past past, TimeSpan held)
    {
        if (past.Changes(ObservedKind.StsRecord, past.From - held).LastOrDefault(IsOther) is not { } id)
            return past.Steady(ObservedKind.StsRecord, past.StsName, past.From - held) is { } steady ? new(NoChange, $"the TXT record is the same since {Phrase.Time(steady.FirstSeen)}") : null;
        return past.Changes(ObservedKind.Policy, id.After).FirstOrDefault(change => IsOther(change) && change.After >= id.By) is { } later
            ? new(Fits, $"the new TXT record was there {Phrase.Time(id.By)}, and the policy was still the old one {Phrase.Time(later.After)}")
            : null;
    }

    private static Weight? Unsigned(Past past)
    {
        if (past.Changes(ObservedKind.Signing, past.From - LongestHeld).LastOrDefault(change => change.Then.Value == ObservedText.NotSigned) is { } removed)
            return new(Fits, $"the DS record of {removed.Subject} was removed between {Phrase.Time(removed.After)} and {Phrase.Time(removed.By)}");
        string[] zones = [.. past.Subjects(ObservedKind.Signing)];
        return zones.Length > 0 && zones.All(zone => past.Steady(ObservedKind.Signing, zone, past.From) is not null)
            ? new(NoChange, "no DS record was removed before the failing day")
            : null;
    }

    // What comes back was there before; what appears was not.
    private static bool IsFirst(Past past, ObservedChange change) =>
        change.Before.Value is null && !past.Periods(change.Kind, change.Subject).Any(period => period.Value is not null && period.FirstSeen < change.By);

    internal static bool IsOther(ObservedChange change) => change.Before.Value is not null && change.Then.Value is not null;

    internal static StsPolicy? PolicyIn(ObservedPeriod period) => period.Value is null ? null : StsPolicyReader.Read(Encoding.UTF8.GetBytes(period.Value)).Value;

    // RFC 8461 §3.2: a policy is held for its max_age.
    private static TimeSpan Held(Incident incident) => incident.LastPolicy is { } policy && policy.MaxAge < LongestHeld ? policy.MaxAge : incident.LastPolicy is null ? TimeSpan.FromDays(7) : LongestHeld;

    private static ImmutableArray<string> MxHosts(Past past, Incident incident) =>
    [
        .. past.Subjects(ObservedKind.Certificates).Where(host => host != past.PolicyHost && (incident.MxHosts.IsEmpty || incident.MxHosts.Contains(host, StringComparer.OrdinalIgnoreCase))),
    ];
}
