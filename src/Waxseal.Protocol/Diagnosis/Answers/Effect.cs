using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Diagnosis.Wording;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>What a fault did to mail (reading rules RR4 and RR14).</summary>
/// <param name="Severity">How much that matters.</param>
/// <param name="InShort">What it did, in one sentence.</param>
/// <param name="Text">What it did and why, in sentences.</param>
internal sealed record Effect(Severity Severity, string InShort, string Text)
{
    public static Effect Of(Incident incident) => incident.Family switch
    {
        FaultFamily.PolicyNotObtained => FetchFailed(incident),
        FaultFamily.Tlsa when incident.NoTlsaRecordUsable => NothingToMatch,
        FaultFamily.Tlsa or FaultFamily.Dnssec or FaultFamily.DaneRequired => DaneFailed(incident),
        FaultFamily.DaneVanished => new(Severity.Warning, "No mail is held back.", "Mail goes on, but without the protection of DANE."),
        FaultFamily.NoPolicyFound => new(Severity.Info, "No mail was held back.",
            "The mail was delivered. Nothing protected these sessions against an attacker on the way."),
        FaultFamily.ReporterSilent => new(Severity.Info, "Mail is not touched.", "Mail is not touched; only your view of it is."),
        _ => SessionsFailed(incident),
    };

    // RFC 8461 §3.3: a failed fetch holds no mail back, with or without a valid cached policy.
    private static Effect FetchFailed(Incident incident)
    {
        if (incident.HadCachedPolicy)
            return CachedPolicyInForce(incident);

        string mode = incident.LastPolicy?.Mode == StsMode.Testing && PolicyModes.Of(incident) is [{ Mode: StsMode.Testing }]
            ? " Besides, your policy is in mode testing, which never holds mail back (RFC 8461 §5)."
            : "";
        return incident.FailingReporters.All(reporter => incident.HeldPolicyOf(reporter).WasNone)
            ? new(Severity.Warning, "No mail was lost or held back.",
                "None of this mail was lost or held back: a sender that holds no policy from before must deliver as if there were no MTA-STS "
                + $"(RFC 8461 §3.3). These sessions only lacked its protection.{mode}")
            : new(Severity.Warning, "The failed fetch held no mail back.",
                "A failed fetch holds no mail back: a sender that still holds a policy goes on under that one, and a sender that holds none "
                + $"delivers as if there were no MTA-STS (RFC 8461 §3.3). The latter sessions lacked its protection.{mode}");
    }

    private static Effect CachedPolicyInForce(Incident incident)
    {
        string others = incident.FailingReporters.Any(reporter => incident.HeldPolicyOf(reporter).DaysWithout > 0)
            ? " Senders that held no policy delivered as if there were no MTA-STS, and lacked protection already."
            : "";
        if (incident.FailingReportersRecovered)
        {
            return new(Severity.Warning, "Mail went on under a cached policy.",
                $"Mail went on under the cached policy (RFC 8461 §3.3).{others}");
        }

        string life = incident.Failing.LastOrDefault(policy => policy.Policy is not null)?.Policy is { } policy
            ? $"{Phrase.Duration(policy.MaxAge)} (its max_age)"
            : "its max_age";
        return new(Severity.Warning, "Mail goes on under a cached policy, for a while.",
            $"Mail went on under the cached policy (RFC 8461 §3.3). That policy ends {life} after the last good fetch; from then on "
            + $"sessions lack protection.{others}");
    }

    // RFC 7672 §2.2: where all TLSA records are unusable, TLS is mandatory and authentication is not.
    private static Effect NothingToMatch { get; } = new(Severity.Warning, "Mail goes on, over TLS but without the protection of DANE.",
        "A sender that finds TLSA records and can use none delivers over TLS without authenticating the MX host (RFC 7672 §2.2). "
        + "These sessions only lacked the protection of DANE.");

    // RFC 7672 §2.2: a host that cannot be authenticated gets no mail; the sender tries again later. Reports do not tell
    // whether another MX host took the mail.
    private static Effect DaneFailed(Incident incident)
    {
        IEnumerable<Reporter> applyDane = incident.Failing
            .Where(policy => policy.Type == PolicyType.Tlsa)
            .Select(policy => policy.Reporter)
            .DefaultIfEmpty(incident.FailingReporters[0])
            .Distinct();
        return new(Severity.Error, "Mail may have been delayed.",
            "A sender that applies DANE does not deliver to such a host: it tries another MX host, or holds the mail back, tries again "
            + "later, and returns it to its author after a day or more (RFC 7672 §2.2). Mail from "
            + $"{Phrase.Names(applyDane)} may have been delayed so; whether another MX host took it the reports do not tell.");
    }

    private static Effect SessionsFailed(Incident incident)
    {
        // RFC 8461 §2: a sender that applies both does not deliver where DANE fails, whatever MTA-STS says.
        if (incident.Failing.Any(policy => policy.Type == PolicyType.Tlsa))
            return DaneFailed(incident);

        return PolicyModes.Of(incident) switch
        {
            [] => new(Severity.Warning, "The mail was delivered, perhaps in clear text.",
                "These senders applied no policy. Without one a sender delivers all the same, in clear text if need be."),
            [var one] => InOneMode(incident, one),
            var several => InSeveralModes(incident, several),
        };
    }

