using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tls;

/// <summary>What each variant of a handshake offers.</summary>
internal static class HandshakeOffer
{
    // The suites of RFC 7525 §4.2 and RFC 7905 §2, by the kind of certificate they need.
    private static readonly TlsCipherSuite[] RsaSuites =
    [
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_DHE_RSA_WITH_AES_256_GCM_SHA384, TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256,
    ];

    private static readonly TlsCipherSuite[] EcdsaSuites =
    [
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    ];

    public static SslClientAuthenticationOptions Of(
        HandshakeVariant variant,
        string hostName,
        SslApplicationProtocol? protocol,
        X509ChainPolicy rules,
        RemoteCertificateValidationCallback take,
        LocalCertificateSelectionCallback select) => new()
        {
            TargetHost = variant == HandshakeVariant.WithoutName ? "" : hostName,
            EnabledSslProtocols = VersionsOf(variant),
            CipherSuitesPolicy = SuitesOf(variant),
            ApplicationProtocols = protocol is { } offered ? [offered] : null,
            RemoteCertificateValidationCallback = take,
            LocalCertificateSelectionCallback = select,
            CertificateChainPolicy = rules,
            AllowTlsResume = false,
            AllowRenegotiation = false,
        };

    // RFC 8461 §7.2 asks for TLS 1.2 at least; what only older versions reach is told by offering just these.
    private static SslProtocols VersionsOf(HandshakeVariant variant) => variant switch
    {
        HandshakeVariant.Tls12 or HandshakeVariant.RsaOnly or HandshakeVariant.EcdsaOnly => SslProtocols.Tls12,
        HandshakeVariant.Tls13 => SslProtocols.Tls13,
#pragma warning disable CA5397, SYSLIB0039 // Old versions are offered to find out whether a server has nothing better.
        HandshakeVariant.Outdated => SslProtocols.Tls | SslProtocols.Tls11,
#pragma warning restore CA5397, SYSLIB0039
        _ => SslProtocols.Tls12 | SslProtocols.Tls13,
    };

    private static CipherSuitesPolicy? SuitesOf(HandshakeVariant variant)
    {
        TlsCipherSuite[]? suites = variant switch
        {
            HandshakeVariant.RsaOnly => RsaSuites,
            HandshakeVariant.EcdsaOnly => EcdsaSuites,
            _ => null,
        };
        return suites is not null && !OperatingSystem.IsWindows() && !OperatingSystem.IsAndroid() ? new CipherSuitesPolicy(suites) : null;
    }
}
