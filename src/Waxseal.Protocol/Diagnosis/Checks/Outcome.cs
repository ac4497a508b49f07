using Waxseal.Protocol.MtaSts;

namespace Waxseal.Protocol.Diagnosis.Checks;

/// <summary>What a detection does to mail, in words.</summary>
/// <param name="Severity">How much that matters.</param>
/// <param name="InShort">What it does, in one sentence.</param>
/// <param name="Text">What it does and why, in sentences.</param>
internal sealed record Outcome(Severity Severity, string InShort, string Text)
{
    // RFC 8461 §3.3: without a policy in the cache, a sender delivers as if there were no MTA-STS.
    private const string WithoutPolicy = "A sender that holds no policy from before delivers as if there were no MTA-STS, so nothing is held "
        + "back and nothing is protected; one that holds a policy goes on under it until its max_age ends (RFC 8461 §3.3).";

    public static Outcome Of(Consequence consequence, StsMode? mode) => consequence switch
    {
        Consequence.Nothing => new(Severity.Info, "Mail is not touched.", "Mail is not touched."),
        Consequence.Fragile => new(Severity.Warning, "Mail is not touched yet.", "Mail is not touched yet; the next small fault, or the passing of time, will show."),
        Consequence.NoReports => new(Severity.Warning, "Mail is not touched; reports are lost.",
            "Mail is not touched. Reports about failing TLS do not reach you, so a fault would go unseen."),
        Consequence.SomeUnprotected => new(Severity.Warning, "Some senders cannot get the policy.", $"Not every sender can get the policy. {WithoutPolicy}"),
        Consequence.AllUnprotected => new(Severity.Warning, "No sender can get the policy.", $"No sender can get the policy. {WithoutPolicy}"),
        Consequence.SomeHeldBack => new(Severity.Warning, "Some senders may hold mail back.",
            "Some senders may fail to set TLS up with the MX host; those that demand TLS then hold the mail back and try again."),
        Consequence.AgainstPolicy => AgainstPolicy(mode),
        Consequence.WithoutDane => new(Severity.Warning, "Mail goes on, without the protection of DANE.",
            "Senders that apply DANE do not use it here, or not in full; mail goes on without its protection."),
        Consequence.HeldBackByDane => new(Severity.Error, "Senders that apply DANE hold mail back.",
            "A sender that applies DANE does not deliver to such a host: it tries another MX host, or holds the mail back, tries again later, and "
            + "returns it to its author after a day or more (RFC 7672 §2.2). Among them are Microsoft and many Postfix servers."),
        Consequence.HeldBackByDnssec => new(Severity.Error, "Senders whose resolvers validate hold mail back.",
            "To a resolver that validates, bogus data are no data (RFC 4035 §5.5): senders behind one do not find the MX hosts and hold the mail back."),
        _ => new(Severity.Error, "Mail does not arrive.", "Senders cannot deliver; they try again for a day or more and then return the mail."),
    };

    // RFC 8461 §5
    private static Outcome AgainstPolicy(StsMode? mode) => mode switch
    {
        StsMode.Enforce => new(Severity.Error, "Senders that apply MTA-STS hold mail back.",
            "The policy is in mode enforce: a sender that applies MTA-STS does not deliver in such a session. It tries another MX host, or holds the "
            + "mail back and returns it after a day or more (RFC 8461 §5)."),
        StsMode.Testing => new(Severity.Warning, "Mail is delivered all the same; in mode enforce it would not be.",
            "The policy is in mode testing: mail is delivered all the same and the failure reported. In mode enforce it would be held back (RFC 8461 §5)."),
        _ => new(Severity.Warning, "Mail is delivered without authenticated TLS.",
            "No policy demands more, so mail is delivered all the same, with TLS that proves nothing or with none at all."),
    };
}
