using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.History;

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

    /// <summary>The MX hosts, by preference.</summary>
    public required ImmutableArray<string> MxHosts { get; init; }

    /// <summary>The address of the policy host.</summary>
    public required string Address { get; init; }

    /// <summary>An address of the policy host at which nothing listens; null for none.</summary>
    public string? DeadAddress { get; init; }

    /// <summary>The certificates that the policy host and the MX hosts send.</summary>
    public required ImmutableArray<ObservedCertificate> Certificates { get; init; }

    /// <summary>The TLSA record of the first MX host; null without DANE.</summary>
    public string? Tlsa { get; init; }

    /// <summary>The name of the policy host.</summary>
    public string PolicyHost => $"mta-sts.{PolicyDomain}";

    /// <summary>The lines of the policy.</summary>
    public ImmutableArray<string> PolicyLines => ["version: STSv1", $"mode: {Mode}", .. MxPatterns.Select(pattern => $"mx: {pattern}"), $"max_age: {MaxAge}"];
}
