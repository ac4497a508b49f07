using System.Collections.Immutable;
using System.Diagnostics;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Dane;

/// <summary>What a sending MTA has to do with one MX host, by DNS alone (RFC 7672 §2.2).</summary>
public abstract record DaneOutcome
{
    private DaneOutcome() { }

    /// <summary>TLS, and a chain that matches one of the records; otherwise the next MX host, or a delay.</summary>
    /// <param name="Usable">The records to match, at least one.</param>
    public sealed record Authenticate(ImmutableArray<TlsaRecord> Usable) : DaneOutcome;

    /// <summary>
    /// TLS with any certificate, because no record is usable; otherwise the next MX host, or a delay.
    /// </summary>
    public sealed record Encrypt : DaneOutcome;

    /// <summary>
    /// DANE does not apply: TLS if it can be had, in clear text if not. An MTA-STS policy may demand more.
    /// </summary>
    public sealed record Opportunistic : DaneOutcome;

    /// <summary>The MX host counts as unreachable and is not connected to: the next MX host, or a delay.</summary>
    /// <param name="Reason">What stands in the way.</param>
    public sealed record SkipHost(DaneObstacle Reason) : DaneOutcome;

    /// <summary>The message waits; no MX host is tried.</summary>
    /// <param name="Reason">What stands in the way.</param>
    public sealed record Defer(DaneObstacle Reason) : DaneOutcome;

    /// <summary>The domain takes no mail; the message is returned with 556 5.1.10.</summary>
    public sealed record Reject : DaneOutcome;

    /// <summary>What to do with an MX host after its look-ups.</summary>
    /// <param name="facts">What the look-ups found.</param>
    /// <param name="digests">The digests the administrator accepts, strongest first.</param>
    public static DaneOutcome Of(DaneFacts facts, DigestOrder digests) => facts.Mx switch
    {
        // RFC 7505 §4.1: no address is looked up and nothing is tried again.
        MxFinding.NullMx => new Reject(),

        // RFC 7672 §2.1.2: without MX nobody knows which hosts to try.
        MxFinding.Failed => new Defer(DaneObstacle.LookupFailed),

        // RFC 7672 §2.2.1: an insecure MX delays the message where DANE is mandatory.
        MxFinding.Insecure when facts.IsMandatory => new Defer(DaneObstacle.InsecureMx),

        // RFC 7672 §2.2: DANE does not apply to addresses.
        MxFinding.AddressLiteral or MxFinding.AddressInMx => WithoutDane(facts),
        _ => OfAddress(facts, digests),
    };

    /// <summary>
    /// The result type to report when DNS alone settles the matter, or null when there is nothing to report.
    /// </summary>
    // RFC 8460 §4.3.2.1
    public ResultType? ToResultType() => this switch
    {
        Authenticate or Opportunistic or Reject => null,

        // RFC 8460 §4.2.1: a session that keeps its policy succeeds, and RFC 7672 §2.2 asks no more of it here than
        // TLS. So unusable records fail it only where DANE is mandatory. Postfix reports tlsa-invalid, with the reason
        // all-TLSA-records-unusable, in either case.
        Encrypt => null,
        SkipHost { Reason: var reason } => ToResultType(reason),
        Defer { Reason: var reason } => ToResultType(reason),
        _ => throw new UnreachableException(),
    };

    private static ResultType? ToResultType(DaneObstacle reason) => reason switch
    {
        DaneObstacle.LookupFailed => ResultType.DnssecInvalid,
        DaneObstacle.NoAddress => null,
        DaneObstacle.NoUsableRecord => ResultType.TlsaInvalid,
        DaneObstacle.InsecureMx or DaneObstacle.NoSecureRecord => ResultType.DaneRequired,
        _ => throw new UnreachableException(),
    };

    private static DaneOutcome OfAddress(DaneFacts facts, DigestOrder digests) => facts.Address switch
    {
        // RFC 7672 §2.2.2: without an address the host is unreachable.
        DnsFinding.Absent => new SkipHost(DaneObstacle.NoAddress),

        // RFC 7672 §2.1.2: a failed look-up costs this host only. To have skipped a look-up is no better.
        DnsFinding.Failed or DnsFinding.NotAsked => new SkipHost(DaneObstacle.LookupFailed),
        _ => OfTlsa(facts, digests),
    };

    private static DaneOutcome OfTlsa(DaneFacts facts, DigestOrder digests) => facts.Tlsa switch
    {
        // RFC 7672 §2.1.2: a failed look-up must never lead to weaker delivery.
        DnsFinding.Failed => new SkipHost(DaneObstacle.LookupFailed),
        DnsFinding.Secure => OfRecords(facts, digests),

        // RFC 7672 §2.2: insecure records count as none.
        _ => WithoutDane(facts),
    };

    private static DaneOutcome OfRecords(DaneFacts facts, DigestOrder digests)
    {
        ImmutableArray<TlsaRecord> usable = digests.Select(facts.Records);

        // RFC 7672 §2.2: one usable record demands authentication.
        if (!usable.IsEmpty)
            return new Authenticate(usable);

        // RFC 7672 §2.2, against RFC 6698 §4.1: records that are all unusable still demand TLS.
        // RFC 7672 §6: where DANE is mandatory, TLS alone is not enough.
        return facts.IsMandatory ? new SkipHost(DaneObstacle.NoUsableRecord) : new Encrypt();
    }

    // RFC 7672 §6: where DANE is mandatory, mail only goes over authenticated TLS.
    private static DaneOutcome WithoutDane(DaneFacts facts) =>
        facts.IsMandatory ? new SkipHost(DaneObstacle.NoSecureRecord) : new Opportunistic();
}

/// <summary>What stands in the way of an MX host.</summary>
public enum DaneObstacle
{
    /// <summary>DNS gave no proper answer.</summary>
    LookupFailed,

    /// <summary>The MX host has no address.</summary>
    NoAddress,

    /// <summary>DANE is mandatory, and the MX records are insecure.</summary>
    InsecureMx,

    /// <summary>DANE is mandatory, and the MX host has no TLSA records that DNSSEC proves.</summary>
    NoSecureRecord,

    /// <summary>DANE is mandatory, and none of the TLSA records is usable.</summary>
    NoUsableRecord,
}
