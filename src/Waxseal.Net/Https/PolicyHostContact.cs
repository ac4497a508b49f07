using System.Collections.Immutable;
using System.Net;
using Waxseal.Net.Dns;
using Waxseal.Protocol.MtaSts.Sending;

namespace Waxseal.Net.Https;

/// <summary>What one visit to a policy host met with, and what was seen on the way.</summary>
/// <param name="Visit">How it ended.</param>
public sealed record PolicyHostContact(PolicyHostVisit Visit)
{
    /// <summary>The look-ups of its addresses, AAAA and A.</summary>
    public ImmutableArray<DnsLookup> Lookups { get; init; } = [];

    /// <summary>The addresses that were tried, in order; the last is the one that was connected to, if any was.</summary>
    public ImmutableArray<DialedAddress> Dialed { get; init; } = [];

    /// <summary>The certificates in DER as they were sent, the one of the policy host first.</summary>
    public ImmutableArray<ReadOnlyMemory<byte>> Certificates { get; init; } = [];

    /// <summary>The fields of the answer's header, as sent.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Header { get; init; } = [];

    /// <summary>From the look-ups to the end.</summary>
    public TimeSpan Elapsed { get; init; }
}

/// <summary>One address that was tried.</summary>
/// <param name="Address">The address.</param>
/// <param name="Failure">Why there was no connection, or null when there was.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record DialedAddress(IPAddress Address, string? Failure, TimeSpan Elapsed);
