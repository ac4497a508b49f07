using System.Collections.Immutable;
using Waxseal.Hosting;
using Waxseal.Hosting.Control;
using Waxseal.Hosting.Sending;
using Waxseal.Storage.Reports;

namespace Waxseal.Dashboard;

/// <summary>What the pages are told of the configuration and of the roles beside them, each time as it is now.</summary>
internal sealed record Installation
{
    /// <summary>The configuration as a file would have it, secrets not shown.</summary>
    public Func<ImmutableArray<string>> Configuration { get; init; } = () => [];

    /// <summary>The roles that run.</summary>
    public Func<ImmutableArray<RoleStatus>> Running { get; init; } = () => [];

    /// <summary>What this version makes of a stored report and its bytes.</summary>
    public Func<StoredReport, byte[], ArrivedReport> Parse { get; init; } = (_, _) => throw new InvalidOperationException("Nobody parses reports here.");

    /// <summary>The database, and how long what is in it is kept.</summary>
    public Func<StoreOptions> Store { get; init; } = () => new();

    /// <summary>What is looked at; null when nothing is.</summary>
    public Func<LookPlan?> Looks { get; init; } = () => null;

    /// <summary>The policy domains whose reports count, with all below them; all when there are none.</summary>
    public Func<ImmutableArray<string>> OwnDomains { get; init; } = () => [];

    /// <summary>The ways on which people are told of alerts.</summary>
    public Func<ImmutableArray<RouteDescription>> Routes { get; init; } = () => [];

    /// <summary>Sends a test on a route, by its name; null when there is no such route.</summary>
    public Func<string, CancellationToken, Task<SendAnswer?>> TestRoute { get; init; } = (_, _) => Task.FromResult<SendAnswer?>(null);
}

/// <summary>What is looked at again and again.</summary>
/// <param name="PolicyDomains">The policy domains.</param>
/// <param name="Interval">How long after one look the next is due.</param>
internal sealed record LookPlan(ImmutableArray<string> PolicyDomains, TimeSpan Interval);