    private static Effect InOneMode(Incident incident, PolicyModes failing)
    {
        // What reports show since is not what the policy was in these sessions.
        (StsMode Mode, DateOnly Since)? changed = PolicyModes.Newest(incident) is { } newest && newest.Mode != failing.Mode ? newest : null;
        string policy = failing.Mode is not { } mode ? ""
            : changed is null ? $"Your policy is in mode {mode.ToWord()}"
            : $"Your policy was in mode {mode.ToWord()} then";
        string since = changed is { } other ? $" Reports show mode {other.Mode.ToWord()} from {Phrase.Day(other.Since)} on." : "";
        return failing.Mode switch
        {
            // RFC 8461 §5
            StsMode.Enforce => Enforced(incident, failing, $"{policy}:", since),
            StsMode.Testing => new(Severity.Warning, "The mail was delivered all the same; in mode enforce it would not be.",
                $"{policy}: the mail was delivered all the same. In mode enforce it would not have been, in these sessions (RFC 8461 §5).{since}"),
            StsMode.None => new(Severity.Info, "The mail was delivered.", $"{policy}: the mail was delivered (RFC 8461 §5).{since}"),
            _ => new(Severity.Warning, "Whether mail was held back depends on the mode of your policy.",
                "The reports do not show the mode of your policy. In mode enforce senders did not deliver in these sessions, in mode testing "
                + "they did (RFC 8461 §5)."),
        };
    }

    private static Effect InSeveralModes(Incident incident, ImmutableArray<PolicyModes> modes)
    {
        ImmutableArray<PolicyModes> told = [.. modes.Where(mode => mode.Mode is not null)];
        string shown = Phrase.List([.. told.Select(mode => $"{mode.Mode!.Value.ToWord()} {Phrase.On(mode.Days)}")]);
        string change = told.Length == 2 && told[0].Days.Last < told[1].Days.First
            ? $"Your policy changed its mode: reports of the failing sessions show {shown}."
            : $"Reports of the failing sessions show your policy in mode {shown}.";
        Effect? enforced = modes.FirstOrDefault(mode => mode.Mode == StsMode.Enforce) is { } held
            ? Enforced(incident, held, "In mode enforce")
            : null;
        string delivered = $"In mode {Phrase.List([.. told.Where(mode => mode.Mode != StsMode.Enforce).Select(mode => mode.Mode!.Value.ToWord())])} "
            + "the mail was delivered all the same.";
        return enforced is null
            ? new(Severity.Warning, "The mail was delivered all the same; in mode enforce it would not be.", $"{change} {delivered}")
            : new(Severity.Error, enforced.InShort, $"{change} {delivered} {enforced.Text}");
    }

    // RFC 8461 §5: the sender tries another MX host, and holds the mail back where there is none that meets the policy.
    private static Effect Enforced(Incident incident, PolicyModes failing, string policy, string since = "")
    {
        ImmutableArray<Reporter> heldBack = [.. failing.Failing.Select(row => row.Reporter).Distinct()
            .Where(reporter => HadNoWay(incident, reporter, failing))];
        return heldBack.IsEmpty
            ? new(Severity.Error, "Mail may have been delayed.",
                $"{policy} senders did not deliver in these sessions. Mail may have been delayed by it: a sender tries another MX host, or holds "
                + "the mail back, tries again later, and returns it to its author after a day or more (RFC 8461 §5). Which of these "
                + $"happened the reports do not tell.{since}")
            : new(Severity.Error, "Mail was held back.",
                $"{policy} senders did not deliver in these sessions. Mail from {Phrase.Names(heldBack)} was held back: no session "
                + "succeeded on these days, and no MX host of the policy is left that did not fail. A sender tries again later, and returns "
                + $"the mail to its author after a day or more (RFC 8461 §5).{since}");
    }

    // No session of these days went well, under any policy, and every MX host that the policy allows failed.
    private static bool HadNoWay(Incident incident, Reporter reporter, PolicyModes failing)
    {
        ImmutableArray<ReportedPolicy> rows = [.. failing.Failing.Where(row => row.Reporter == reporter)];
        StsPolicy? policy = rows[^1].Policy ?? incident.LastPolicy;
        if (incident.Family == FaultFamily.MxNotInPolicy || policy is null || policy.MxPatterns.Any(pattern => pattern.IsWildcard))
            return false;

        var days = new DayIndex(rows.Select(row => row.Days));
        if (incident.AllOf(reporter).Any(row => row.Successful > 0 && days.Overlaps(row.Days)))
            return false;

        var failed = rows.SelectMany(incident.FaultsOfFamily).Select(fault => fault.MxHost).ToHashSet(StringComparer.Ordinal);
        return policy.MxPatterns.Length == 1 || policy.MxPatterns.All(pattern => failed.Contains(pattern.Name.Value));
    }
}
