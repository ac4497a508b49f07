using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Demo.Story;

/// <summary>How sessions of a sender fail on a day.</summary>
/// <param name="Result">The result type it reports.</param>
/// <param name="Share">The share of its sessions that fail, 0 to 1.</param>
internal sealed record Trouble(ResultType Result, double Share = 1)
{
    /// <summary>The MX host that it names; null for none.</summary>
    public string? MxHost { get; init; }

    /// <summary>The address of that host.</summary>
    public string? MxAddress { get; init; }

    /// <summary>What it says about the reason; null for nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it never had the policy, so that its report shows none.</summary>
    public bool IsWithoutPolicy { get; init; }
}
