using Interop.Tests.Network;

namespace Interop.Tests.Domains;

/// <summary>A policy domain of the laboratory. Healthy, but for what is said otherwise.</summary>
/// <param name="Name">The policy domain.</param>
internal sealed record PolicyDomain(string Name)
{
    public const string Healthy = "example.test";

    /// <summary>The MX host that a policy domain has which says nothing of its own.</summary>
    public const string UsualMxHost = "mx.example.test";

    private static readonly string[] UsualNameServers = ["ns1.example.test", "ns2.example.test"];

    /// <summary>All of the laboratory.</summary>
    public static readonly PolicyDomain[] All =
    [
        new(Healthy) { Mx = [Addresses.Mx, Addresses.Mx6], HasTlsa = true },
        new("rsa.test") { Mx = [Addresses.Mx, Addresses.Mx6], HasTlsa = true, Signing = Signing.Rsa },
        new("no-tlsa.test") { Mx = [Addresses.Mx, Addresses.Mx6] },
        new("unsigned.test") { Signing = Signing.None },
        new("expired-signatures.test") { Signing = Signing.Expired },
        new("other-ds.test") { Mx = [Addresses.Mx, Addresses.Mx6], HasTlsa = true, Signing = Signing.OtherDs },
        new("lame.test") { IsOnSecond = false },
        new("no-tcp.test") { NameServers = ["ns1.example.test", "ns3.example.test"] },
        new("http2.test") { Web = [Addresses.WebHttp2, Addresses.WebHttp26] },
        new("expired-web.test") { Certificate = "expired" },
        new("no-issuer.test") { Certificate = "no-issuer" },
        new("no-policy.test") { IsServed = false },
        new("redirect.test") { WebRule = "return 301 https://www.example.test$request_uri;" },
        new("agent-403.test") { WebRule = "if ($http_user_agent = \"\") { return 403; }" },
        new("agent-444.test") { WebRule = "if ($http_user_agent = \"\") { return 444; }" },
        new("tls13.test") { Web = [Addresses.WebTls13] },
        new("other6.test") { Web = [Addresses.Web], Web6InDns = Addresses.OtherWeb6 },
        new("no-starttls.test") { Mx = [Addresses.MxWithoutStartTls] },
        new("other-name.test") { Mx = [Addresses.MxOfOtherName] },
        new("two-keys.test") { Mx = [Addresses.MxWithTwoKeys] },
        new("stale-tlsa.test") { Mx = [Addresses.MxWithNewKey], HasTlsa = true },
        new("other-mx6.test") { Mx = [Addresses.MxOfTwoFaces, Addresses.MxOfTwoFaces6] },
    ];

    public string PolicyHost => $"mta-sts.{Name}";

    public string MxHost => Mx.Length == 0 ? UsualMxHost : $"mx.{Name}";

    /// <summary>Where the policy host is served.</summary>
    public string[] Web { get; init; } = [Addresses.Web, Addresses.Web6];

    /// <summary>An address of the policy host in DNS at which it is not served.</summary>
    public string? Web6InDns { get; init; }

    /// <summary>The certificate of the policy host.</summary>
    public string Certificate { get; init; } = "hosts";

    /// <summary>Whether the policy lies on the policy host.</summary>
    public bool IsServed { get; init; } = true;

    /// <summary>More of the configuration of the policy host.</summary>
    public string WebRule { get; init; } = "";

    /// <summary>The addresses of its own MX host; none when it shares the usual one.</summary>
    public string[] Mx { get; init; } = [];

    /// <summary>Whether there are TLSA records for its own MX host.</summary>
    public bool HasTlsa { get; init; }

    public Signing Signing { get; init; } = Signing.Ecdsa;

    public string[] NameServers { get; init; } = UsualNameServers;

    /// <summary>Whether the second name server has the zone.</summary>
    public bool IsOnSecond { get; init; } = true;

    public string Policy => $"version: STSv1\r\nmode: enforce\r\nmx: {MxHost}\r\nmax_age: 604800\r\n";

    /// <summary>The zone.</summary>
    /// <param name="keyDigest">The key that the TLSA record of the MX host names.</param>
    public string Zone(string keyDigest) => ZoneText.Of(Name, NameServers,
    [
        "_mta-sts TXT \"v=STSv1; id=20260101T000000;\"",
        "_smtp._tls TXT \"v=TLSRPTv1; rua=mailto:reports@example.test\"",
        .. ZoneText.AddressLines("mta-sts", Web6InDns is null ? Web : [.. Web, Web6InDns]),
        $"@ MX 10 {MxHost}.",
        .. ZoneText.AddressLines("mx", Mx),
        .. HasTlsa ? [$"_25._tcp.mx TLSA 3 1 1 {keyDigest}"] : Array.Empty<string>(),
        .. Name == Healthy ? ZoneText.NameServerAddresses() : [],
    ]);
}

/// <summary>How a zone is signed.</summary>
internal enum Signing
{
    Ecdsa,
    Rsa,
    None,

    /// <summary>Once, long ago.</summary>
    Expired,

    /// <summary>With a key that the DS record does not name.</summary>
    OtherDs,
}
