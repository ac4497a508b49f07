using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reporters;

namespace Waxseal.Protocol.Diagnosis.MailLogs;

/// <summary>What mail servers write where TLS fails, and what it means. Each is in the source of its software, or was seen in a published log.</summary>
internal static class KnownTexts
{
    // Parts of texts in lower case; a star stands for anything. The first that is found counts.
    private static readonly ImmutableArray<KnownText> All =
    [
        // Postfix, src/smtp: the reasons of a deferred delivery.
        new("tls is required, but was not offered by host", DeliveryFault.StartTlsNotOffered, MailSoftware.Postfix),
        new("but tls service was not offered by host", DeliveryFault.StartTlsNotOffered, MailSoftware.Postfix),
        new("refused to start tls:", DeliveryFault.StartTlsRefused, MailSoftware.Postfix),
        new("tls is required, but our tls engine is unavailable", DeliveryFault.OwnSettings, MailSoftware.Postfix),
        new("client tls configuration problem", DeliveryFault.OwnSettings, MailSoftware.Postfix),
        new("cannot start tls: handshake failure", DeliveryFault.Handshake, MailSoftware.Postfix),
        new("server certificate not trusted", DeliveryFault.CertificateUntrusted, MailSoftware.Postfix),
        new("server certificate not verified", DeliveryFault.CertificateUnverified, MailSoftware.Postfix),
        new("but no trusted server certificate was found", DeliveryFault.CertificateUntrusted, MailSoftware.Postfix),
        new("but no matching server certificate was found", DeliveryFault.CertificateName, MailSoftware.Postfix),
        new("does not match sts mx pattern", DeliveryFault.MxNotInPolicy, MailSoftware.Postfix),
        new("tlsa lookup error for", DeliveryFault.TlsaLookup, MailSoftware.Postfix),
        new("dane tlsa lookup problem:", DeliveryFault.TlsaLookup, MailSoftware.Postfix),
        new("non dnssec destination", DeliveryFault.DaneRequired, MailSoftware.Postfix),
        new("no tlsa records found", DeliveryFault.DaneRequired, MailSoftware.Postfix),
        new("tlsa records unusable", DeliveryFault.TlsaUnusable, MailSoftware.Postfix),
        new("invalid attribute name:", DeliveryFault.OwnSettings, MailSoftware.Postfix),
        new("attribute \"match\" has empty value", DeliveryFault.PolicyInvalid, MailSoftware.Postfix),
        new("disabling tls support", DeliveryFault.OwnSettings, MailSoftware.Postfix),

        // Postfix, src/tls/tls_verify.c: what was wrong with the certificate.
        new("external policy failure (sts-policy-fetch-error)", DeliveryFault.PolicyFetch, MailSoftware.Postfix),
        new("external policy failure (sts-policy-invalid)", DeliveryFault.PolicyInvalid, MailSoftware.Postfix),
        new("external policy failure (sts-webpki-invalid)", DeliveryFault.PolicyHostCertificate, MailSoftware.Postfix),
        new("not trusted by local or tlsa policy", DeliveryFault.TlsaMismatch, MailSoftware.Postfix),
        new("verification failed for *: untrusted issuer", DeliveryFault.CertificateUntrusted, MailSoftware.Postfix, StatedReason.IssuerUnknown),
        new("verification failed for *: not designated for use as", DeliveryFault.CertificateUntrusted, MailSoftware.Postfix, StatedReason.ChainInvalid),
        new("certificate chain longer than limit", DeliveryFault.CertificateUntrusted, MailSoftware.Postfix, StatedReason.ChainInvalid),
        new("ip address mismatch", DeliveryFault.CertificateName, MailSoftware.Postfix, StatedReason.CertificateName),

        // Exim, src/transports/smtp.c, src/tls-openssl.c and src/tls-gnu.c.
        new("a tls session is required, but the server did not offer tls support", DeliveryFault.StartTlsNotOffered, MailSoftware.Exim),
        new("a tls session is required, but an attempt to start tls failed", DeliveryFault.StartTlsRefused, MailSoftware.Exim),
        new("dane error: tlsa lookup defer", DeliveryFault.TlsaLookup, MailSoftware.Exim),
        new("dane error: tlsa lookup fail", DeliveryFault.DaneRequired, MailSoftware.Exim),
        new("dane error: no usable tlsa records", DeliveryFault.TlsaUnusable, MailSoftware.Exim),
        new("dane error: * not dnssec", DeliveryFault.DaneRequired, MailSoftware.Exim),
        new("dane attempt failed; tls connection to", DeliveryFault.TlsaMismatch, MailSoftware.Exim),
        new("ssl verify error: certificate name mismatch", DeliveryFault.CertificateName, MailSoftware.Exim, StatedReason.CertificateName),
        new("ssl verify error: depth=", DeliveryFault.CertificateUnverified, MailSoftware.Exim),
        new("tls session: (*certificate verif", DeliveryFault.CertificateUnverified, MailSoftware.Exim),
        new("tls session: (", DeliveryFault.Handshake, MailSoftware.Exim),

        // Sendmail, sendmail/deliver.c; OpenSMTPD, mta_session.c; Stalwart, as its bounces were published.
        new("403 4.7.0 not authenticated", DeliveryFault.CertificateUnverified, MailSoftware.Sendmail),
        new("403 4.7.0 tls handshake failed", DeliveryFault.Handshake, MailSoftware.Sendmail),
        new("starttls=client, error: connect failed", DeliveryFault.Handshake, MailSoftware.Sendmail),
        new("tls required but not supported by remote host", DeliveryFault.StartTlsNotOffered, MailSoftware.OpenSmtpd),
        new("starttls rejected:", DeliveryFault.StartTlsRefused, MailSoftware.OpenSmtpd),
        new("starttls not advertised by host", DeliveryFault.StartTlsNotOffered, MailSoftware.Stalwart),
        new("tls error from *: handshake failed:", DeliveryFault.Handshake, MailSoftware.Stalwart),

        // Gmail, as its bounces were published.
        new("tls negotiation failed, the certificate doesn*match the host", DeliveryFault.CertificateName, MailSoftware.Unknown, StatedReason.CertificateName),
        new("tls required but not supported", DeliveryFault.StartTlsNotOffered, MailSoftware.Unknown),

        // Exchange Online: the list of its non-delivery reports.
        new("5.7.321", DeliveryFault.StartTlsNotOffered, MailSoftware.ExchangeOnline) { NeedsReply = true },
        new("5.7.322", DeliveryFault.CertificateExpired, MailSoftware.ExchangeOnline) { NeedsReply = true },
        new("5.7.323", DeliveryFault.TlsaMismatch, MailSoftware.ExchangeOnline) { NeedsReply = true },
        new("5.7.324", DeliveryFault.TlsaLookup, MailSoftware.ExchangeOnline) { NeedsReply = true },
        new("5.7.325", DeliveryFault.CertificateName, MailSoftware.ExchangeOnline) { NeedsReply = true },
        new("4.7.321", DeliveryFault.StartTlsNotOffered, MailSoftware.ExchangeOnline) { NeedsReply = true },
        new("4.7.322", DeliveryFault.CertificateExpired, MailSoftware.ExchangeOnline) { NeedsReply = true },
        new("4.7.323", DeliveryFault.TlsaMismatch, MailSoftware.ExchangeOnline) { NeedsReply = true },
        new("4.7.324", DeliveryFault.TlsaLookup, MailSoftware.ExchangeOnline) { NeedsReply = true },
        new("4.7.325", DeliveryFault.CertificateName, MailSoftware.ExchangeOnline) { NeedsReply = true },
        new("mx hosts of * failed mta-sts validation", DeliveryFault.MxNotInPolicy, MailSoftware.ExchangeOnline),
        new("remote certificate failed mta-sts validation", DeliveryFault.CertificateUnverified, MailSoftware.ExchangeOnline),
        new("4.7.320 certificate validation failed", DeliveryFault.CertificateUnverified, MailSoftware.ExchangeOnline),
        new("tls negotiation failed with error", DeliveryFault.Handshake, MailSoftware.ExchangeOnline),
        new("security status renegotiate", DeliveryFault.BrokenOff, MailSoftware.ExchangeOnline),

        // Bare words of RFC 8460 §4.3, as people pass them on.
        new("starttls-not-supported", DeliveryFault.StartTlsNotOffered, MailSoftware.Unknown) { NeedsReply = true },
        new("certificate-expired", DeliveryFault.CertificateExpired, MailSoftware.Unknown) { NeedsReply = true },
        new("certificate-host-mismatch", DeliveryFault.CertificateName, MailSoftware.Unknown) { NeedsReply = true },
        new("certificate-not-trusted", DeliveryFault.CertificateUntrusted, MailSoftware.Unknown) { NeedsReply = true },
        new("tlsa-invalid", DeliveryFault.TlsaMismatch, MailSoftware.Unknown) { NeedsReply = true },
        new("dnssec-invalid", DeliveryFault.TlsaLookup, MailSoftware.Unknown) { NeedsReply = true },
        new("dane-required", DeliveryFault.DaneRequired, MailSoftware.Unknown) { NeedsReply = true },
    ];

