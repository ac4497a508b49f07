using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Primitives;

namespace Waxseal.Hosting.Listening;

/// <summary>
/// Tells from where a request came, though a proxy stands in front: what the proxies that are trusted say of it is believed, up to
/// the first address that is none of theirs. What a client says of itself never counts.
/// </summary>
/// <param name="trusted">The proxies: addresses, networks, and <c>unix</c> for whoever comes by a unix socket.</param>
/// <param name="header">The field in which they say it: <c>X-Forwarded-For</c> or <c>Forwarded</c>.</param>
internal sealed class ForwardedSource(ImmutableArray<string> trusted, string header)
{
    public const string ForwardedFor = "X-Forwarded-For";
    public const string Forwarded = "Forwarded";

    private const string Unix = "unix";

    // More proxies than any way has; the field itself is bounded by the size of a header.
    private const int MostHops = 16;

    private readonly ImmutableArray<IPNetwork> _networks = [.. trusted.Select(NetworkOf).OfType<IPNetwork>()];
    private readonly bool _trustsUnix = trusted.Contains(Unix);

    /// <summary>What is wrong with a proxy as it stands in the configuration, as the end of a sentence, or null.</summary>
    public static string? ProblemOf(string text) =>
        text == Unix || NetworkOf(text) is not null ? null : $"has \"{text}\"; it takes addresses such as 192.0.2.1, networks such as 192.0.2.0/24, or unix";

    /// <summary>The address that a request came from.</summary>
    /// <param name="peer">The other end of the connection; null for a unix socket.</param>
    /// <param name="fields">All fields of the header.</param>
    public IPAddress Of(IPAddress? peer, IDictionary<string, StringValues> fields)
    {
        IPAddress source = peer is null ? IPAddress.None : Plain(peer);
        if (!Trusts(peer) || !fields.TryGetValue(header, out StringValues values))
            return source;

        // Each proxy adds what it sees at the right end, so that only what is to the left of a stranger may be made up.
        string[] hops = [.. values.SelectMany(value => (value ?? "").Split(','))];
        foreach (string hop in hops.Reverse().Take(MostHops))
        {
            if (AddressOf(hop) is not { } address)
                return source;
            source = address;
            if (!IsTrusted(source))
                return source;
        }

        return source;
    }

    /// <summary>Whether the other end of the connection is one of the proxies.</summary>
    /// <param name="peer">The other end; null for a unix socket.</param>
    public bool Trusts(IPAddress? peer) => peer is null ? _trustsUnix : IsTrusted(Plain(peer));

    private bool IsTrusted(IPAddress address) => _networks.Any(network => network.Contains(address));

    private IPAddress? AddressOf(string hop)
    {
        ReadOnlySpan<char> text = header == Forwarded ? ForOf(hop) : hop.AsSpan().Trim();
        if (text.StartsWith('[') && text.IndexOf(']') is > 0 and var end)
            text = text[1..end];
        else if (text.Count(':') == 1)
            text = text[..text.IndexOf(':')];
        return !text.Contains('%') && IPAddress.TryParse(text, out IPAddress? address) ? Plain(address) : null;
    }

    // RFC 7239 §4: forwarded-pair = token "=" value; value = token / quoted-string, and §6 for the address in it.
    private static ReadOnlySpan<char> ForOf(string hop)
    {
        foreach (string pair in hop.Split(';', StringSplitOptions.TrimEntries))
        {
            if (pair.StartsWith("for=", StringComparison.OrdinalIgnoreCase))
                return pair.AsSpan(4).Trim('"');
        }

        return [];
    }

    private static IPNetwork? NetworkOf(string text) => text.Contains('%', StringComparison.Ordinal) || Networks.Of(text) is not { } network ? null
        : network.BaseAddress.IsIPv4MappedToIPv6 && network.PrefixLength == 128 ? new(Plain(network.BaseAddress), 32)
        : network;

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
