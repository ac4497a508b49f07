using System.Collections.Immutable;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.MtaSts.Sending;

/// <summary>Whether a message may go to one MX host, and what to report (RFC 8461 §4, §5).</summary>
/// <param name="MayDeliver">
/// False: go on to the next MX host as if this one could not be reached; when none is left, delay the message. It is
/// not to be returned before DNS was asked for a newer policy (RFC 8461 §5).
/// </param>
/// <param name="Failures">How the session failed its policies: at most one failure for each policy type.</param>
public sealed record MxHostDecision(bool MayDeliver, ImmutableArray<MxFailure> Failures)
{
    /// <summary>Decides about an MX host that was reached, or need not be because a policy rules it out.</summary>
    /// <param name="policy">The MTA-STS policy in force now, or null.</param>
    /// <param name="mxHost">The name in the MX record, or the policy domain when it has none.</param>
    /// <param name="session">What came of setting up TLS, or null when no connection was made.</param>
    /// <param name="dane">What DANE says about the MX host.</param>
    public static MxHostDecision Of(StsPolicy? policy, DomainName mxHost, MxSession? session, DaneVerdict dane)
    {
        // RFC 8461 §5: mode none is as if there were no policy; §6: nothing is reported about it.
        MxFailure? sts = policy is null or { Mode: StsMode.None } ? null : StsFailureOf(policy, mxHost, session);
        MxFailure? tlsa = DaneFailureOf(dane, session);

        // RFC 8461 §2: MTA-STS must not override a failing DANE validation; only the opposite is left open.
        // Deviation: read literally, enforce refuses a host that DANE has authenticated. It gets the message, since
        // DANE needs no trust in a certificate authority; the failure is reported all the same.
        bool meetsPolicy = sts is null || policy is not { Mode: StsMode.Enforce } || dane is DaneVerdict.Authenticated;
        return new MxHostDecision(tlsa is null && meetsPolicy, [.. new[] { tlsa, sts }.OfType<MxFailure>()]);
    }

    private static MxFailure? DaneFailureOf(DaneVerdict dane, MxSession? session) => dane switch
    {
        DaneVerdict.Failed(var type, var reason) => new(PolicyType.Tlsa, type, reason),

        // RFC 7672 §2.2: unusable TLSA records still demand TLS, and authenticate nobody. With TLS the session keeps
        // the policy (RFC 8460 §4.2.1), so that there is no tlsa-invalid to report.
        DaneVerdict.EncryptOnly => TlsFailureOf(PolicyType.Tlsa, session),
        _ => null,
    };

    // RFC 8461 §4: the name must match a pattern, and STARTTLS must bring a valid certificate.
    private static MxFailure? StsFailureOf(StsPolicy policy, DomainName mxHost, MxSession? session)
    {
        // RFC 8460 §4.3.3: there is no result type for this, so the reason code tells it.
        if (!policy.Allows(mxHost))
            return StsFailure(ResultType.ValidationFailure, $"MX host {mxHost} is not in the policy");
        if (session is null)
            return null;
        return TlsFailureOf(PolicyType.Sts, session) ?? CertificateFailureOf(session.Certificate);
    }

    // RFC 8460 §4.3.1
    private static MxFailure? TlsFailureOf(PolicyType policy, MxSession? session) => session?.Tls switch
    {
        TlsOutcome.NotOffered => new(policy, ResultType.StartTlsNotSupported, null),
        TlsOutcome.Refused => new(policy, ResultType.StartTlsNotSupported, "STARTTLS was refused"),
        TlsOutcome.HandshakeFailed => new(policy, ResultType.ValidationFailure, "TLS handshake failed"),
        _ => null,
    };

    // RFC 8460 §4.3.1
    private static MxFailure? CertificateFailureOf(CertificateVerdict? certificate) => certificate switch
    {
        CertificateVerdict.Valid => null,
        CertificateVerdict.Expired => StsFailure(ResultType.CertificateExpired),
        CertificateVerdict.NotYetValid => StsFailure(ResultType.CertificateNotTrusted, "certificate is not valid yet"),
        CertificateVerdict.NameMismatch => StsFailure(ResultType.CertificateHostMismatch),
        CertificateVerdict.NotTrusted => StsFailure(ResultType.CertificateNotTrusted),
        CertificateVerdict.Revoked => StsFailure(ResultType.CertificateNotTrusted, "certificate was revoked"),
        _ => StsFailure(ResultType.ValidationFailure, "no certificate was seen"),
    };

    private static MxFailure StsFailure(ResultType type, string? reason = null) => new(PolicyType.Sts, type, reason);
}

/// <summary>How a session failed a policy.</summary>
/// <param name="Policy">Which policy: <see cref="PolicyType.Sts"/> or <see cref="PolicyType.Tlsa"/>.</param>
/// <param name="Type">The result type to report.</param>
/// <param name="Reason">The failure reason code to go with it, or null.</param>
public sealed record MxFailure(PolicyType Policy, ResultType Type, string? Reason);