    /// <summary>What a text means; null when it is none that is known.</summary>
    public static KnownText? Of(string text)
    {
        string words = text.ToLowerInvariant();
        foreach (KnownText known in All)
        {
            if (known.IsIn(words))
                return known.With(words);
        }

        return null;
    }

    /// <summary>What the words of a TLS library after "certificate verification failed" mean.</summary>
    public static KnownText OfCertificate(string text) =>
        Of(text) ?? new KnownText("", DeliveryFault.CertificateUnverified, MailSoftware.Postfix).With(text.ToLowerInvariant());

    /// <summary>What the words of a TLS library about a handshake mean.</summary>
    public static KnownText OfHandshake(string text)
    {
        string words = text.ToLowerInvariant();

        // OpenSSL's own word where the end that speaks has refused the certificate itself.
        DeliveryFault fault = words.Contains("certificate verify failed", StringComparison.Ordinal) ? DeliveryFault.CertificateUnverified : DeliveryFault.Handshake;
        return new KnownText("", fault, MailSoftware.Unknown).With(words);
    }
}

/// <summary>One text and what it means.</summary>
/// <param name="Text">The text, lower case; a star stands for anything.</param>
/// <param name="Fault">What went wrong.</param>
/// <param name="Software">Who writes so.</param>
/// <param name="Stated">What it states as the reason; null when the rest of the text may tell.</param>
internal sealed record KnownText(string Text, DeliveryFault Fault, MailSoftware Software, StatedReason? Stated = null)
{
    /// <summary>Whether it is a bare code or word, which others write as well: it counts in the reply of a server alone.</summary>
    public bool NeedsReply { get; init; }

