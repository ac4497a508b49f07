using Waxseal.Protocol.Diagnosis.Reporters;

namespace Waxseal.Protocol.Diagnosis.Incidents;

/// <summary>Faults that are one fault seen by different reporters, under different names.</summary>
public enum FaultFamily
{
    /// <summary>Something this version does not know.</summary>
    Other,

    /// <summary>The MTA-STS policy was not obtained: record, DNS, connection, TLS, HTTP or grammar.</summary>
    PolicyNotObtained,

    /// <summary>An MX host is not in the policy.</summary>
    MxNotInPolicy,

    /// <summary>An MX host did not offer STARTTLS.</summary>
    StartTls,

    /// <summary>The certificate of an MX host is for another name.</summary>
    MxCertificateName,

    /// <summary>The certificate of an MX host has expired.</summary>
    MxCertificateExpired,

    /// <summary>The certificate of an MX host is not trusted.</summary>
    MxCertificateUntrusted,

    /// <summary>The handshake with an MX host failed, without a reason that tells more.</summary>
    MxHandshake,

    /// <summary>The certificate of an MX host matches no TLSA record.</summary>
    Tlsa,

    /// <summary>DNSSEC does not hold.</summary>
    Dnssec,

    /// <summary>A sender demands DANE.</summary>
    DaneRequired,

    /// <summary>Reporters found no policy although others did.</summary>
    NoPolicyFound,

    /// <summary>DANE sessions stopped without a failure.</summary>
    DaneVanished,

    /// <summary>A large reporter sends no reports.</summary>
    ReporterSilent,

    /// <summary>The TLS-RPT record asks for no reports, or in vain.</summary>
    NoReportsAsked,

    /// <summary>A mail server cannot do TLS as it is set up, as its own log shows.</summary>
    OwnSettings,
}

/// <summary>Sorts faults into families.</summary>
public static class FaultFamilies
{
    /// <summary>The family of a kind of fault.</summary>
    public static FaultFamily Family(this FaultKind kind) => kind switch
    {
        FaultKind.Record or FaultKind.PolicyFetch or FaultKind.PolicyHostUnreachable or FaultKind.PolicyHostCertificate
            or FaultKind.PolicyHostStatus or FaultKind.PolicyGrammar => FaultFamily.PolicyNotObtained,
        FaultKind.MxNotInPolicy => FaultFamily.MxNotInPolicy,
        FaultKind.StartTls => FaultFamily.StartTls,
        FaultKind.MxCertificateName => FaultFamily.MxCertificateName,
        FaultKind.MxCertificateExpired => FaultFamily.MxCertificateExpired,
        FaultKind.MxCertificateUntrusted => FaultFamily.MxCertificateUntrusted,
        FaultKind.MxHandshake => FaultFamily.MxHandshake,
        FaultKind.TlsaMismatch => FaultFamily.Tlsa,
        FaultKind.Dnssec => FaultFamily.Dnssec,
        FaultKind.DaneRequired => FaultFamily.DaneRequired,
        _ => FaultFamily.Other,
    };
}
