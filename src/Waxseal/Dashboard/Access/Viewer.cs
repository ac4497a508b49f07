using System.Collections.Immutable;

namespace Waxseal.Dashboard.Access;

/// <summary>Who asks, and what they may see and do.</summary>
/// <param name="Name">The name of the account or token.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Tenant">The tenant they belong to; null for those who run this server, who see all.</param>
/// <param name="PolicyDomains">The policy domains of the tenant, each with all below it.</param>
internal sealed record Viewer(string Name, ViewerRole Role, string? Tenant, ImmutableArray<string> PolicyDomains)
{
    /// <summary>Whoever sits at this machine, where there are no accounts.</summary>
    public static Viewer Local { get; } = new("this machine", ViewerRole.Owner, null, []);

    /// <summary>Whether they may see what is stored of a policy domain.</summary>
    public bool Sees(string policyDomain) => Tenant is null || PolicyDomains.Any(own =>
        policyDomain == own || (policyDomain.Length > own.Length && policyDomain.EndsWith(own, StringComparison.Ordinal) && policyDomain[^(own.Length + 1)] == '.'));
}

/// <summary>What somebody may do; each may also do what those before it may.</summary>
internal enum ViewerRole
{
    /// <summary>See.</summary>
    Viewer,

    /// <summary>Look at policy domains, read reports again, add reports.</summary>
    Operator,

    /// <summary>Change accounts, tokens and tenants.</summary>
    Owner,
}
