using System.Diagnostics;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.MailLogs;

/// <summary>What went wrong with the TLS of one delivery, in one word for all mail servers.</summary>
public enum DeliveryFault
{
    /// <summary>The MX host did not offer STARTTLS.</summary>
    StartTlsNotOffered,

    /// <summary>The MX host offered STARTTLS and refused it.</summary>
    StartTlsRefused,

    /// <summary>The certificate is for another name.</summary>
    CertificateName,

    /// <summary>The certificate has expired.</summary>
    CertificateExpired,

    /// <summary>The certificate does not chain to an issuer that is trusted.</summary>
    CertificateUntrusted,

    /// <summary>The certificate does not hold, and the line does not say why.</summary>
    CertificateUnverified,

    /// <summary>The handshake failed.</summary>
    Handshake,

    /// <summary>The other end broke off the handshake without a word.</summary>
    BrokenOff,

    /// <summary>The MX host is not in the policy.</summary>
    MxNotInPolicy,

    /// <summary>The certificate matches no TLSA record.</summary>
    TlsaMismatch,

    /// <summary>No TLSA record can be used.</summary>
    TlsaUnusable,

    /// <summary>The TLSA records could not be looked up.</summary>
    TlsaLookup,

    /// <summary>The sender demands DANE, and there is none.</summary>
    DaneRequired,

    /// <summary>The MTA-STS policy could not be fetched.</summary>
    PolicyFetch,

    /// <summary>The MTA-STS policy breaks the grammar.</summary>
    PolicyInvalid,

    /// <summary>The certificate of the policy host does not hold.</summary>
    PolicyHostCertificate,

    /// <summary>The mail server that wrote the log cannot do TLS as it is set up.</summary>
    OwnSettings,
}

/// <summary>What a <see cref="DeliveryFault"/> amounts to elsewhere.</summary>
public static class DeliveryFaults
{
    /// <summary>The result type that a report would give; null where it would give none.</summary>
    // RFC 8460 §4.3
    public static ResultType? ToResultType(this DeliveryFault fault) => fault switch
    {
        DeliveryFault.StartTlsNotOffered or DeliveryFault.StartTlsRefused => ResultType.StartTlsNotSupported,
        DeliveryFault.CertificateName => ResultType.CertificateHostMismatch,
        DeliveryFault.CertificateExpired => ResultType.CertificateExpired,
        DeliveryFault.CertificateUntrusted => ResultType.CertificateNotTrusted,
        DeliveryFault.CertificateUnverified or DeliveryFault.Handshake or DeliveryFault.MxNotInPolicy => ResultType.ValidationFailure,
        DeliveryFault.TlsaMismatch or DeliveryFault.TlsaUnusable => ResultType.TlsaInvalid,
        DeliveryFault.TlsaLookup => ResultType.DnssecInvalid,
        DeliveryFault.DaneRequired => ResultType.DaneRequired,
        DeliveryFault.PolicyFetch => ResultType.StsPolicyFetchError,
        DeliveryFault.PolicyInvalid => ResultType.StsPolicyInvalid,
        DeliveryFault.PolicyHostCertificate => ResultType.StsWebPkiInvalid,
        DeliveryFault.BrokenOff or DeliveryFault.OwnSettings => null,
        _ => throw new UnreachableException(),
    };

    /// <summary>The family of faults that reports know it under.</summary>
    public static FaultFamily Family(this DeliveryFault fault) => fault switch
    {
        DeliveryFault.StartTlsNotOffered or DeliveryFault.StartTlsRefused => FaultFamily.StartTls,
        DeliveryFault.CertificateName => FaultFamily.MxCertificateName,
        DeliveryFault.CertificateExpired => FaultFamily.MxCertificateExpired,
        DeliveryFault.CertificateUntrusted => FaultFamily.MxCertificateUntrusted,
        DeliveryFault.CertificateUnverified or DeliveryFault.Handshake or DeliveryFault.BrokenOff => FaultFamily.MxHandshake,
        DeliveryFault.MxNotInPolicy => FaultFamily.MxNotInPolicy,
        DeliveryFault.TlsaMismatch or DeliveryFault.TlsaUnusable => FaultFamily.Tlsa,
        DeliveryFault.TlsaLookup => FaultFamily.Dnssec,
        DeliveryFault.DaneRequired => FaultFamily.DaneRequired,
        DeliveryFault.PolicyFetch or DeliveryFault.PolicyInvalid or DeliveryFault.PolicyHostCertificate => FaultFamily.PolicyNotObtained,
        DeliveryFault.OwnSettings => FaultFamily.OwnSettings,
        _ => throw new UnreachableException(),
    };
}
