using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Reporters;

/// <summary>
/// Turns a reporter's words into a <see cref="Fault"/>. Reporters name one fault differently, so their words are only
/// comparable after this.
/// </summary>
public static class FaultTranslation
{
    /// <summary>What Postfix says of TLSA records none of which it can use.</summary>
    internal const string AllRecordsUnusable = "all-TLSA-records-unusable";

    // What senders write as failure reason code, seen in reports and in their source code.
    private static readonly ImmutableArray<(string Reason, FaultKind Kind)> Reasons =
    [
        ("MX_HOSTS_MISMATCH", FaultKind.MxNotInPolicy), // Microsoft
        ("MX not authorized by policy.", FaultKind.MxNotInPolicy), // Stalwart
        ("mtasts-policy-mx-mismatch", FaultKind.MxNotInPolicy), // mox
        ("Failed to parse MTA-STS DNS record.", FaultKind.Record), // Stalwart
        ("Timeout fetching policy.", FaultKind.PolicyHostUnreachable), // Stalwart
        ("Could not reach policy host.", FaultKind.PolicyHostUnreachable), // Stalwart
        ("Failed to fetch policy.", FaultKind.PolicyFetch), // Stalwart
        ("Invalid TLSA record.", FaultKind.TlsaMismatch), // Stalwart
        ("Bogus TLSA records were found.", FaultKind.Dnssec), // Stalwart
        ("No TLSA DNSSEC records found.", FaultKind.DaneRequired), // Stalwart
        ("dns-lookup", FaultKind.Record), // mox
        ("multiple-mta-sts-records", FaultKind.Record), // mox
        ("record-syntax-error", FaultKind.Record), // mox
        ("no-policy-served", FaultKind.PolicyFetch), // mox
        ("cannot-fetch-policy", FaultKind.PolicyFetch), // mox
        ("back-off-after-recent-fetch-error", FaultKind.PolicyFetch), // mox
        ("policy-syntax-error", FaultKind.PolicyGrammar), // mox
        (AllRecordsUnusable, FaultKind.TlsaMismatch), // Postfix
        ("tls-handshake-failure", FaultKind.MxHandshake), // Postfix
        ("self-signed_certificate", FaultKind.MxCertificateUntrusted), // Postfix
        ("self-signed_certificate_in_certificate_chain", FaultKind.MxCertificateUntrusted), // Postfix
    ];

    private const string MoxCachedPolicy = "+fallback-to-cached-policy";

    // Mail.ru: "bad https response code: 404"
    private const string StatusReason = "bad https response code:";

    /// <summary>The fault behind one failure of a report.</summary>
    /// <param name="reporter">Who reports it.</param>
    /// <param name="policy">The kind of policy it is reported under.</param>
    /// <param name="failure">The failure as reported.</param>
    public static Fault ToFault(ReporterProfile reporter, PolicyType policy, FailureDetail failure)
    {
        string? reason = failure.FailureReasonCode is { Length: > 0 } told ? told : null;
        int? status = reason is null ? null : HttpStatusIn(reason);
        FaultKind kind = status is not null
            ? FaultKind.PolicyHostStatus
            : KindOfReason(reason) ?? KindOfResultType(reporter, policy, failure);

        // Under TLSA records a certificate need not chain to a known issuer; Postfix names the mismatch by its issuer.
        if (kind == FaultKind.MxCertificateUntrusted && policy == PolicyType.Tlsa && reporter.Id == "postfix")
            kind = FaultKind.TlsaMismatch;
        return new Fault(kind, failure.TypeText, failure.FailedSessions)
        {
            Reason = reason,
            MxHost = failure.ReceivingMxHost?.TrimEnd('.') is { Length: > 0 } mxHost ? mxHost.ToLowerInvariant() : null,
            HttpStatus = status,
        };
    }

    internal static bool IsMoxReason(string reason) =>
        reason.EndsWith(MoxCachedPolicy, StringComparison.Ordinal)
        || reason is "no-policy-served" or "cannot-fetch-policy" or "policy-syntax-error" or "multiple-mta-sts-records"
            or "record-syntax-error" or "back-off-after-recent-fetch-error" or "mtasts-policy-mx-mismatch";

    internal static bool IsStalwartReason(string reason) =>
        reason is "MX not authorized by policy." or "Failed to parse MTA-STS DNS record." or "Timeout fetching policy."
            or "Could not reach policy host." or "Failed to fetch policy." or "Invalid TLSA record."
            or "Bogus TLSA records were found." or "No TLSA DNSSEC records found.";

    private static FaultKind? KindOfReason(string? reason)
    {
        if (reason is null)
            return null;
        if (reason.EndsWith(MoxCachedPolicy, StringComparison.Ordinal))
            reason = reason[..^MoxCachedPolicy.Length];
        foreach ((string known, FaultKind kind) in Reasons)
        {
            if (string.Equals(known, reason, StringComparison.OrdinalIgnoreCase))
                return kind;
        }

        return null;
    }

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
