namespace Waxseal.Protocol.MtaSts.Sending;

/// <summary>What one GET for a policy met with: the facts, not yet judged.</summary>
public abstract record PolicyHostVisit
{
    private PolicyHostVisit() { }

    /// <summary>The policy host answered over a TLS session whose certificate holds.</summary>
    /// <param name="Status">The status of the answer.</param>
    /// <param name="ContentType">The <c>Content-Type</c> as sent, or null.</param>
    /// <param name="Body">
    /// The body after content decoding. Reading may stop one octet above <see cref="StsPolicyReader.MaxLength"/>.
    /// </param>
    public sealed record Answered(int Status, string? ContentType, ReadOnlyMemory<byte> Body) : PolicyHostVisit
    {
        /// <summary>The <c>Location</c> as sent, or null. It is never followed.</summary>
        public string? Location { get; init; }
    }

    /// <summary>There was no complete answer.</summary>
    /// <param name="Fault">What went wrong.</param>
    /// <param name="Detail">More about it in a few words, such as the alert of the TLS library; or null.</param>
    public sealed record Failed(PolicyHostFault Fault, string? Detail = null) : PolicyHostVisit;
}

/// <summary>What can go wrong on the way to a policy host, before it has answered in full.</summary>
public enum PolicyHostFault
{
    /// <summary>The name of the policy host does not exist, or has no address.</summary>
    NameNotFound,

    /// <summary>DNS gave no usable answer for the policy host.</summary>
    LookupFailed,

    /// <summary>All addresses are of kinds that must not be connected to, such as loopback.</summary>
    AddressRefused,

    /// <summary>The connection was refused or reset.</summary>
    ConnectionRefused,

    /// <summary>No connection came about in time.</summary>
    ConnectTimeout,

    /// <summary>The answer was not complete in time.</summary>
    ReadTimeout,

    /// <summary>The connection ended before the answer was complete.</summary>
    ConnectionClosed,

    /// <summary>The TLS handshake failed for another reason than the certificate.</summary>
    TlsFailed,

    /// <summary>The answer is not HTTP.</summary>
    NotHttp,

    /// <summary>The certificate has expired.</summary>
    CertificateExpired,

    /// <summary>The certificate is not valid yet.</summary>
    CertificateNotYetValid,

    /// <summary>The certificate is self-signed.</summary>
    CertificateSelfSigned,

    /// <summary>The certificate does not chain to a trusted root.</summary>
    CertificateNotTrusted,

    /// <summary>The certificate is not for the policy host.</summary>
    CertificateNameMismatch,

    /// <summary>The certificate was revoked.</summary>
    CertificateRevoked,
}

/// <summary>The words for <see cref="PolicyHostFault"/>, and which of them speak of the certificate.</summary>
public static class PolicyHostFaults
{
    private static readonly (PolicyHostFault Fault, string Word, bool IsOfCertificate)[] Words =
    [
        (PolicyHostFault.NameNotFound, "policy-host-not-found", false),
        (PolicyHostFault.LookupFailed, "policy-host-lookup-failed", false),
        (PolicyHostFault.AddressRefused, "policy-host-address-refused", false),
        (PolicyHostFault.ConnectionRefused, "connection-refused", false),
        (PolicyHostFault.ConnectTimeout, "connect-timeout", false),
        (PolicyHostFault.ReadTimeout, "read-timeout", false),
        (PolicyHostFault.ConnectionClosed, "connection-closed", false),
        (PolicyHostFault.TlsFailed, "tls-failed", false),
        (PolicyHostFault.NotHttp, "not-http", false),
        (PolicyHostFault.CertificateExpired, "certificate-expired", true),
        (PolicyHostFault.CertificateNotYetValid, "certificate-not-yet-valid", true),
        (PolicyHostFault.CertificateSelfSigned, "certificate-self-signed", true),
        (PolicyHostFault.CertificateNotTrusted, "certificate-not-trusted", true),
        (PolicyHostFault.CertificateNameMismatch, "certificate-name-mismatch", true),
        (PolicyHostFault.CertificateRevoked, "certificate-revoked", true),
    ];

    /// <summary>The word of a fault, for failure reason codes and logs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is no fault.</exception>
    public static string ToWord(this PolicyHostFault fault) =>
        Array.Find(Words, entry => entry.Fault == fault).Word ?? throw new ArgumentOutOfRangeException(nameof(fault));

    /// <summary>Whether the fault is one of the policy host's certificate.</summary>
    public static bool IsOfCertificate(this PolicyHostFault fault) =>
        Array.Find(Words, entry => entry.Fault == fault).IsOfCertificate;
}
