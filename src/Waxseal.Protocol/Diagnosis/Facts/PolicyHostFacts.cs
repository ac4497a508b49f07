using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Facts;

/// <summary>The policy host at one address.</summary>
/// <param name="Address">The address.</param>
/// <param name="Connection">Whether and how fast it took a connection.</param>
/// <param name="Handshakes">The TLS handshakes, one for each variant.</param>
/// <param name="Visits">The requests for the policy.</param>
public sealed record PolicyHostAddressFacts(
    string Address,
    ConnectionFacts Connection,
    ImmutableArray<HandshakeFacts> Handshakes,
    ImmutableArray<VisitFacts> Visits)
{
    /// <summary>Whether the address is one of IPv6.</summary>
    public bool IsIpv6 => Address.Contains(':', StringComparison.Ordinal);

    /// <summary>The handshake of a variant, or null when it was not tried.</summary>
    public HandshakeFacts? Handshake(HandshakeVariant variant) => Handshakes.FirstOrDefault(handshake => handshake.Variant == variant);
}

/// <summary>How a TCP connection to one address came out.</summary>
/// <param name="ElapsedMs">How long it took, in milliseconds.</param>
/// <param name="Fault">What went wrong; null when there was a connection.</param>
/// <param name="Detail">More about the fault in a few words.</param>
public sealed record ConnectionFacts(double ElapsedMs, ConnectionFault? Fault, string? Detail);

/// <summary>Why there was no connection.</summary>
public enum ConnectionFault
{
    /// <summary>The address is of a kind that must not be connected to, such as loopback.</summary>
    Forbidden,

    /// <summary>It was refused.</summary>
    Refused,

    /// <summary>No way leads there, from here.</summary>
    NoRoute,

    /// <summary>Nothing came back in time.</summary>
    Timeout,
}

/// <summary>One GET for the policy.</summary>
/// <param name="UserAgent">The <c>User-Agent</c> that was sent; null for none.</param>
/// <param name="ElapsedMs">From the connection to the last octet, in milliseconds.</param>
public sealed record VisitFacts(string? UserAgent, double ElapsedMs)
{
    /// <summary>The version of HTTP that was used, <c>1.1</c> or <c>2</c>.</summary>
    public string HttpVersion { get; init => field = value ?? "1.1"; } = "1.1";

    /// <summary>What went wrong, in the words of the failure reason codes; null when there was a complete answer.</summary>
    public string? Fault { get; init; }

    /// <summary>More about the fault in a few words.</summary>
    public string? Detail { get; init; }

    /// <summary>The status; null without an answer.</summary>
    public int? Status { get; init; }

    /// <summary>The header fields as sent; the names in lower case.</summary>
    public ImmutableArray<HeaderField> Header { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The body, cut one octet above the longest policy that is read; empty without an answer.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>From the request to the first octet of the answer, in milliseconds; null without one.</summary>
    public double? FirstByteMs { get; init; }

    /// <summary>The value of the first field of a name, or null.</summary>
    /// <param name="name">The name in lower case.</param>
    public string? Field(string name) => Header.FirstOrDefault(field => field.Name == name)?.Value;
}

/// <summary>A field of a header.</summary>
/// <param name="Name">Its name in lower case.</param>
/// <param name="Value">Its value as sent.</param>
public sealed record HeaderField(string Name, string Value);
