using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reporters;

namespace Waxseal.Protocol.Diagnosis.MailLogs;

/// <summary>What a sending MTA tells a receiving MX host where it breaks off the handshake, as the TLS library of the MX host writes it.</summary>
internal static class TlsAlerts
{
    // RFC 8446 §6.2; OpenSSL writes them as "sslv3 alert ..." or "tlsv1 alert ...", newer ones as "ssl/tls alert ...", GnuTLS in sentences.
    private static readonly ImmutableArray<(string Text, DeliveryFault Fault, StatedReason? Stated)> All =
    [
        ("alert certificate expired", DeliveryFault.CertificateExpired, StatedReason.CertificateExpired),
        ("alert bad certificate", DeliveryFault.CertificateUnverified, null),
        ("alert certificate unknown", DeliveryFault.CertificateUnverified, null),
        ("alert unsupported certificate", DeliveryFault.CertificateUnverified, null),
        ("alert certificate revoked", DeliveryFault.CertificateUntrusted, StatedReason.ChainInvalid),
        ("alert unknown ca", DeliveryFault.CertificateUntrusted, StatedReason.IssuerUnknown),
        ("certificate is bad", DeliveryFault.CertificateUnverified, null),
        ("certificate was revoked", DeliveryFault.CertificateUntrusted, StatedReason.ChainInvalid),
        ("certificate is expired", DeliveryFault.CertificateExpired, StatedReason.CertificateExpired),
        ("ca is unknown", DeliveryFault.CertificateUntrusted, StatedReason.IssuerUnknown),
        ("unexpected eof", DeliveryFault.BrokenOff, null),
        ("non-properly terminated", DeliveryFault.BrokenOff, null),
        ("closed by peer", DeliveryFault.BrokenOff, null),
        ("lost connection", DeliveryFault.BrokenOff, null),
        ("connection reset", DeliveryFault.BrokenOff, null),
        ("connection timed out", DeliveryFault.BrokenOff, null),
        ("timed out", DeliveryFault.BrokenOff, null),
        ("no shared cipher", DeliveryFault.Handshake, StatedReason.NoCommonTls),
        ("supported cipher suite", DeliveryFault.Handshake, StatedReason.NoCommonTls),
        ("unsupported protocol", DeliveryFault.Handshake, StatedReason.NoCommonTls),
        ("version too low", DeliveryFault.Handshake, StatedReason.NoCommonTls),
        ("unknown protocol", DeliveryFault.Handshake, StatedReason.NoCommonTls),
        ("wrong version number", DeliveryFault.Handshake, StatedReason.NoCommonTls),
        ("alert protocol version", DeliveryFault.Handshake, StatedReason.NoCommonTls),
        ("alert handshake failure", DeliveryFault.Handshake, StatedReason.NoCommonTls),
    ];

    /// <summary>What the words mean; a failed handshake where they are not known.</summary>
    public static (DeliveryFault Fault, StatedReason? Stated) Of(string text)
    {
        string words = text.ToLowerInvariant();
        foreach ((string known, DeliveryFault fault, StatedReason? stated) in All)
        {
            if (words.Contains(known, StringComparison.Ordinal))
                return (fault, stated);
        }

        return (DeliveryFault.Handshake, null);
    }
}
