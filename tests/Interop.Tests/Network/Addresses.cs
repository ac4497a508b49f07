namespace Interop.Tests.Network;

/// <summary>The addresses of the laboratory, all from the networks for benchmarks (RFC 2544 appendix C, RFC 5180 §8).</summary>
internal static class Addresses
{
    public const string Network4 = "198.18.0.0/24";
    public const string Network6 = "2001:2::/64";

    public const string Prober = "198.18.0.1";
    public const string Prober6 = "2001:2::1";

    /// <summary>The name server of the root zone and of the top-level domains.</summary>
    public const string Parent = "198.18.0.2";

    public const string First = "198.18.0.11";
    public const string First6 = "2001:2::11";
    public const string Second = "198.18.0.12";
    public const string Second6 = "2001:2::12";

    /// <summary>The second name server again, where a firewall lets no TCP through to port 53.</summary>
    public const string WithoutTcp = "198.18.0.13";

    public const string Resolver = "198.18.0.53";
    public const string ResolverWithoutValidation = "198.18.0.54";

    public const string Web = "198.18.0.80";
    public const string Web6 = "2001:2::80";
    public const string WebTls13 = "198.18.0.81";
    public const string WebHttp2 = "198.18.0.82";
    public const string WebHttp26 = "2001:2::82";

    /// <summary>Where the web server knows none of the policy hosts.</summary>
    public const string OtherWeb6 = "2001:2::83";

    public const string Mx = "198.18.0.25";
    public const string Mx6 = "2001:2::25";
    public const string MxWithoutStartTls = "198.18.0.26";
    public const string MxOfOtherName = "198.18.0.27";
    public const string MxWithTwoKeys = "198.18.0.28";
    public const string MxWithNewKey = "198.18.0.29";

    /// <summary>An MX host whose certificate is another over IPv6.</summary>
    public const string MxOfTwoFaces = "198.18.0.30";
    public const string MxOfTwoFaces6 = "2001:2::30";

    /// <summary>All that lie at the servers' end.</summary>
    public static readonly string[] OfServers =
    [
        Parent, First, First6, Second, Second6, WithoutTcp, Resolver, ResolverWithoutValidation,
        Web, Web6, WebTls13, WebHttp2, WebHttp26, OtherWeb6,
        Mx, Mx6, MxWithoutStartTls, MxOfOtherName, MxWithTwoKeys, MxWithNewKey, MxOfTwoFaces, MxOfTwoFaces6,
    ];

    /// <summary>An address and a port, as most programs write it.</summary>
    public static string WithPort(string address, int port) => IsIpv6(address) ? $"[{address}]:{port}" : $"{address}:{port}";

    /// <summary>Whether an address is one of IPv6.</summary>
    public static bool IsIpv6(string address) => address.Contains(':', StringComparison.Ordinal);
}
