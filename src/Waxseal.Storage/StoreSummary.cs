using System.Collections.Immutable;
using Waxseal.Storage.Reports;

namespace Waxseal.Storage;

/// <summary>What is in a store, in numbers.</summary>
internal sealed record StoreSummary
{
    /// <summary>How many reports there are of each kind.</summary>
    public required ImmutableArray<ReportCount> Counts { get; init; }

    /// <summary>The first day that sessions are counted for; null without any.</summary>
    public required DateOnly? FirstDay { get; init; }

    /// <summary>The last.</summary>
    public required DateOnly? LastDay { get; init; }

    /// <summary>When the newest report arrived; null without any.</summary>
    public required DateTimeOffset? NewestArrival { get; init; }

    /// <summary>How many policy domains there are sessions of.</summary>
    public required long PolicyDomains { get; init; }

    /// <summary>The policy domains with the most reports that count.</summary>
    public required ImmutableArray<DomainCount> Largest { get; init; }

    /// <summary>Octets of the database.</summary>
    public required long Size { get; init; }

    /// <summary>The last step of the schema.</summary>
    public required long SchemaStep { get; init; }

    /// <summary>All reports.</summary>
    public long Reports => Counts.Sum(count => count.Reports);
}

/// <summary>How many reports are in one state, came by one channel and are as well proved.</summary>
internal sealed record ReportCount(ReportState State, Channel Channel, Trust Trust, long Reports)
{
    /// <summary>Why those in quarantine cannot be true, or null.</summary>
    public string? Fault { get; init; }
}

/// <summary>The reports about one policy domain that count.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Reports">How many.</param>
/// <param name="NewestArrival">When the newest arrived.</param>
internal sealed record DomainCount(string PolicyDomain, long Reports, DateTimeOffset NewestArrival);
