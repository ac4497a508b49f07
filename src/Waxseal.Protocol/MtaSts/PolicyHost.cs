using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.MtaSts;

/// <summary>Where the policy of a policy domain is served (RFC 8461 §3.2).</summary>
public static class PolicyHost
{
    /// <summary>The path of the policy.</summary>
    public const string Path = "/.well-known/mta-sts.txt";

    /// <summary>
    /// The name of the policy host, <c>mta-sts.&lt;policy domain&gt;</c>; null when it would be too long for a name.
    /// </summary>
    public static DomainName? NameFor(DomainName policyDomain) =>
        DomainName.TryParseALabels(policyDomain.Below("mta-sts"), out DomainName? name, out _) ? name : null;

    /// <summary>The address to GET; null when the policy host can have no name.</summary>
    // RFC 8461 §3.3: HTTPS alone, so there is no other scheme to choose.
    public static Uri? AddressFor(DomainName policyDomain) =>
        NameFor(policyDomain) is { } name ? new Uri($"https://{name}{Path}") : null;
}
