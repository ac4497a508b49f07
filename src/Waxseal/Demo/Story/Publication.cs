using System.Collections.Immutable;

namespace Waxseal.Demo.Story;

/// <summary>What a policy domain of the story publishes as long as nothing changes.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
internal sealed record Publication(string PolicyDomain)
{
    /// <summary>The id of the TXT record.</summary>
    public required string PolicyId { get; init; }

    /// <summary>The mode of the policy.</summary>
    public required string Mode { get; init; }

    /// <summary>How long the policy may be held, in seconds.</summary>
    public int MaxAge { get; init; } = 604_800;

    /// <summary>The MX patterns of the policy.</summary>
    public required ImmutableArray<string> MxPatterns { get; init; }

    /// <summary>The MX host.</summary>
    public required string MxHost { get; init; }

    /// <summary>The address of the MX host.</summary>
    public required string MxAddress { get; init; }

    /// <summary>The address of the policy host.</summary>
    public required string Address { get; init; }

    /// <summary>An address of the policy host at which nothing listens; null for none.</summary>
    public string? DeadAddress { get; init; }

    /// <summary>The certificate of the policy host.</summary>
    public required StoryCertificate Certificate { get; init; }

    /// <summary>The certificate of the MX host.</summary>
    public required StoryCertificate MxCertificate { get; init; }

    /// <summary>The certificate whose key the TLSA record of the MX host names; null without DANE.</summary>
    public StoryCertificate? Pinned { get; init; }

    /// <summary>The name of the policy host.</summary>
    public string PolicyHost => $"mta-sts.{PolicyDomain}";

    /// <summary>The lines of the policy.</summary>
    public ImmutableArray<string> PolicyLines => ["version: STSv1", $"mode: {Mode}", .. MxPatterns.Select(pattern => $"mx: {pattern}"), $"max_age: {MaxAge}"];
}
