using System.Globalization;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Reporters;

/// <summary>
/// Turns a reporter's words into a <see cref="Fault"/>. Reporters name one fault differently, so their words are only
/// comparable after this.
/// </summary>
public static class FaultTranslation
{
    // Mail.ru: "bad https response code: 404"
    private const string StatusReason = "bad https response code:";

    /// <summary>The fault behind one failure of a report.</summary>
    /// <param name="reporter">Who reports it.</param>
    /// <param name="policy">The kind of policy it is reported under.</param>
    /// <param name="failure">The failure as reported.</param>
    /// <param name="applied">The MTA-STS policy it is reported under, or null when the report shows none.</param>
    public static Fault ToFault(ReporterProfile reporter, PolicyType policy, FailureDetail failure, StsPolicy? applied)
    {
        string? reason = failure.FailureReasonCode is { Length: > 0 } told ? told : null;
        int? status = reason is null ? null : HttpStatusIn(reason);
        StatedReason? stated = StatedReasons.Of(reason) ?? StatedReasons.Of(TextOf(failure.AdditionalInformation));
        FaultKind kind = status is not null
            ? FaultKind.PolicyHostStatus
            : KindOfReason(stated, failure.Type) ?? KindOfResultType(reporter, policy, failure);

        // Under TLSA records a certificate need not chain to a known issuer; Postfix names the mismatch by its issuer.
        if (kind == FaultKind.MxCertificateUntrusted && policy == PolicyType.Tlsa && reporter.Id == "postfix")
            kind = FaultKind.TlsaMismatch;

        // RFC 8461 §4.1: an MX host that no pattern matches fails, whatever its certificate. Google says no more than
        // validation-failure of it, and the report itself shows why.
        if (failure.Type == ResultType.ValidationFailure && stated is null && kind == FaultKind.MxHandshake && IsUnlisted(failure, applied))
            kind = FaultKind.MxNotInPolicy;
        return new Fault(kind, failure.TypeText, failure.FailedSessions)
        {
            Reason = reason,
            Stated = stated,
            MxHost = failure.ReceivingMxHost?.TrimEnd('.') is { Length: > 0 } mxHost ? mxHost.ToLowerInvariant() : null,
            HttpStatus = status,
        };
    }

    // RFC 8460 §4.4: additional-information is a URI, whose words are not the reporter's; some write a text instead.
    private static string? TextOf(string? additionalInformation) =>
        additionalInformation?.Contains("://", StringComparison.Ordinal) == true ? null : additionalInformation;

    private static bool IsUnlisted(FailureDetail failure, StsPolicy? applied) =>
        applied is not null
        && DomainName.TryParse(failure.ReceivingMxHost?.TrimEnd('.') ?? "", out DomainName? mxHost, out _)
        && !applied.Allows(mxHost);

    // A reason goes before the result type where it tells more; one that fits both ends is read by the result type.
    private static FaultKind? KindOfReason(StatedReason? stated, ResultType type) => stated switch
    {
        StatedReason.RecordLookup or StatedReason.SeveralRecords or StatedReason.RecordGrammar => FaultKind.Record,
        StatedReason.NoPolicyServed or StatedReason.PolicyNotFetched => FaultKind.PolicyFetch,
        StatedReason.PolicyGrammar => FaultKind.PolicyGrammar,
        StatedReason.MxNotInPolicy => FaultKind.MxNotInPolicy,
        StatedReason.HandshakeFailed => FaultKind.MxHandshake,
        StatedReason.TlsaMismatch or StatedReason.TlsaUnusable => FaultKind.TlsaMismatch,
        StatedReason.TlsaBogus => FaultKind.Dnssec,
        StatedReason.TlsaMissing => FaultKind.DaneRequired,
        { } other when type == ResultType.StsPolicyFetchError => KindAtPolicyHost(other),
        { } other when type is ResultType.ValidationFailure or ResultType.CertificateNotTrusted => KindAtMxHost(other),
        _ => null,
    };

    private static FaultKind? KindAtPolicyHost(StatedReason stated) => stated switch
    {
        StatedReason.NameNotFound or StatedReason.NameLookup or StatedReason.Unreachable or StatedReason.ConnectionRefused
            or StatedReason.Timeout => FaultKind.PolicyHostUnreachable,
        StatedReason.NoCommonTls => null,
        _ => FaultKind.PolicyHostCertificate,
    };

    private static FaultKind? KindAtMxHost(StatedReason stated) => stated switch
    {
        StatedReason.CertificateExpired => FaultKind.MxCertificateExpired,
        StatedReason.CertificateName => FaultKind.MxCertificateName,
        StatedReason.CertificateNotYetValid or StatedReason.CertificateSelfSigned or StatedReason.RootUntrusted
            or StatedReason.IssuerMissing or StatedReason.IssuerUnknown or StatedReason.ChainInvalid => FaultKind.MxCertificateUntrusted,
        _ => FaultKind.MxHandshake,
    };

    private static FaultKind KindOfResultType(ReporterProfile reporter, PolicyType policy, FailureDetail failure) =>
        failure.Type switch
        {
            // Postfix and Stalwart report a certificate that matches no TLSA record under the general words.
            ResultType.CertificateNotTrusted or ResultType.ValidationFailure when policy == PolicyType.Tlsa
                && reporter.Id is "postfix" or "stalwart" => FaultKind.TlsaMismatch,

            // Stalwart calls every failed handshake certificate-not-trusted.
            ResultType.CertificateNotTrusted when reporter.Id == "stalwart" => FaultKind.MxHandshake,
            ResultType.StartTlsNotSupported => FaultKind.StartTls,
            ResultType.CertificateHostMismatch => FaultKind.MxCertificateName,
            ResultType.CertificateExpired => FaultKind.MxCertificateExpired,
            ResultType.CertificateNotTrusted => FaultKind.MxCertificateUntrusted,
            ResultType.ValidationFailure => FaultKind.MxHandshake,
            ResultType.TlsaInvalid => FaultKind.TlsaMismatch,
            ResultType.DnssecInvalid => FaultKind.Dnssec,
            ResultType.DaneRequired => FaultKind.DaneRequired,
            ResultType.StsPolicyFetchError => FaultKind.PolicyFetch,
            ResultType.StsPolicyInvalid => FaultKind.PolicyGrammar,
            ResultType.StsWebPkiInvalid => FaultKind.PolicyHostCertificate,
            _ => FaultKind.Other,
        };

    private static int? HttpStatusIn(string reason)
    {
        int at = reason.IndexOf(StatusReason, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;

        ReadOnlySpan<char> digits = reason.AsSpan(at + StatusReason.Length).TrimStart(' ');
        int length = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(length < 0 ? digits : digits[..length], NumberStyles.None, CultureInfo.InvariantCulture, out int status)
            && status is >= 100 and <= 599
                ? status
                : null;
    }
}