    /// <summary>Whether a text in lower case has this in it.</summary>
    public bool IsIn(string words)
    {
        if (NeedsReply)
            return words.Contains(Text, StringComparison.Ordinal) && ServerReply.IsIn(words, char.IsAsciiDigit(Text[0]) ? Text : null);

        int star = Text.IndexOf('*', StringComparison.Ordinal);
        string first = star < 0 ? Text : Text[..star];
        int at = words.IndexOf(first, StringComparison.Ordinal);
        if (at < 0)
            return false;
        return star < 0 || words.AsSpan(at + star).Contains(Text.AsSpan(star + 1), StringComparison.Ordinal);
    }

    /// <summary>The same, sharpened by what the whole text states.</summary>
    public KnownText With(string words)
    {
        if (Stated is not null || Fault is not (DeliveryFault.CertificateUnverified or DeliveryFault.Handshake))
            return this;
        return StatedReasons.Of(words) is { } stated ? this with { Stated = stated, Fault = Sharpened(stated) } : this;
    }

    private DeliveryFault Sharpened(StatedReason stated) => stated switch
    {
        StatedReason.CertificateExpired => DeliveryFault.CertificateExpired,
        StatedReason.CertificateName => DeliveryFault.CertificateName,
        StatedReason.TlsaMismatch => DeliveryFault.TlsaMismatch,
        StatedReason.CertificateNotYetValid or StatedReason.CertificateSelfSigned or StatedReason.RootUntrusted or StatedReason.IssuerMissing
            or StatedReason.IssuerUnknown or StatedReason.ChainInvalid => DeliveryFault.CertificateUntrusted,
        _ => Fault,
    };
}
