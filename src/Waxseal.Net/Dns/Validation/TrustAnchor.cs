using System.Collections.Immutable;

namespace Waxseal.Net.Dns.Validation;

/// <summary>A key that is trusted without being told by DNS (RFC 4033 §2).</summary>
/// <param name="Zone">The zone the key is of.</param>
/// <param name="Signer">Which key it is.</param>
public sealed record TrustAnchor(DnsName Zone, DelegationSigner Signer)
{
    /// <summary>The keys of the root, of 2017 and of 2024, as IANA publishes them (RFC 7958 §2.1).</summary>
    public static ImmutableArray<TrustAnchor> Root { get; } =
    [
        OfRoot(20326, "E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D"),
        OfRoot(38696, "683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16"),
    ];

    private static TrustAnchor OfRoot(ushort keyTag, string digest) =>
        new(DnsName.Root, new DelegationSigner(keyTag, Algorithm: 8, DigestType: 2, Convert.FromHexString(digest)));
}
