using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;
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
        FaultFamily.PolicyNotObtained => incident.HadCachedPolicy ? CachedPolicyInForce(incident) : NoPolicyInForce(incident),
        FaultFamily.Tlsa when incident.NoTlsaRecordUsable => NothingToMatch,
        FaultFamily.Tlsa or FaultFamily.Dnssec or FaultFamily.DaneRequired => DaneHeldBack(incident),
        FaultFamily.DaneVanished => new(Severity.Warning, "No mail is held back.", "Mail goes on, but without the protection of DANE."),
        FaultFamily.NoPolicyFound => new(Severity.Info, "No mail was held back.",
            "The mail was delivered. Nothing protected these sessions against an attacker on the way."),
        FaultFamily.ReporterSilent => new(Severity.Info, "Mail is not touched.", "Mail is not touched; only your view of it is."),
        _ => SessionsFailed(incident),
    };

    // RFC 8461 §3.3: without a valid cached policy a sender must go on as if there were no MTA-STS.
    private static Effect NoPolicyInForce(Incident incident)
    {
        string mode = incident.LastPolicy?.Mode == StsMode.Testing
            ? " Besides, your policy is in mode testing, which never holds mail back (RFC 8461 §5)."
            : "";
        return new(Severity.Warning, "No mail was lost or held back.",
            "None of this mail was lost or held back: a sender that holds no policy from before must deliver as if there were no MTA-STS "
            + $"(RFC 8461 §3.3). These sessions only lacked its protection.{mode}");
    }

    private static Effect CachedPolicyInForce(Incident incident)
    {
        string life = incident.Failing.LastOrDefault(policy => policy.Policy is not null)?.Policy is { } policy
            ? $"{Phrase.Duration(policy.MaxAge)} (its max_age)"
            : "its max_age";
        string others = incident.Failing.All(policy => policy.HasPolicyString)
            ? ""
            : " Senders that held no policy delivered as if there were no MTA-STS, and lacked protection already.";
        return new(Severity.Warning, "Mail goes on under a cached policy, for a while.",
            $"Mail went on under the cached policy (RFC 8461 §3.3). That policy ends {life} after the last good fetch; from then on "
            + $"sessions lack protection.{others}");
    }

    // RFC 7672 §2.2: where all TLSA records are unusable, TLS is mandatory and authentication is not.
    private static Effect NothingToMatch { get; } = new(Severity.Warning, "Mail goes on, over TLS but without the protection of DANE.",
        "A sender that finds TLSA records and can use none delivers over TLS without authenticating the MX host (RFC 7672 §2.2). "
        + "These sessions only lacked the protection of DANE.");

    // RFC 7672 §2.2: a host that cannot be authenticated gets no mail; the sender tries again later.
    private static Effect DaneHeldBack(Incident incident)
    {
        IEnumerable<Reporter> applyDane = incident.Failing
            .Where(policy => policy.Type == PolicyType.Tlsa)
            .Select(policy => policy.Reporter)
            .DefaultIfEmpty(incident.FailingReporters[0])
            .Distinct();
        return new(Severity.Error, "Mail was held back.",
            "A sender that applies DANE does not deliver to such a host: it tries another MX host, or holds the mail back, tries again "
            + "later, and returns it to its author after a day or more (RFC 7672 §2.2). Mail from "
            + $"{Phrase.Names(applyDane)} was delayed in these sessions.");
    }

    private static Effect SessionsFailed(Incident incident)
    {
        // RFC 8461 §2: a sender that applies both does not deliver where DANE fails, whatever MTA-STS says.
        if (incident.Failing.Any(policy => policy.Type == PolicyType.Tlsa))
            return DaneHeldBack(incident);
        if (incident.Failing.All(policy => policy.Type == PolicyType.NoPolicyFound))
        {
            return new(Severity.Warning, "The mail was delivered, perhaps in clear text.",
                "These senders applied no policy. Without one a sender delivers all the same, in clear text if need be.");
        }

        return (incident.Failing.LastOrDefault(policy => policy.Policy is not null)?.Policy ?? incident.LastPolicy)?.Mode switch
        {
            // RFC 8461 §5
            StsMode.Enforce => new(Severity.Error, "Mail was held back.",
                "Your policy is in mode enforce: senders did not deliver in these sessions. They try another MX host, or hold the mail back, "
                + "try again later, and return it to its author after a day or more (RFC 8461 §5)."),
            StsMode.Testing => new(Severity.Warning, "The mail was delivered all the same; in mode enforce it would not be.",
                "Your policy is in mode testing: the mail was delivered all the same. In mode enforce it would have been held back (RFC 8461 §5)."),
            StsMode.None => new(Severity.Info, "The mail was delivered.", "Your policy is in mode none: the mail was delivered (RFC 8461 §5)."),
            _ => new(Severity.Warning, "Whether mail was held back depends on the mode of your policy.",
                "The reports do not show the mode of your policy. In mode enforce the mail was held back, in mode testing it was delivered "
                + "(RFC 8461 §5)."),
        };
    }
}
