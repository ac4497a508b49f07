using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Facts;

/// <summary>One TLS handshake with a server. Some go no further than what the server answers to the ClientHello.</summary>
/// <param name="Variant">What was offered.</param>
/// <param name="ElapsedMs">How long it took, in milliseconds.</param>
public sealed record HandshakeFacts(HandshakeVariant Variant, double ElapsedMs)
{
    /// <summary>What went wrong; null when a session came about or, in a handshake that goes no further, the server agreed to one.</summary>
    public HandshakeFault? Fault { get; init; }

    /// <summary>More about the fault in a few words, such as the alert.</summary>
    public string? Detail { get; init; }

    /// <summary>The version agreed on, <c>TLS 1.2</c> or <c>TLS 1.3</c>; null when there is none.</summary>
    public string? Version { get; init; }

    /// <summary>The cipher suite agreed on, in the words of its registry; null when there is none.</summary>
    public string? CipherSuite { get; init; }

    /// <summary>Whether the server asked for a certificate of the client.</summary>
    public bool AsksForCertificate { get; init; }

    /// <summary>The certificates as sent, in DER, leaf first; empty when none came.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Certificates { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What the certificates are worth by the roots trusted here; null when none came.</summary>
    public ChainFacts? Chain { get; init; }
}

/// <summary>What a handshake offers.</summary>
public enum HandshakeVariant
{
    /// <summary>TLS 1.2 and 1.3 with the name of the host (SNI).</summary>
    Usual,

    /// <summary>TLS 1.2 alone.</summary>
    Tls12,

    /// <summary>TLS 1.3 alone.</summary>
    Tls13,

    /// <summary>No name of the host, with TLS 1.2 alone where the server has it.</summary>
    WithoutName,

    /// <summary>TLS 1.2 with RSA certificates alone.</summary>
    RsaOnly,

    /// <summary>TLS 1.2 with ECDSA certificates alone.</summary>
    EcdsaOnly,

    /// <summary>TLS 1.0 and 1.1, which no sender should need.</summary>
    Outdated,

    /// <summary>TLS 1.2 alone, in a ClientHello of more than 1500 octets, as large as those of clients with post-quantum keys.</summary>
    LargeHello,
}

/// <summary>How a handshake fails.</summary>
public enum HandshakeFault
{
    /// <summary>The server sent an alert.</summary>
    Alert,

    /// <summary>The connection was closed or reset.</summary>
    Closed,

    /// <summary>The server did not go on in time.</summary>
    Timeout,

    /// <summary>What came is no TLS.</summary>
    NotTls,

    /// <summary>No version, cipher suite or key is known to both.</summary>
    NothingShared,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>What a chain of certificates is worth to a client that fetches nothing and takes it as it was sent.</summary>
/// <param name="IsTrusted">Whether it leads to a trusted root.</param>
/// <param name="IsForName">Whether a DNS-ID of the leaf is the name of the host (RFC 6125 §6.4).</param>
/// <param name="Statuses">What the chain lacks, in the words of the framework; empty when it is trusted.</param>
public sealed record ChainFacts(bool IsTrusted, bool IsForName, ImmutableArray<string> Statuses);
