using System.Collections.Immutable;
using Waxseal.Answers;

namespace Waxseal.Hosting;

/// <summary>The reports that this process took in last.</summary>
internal sealed class RecentReports(TimeProvider clock)
{
    private const int Kept = 5;

    private ImmutableQueue<RecentReport> _reports = [];
    private int _count;
    private readonly Lock _adding = new();

    /// <summary>The reports, the last one first.</summary>
    public ImmutableArray<RecentReport> List
    {
        get
        {
            lock (_adding)
                return [.. _reports.Reverse()];
        }
    }

    public void Add(string channel, string policyDomain, string reporter, string state, string outcome, WhyNotCounted? why)
    {
        lock (_adding)
        {
            _reports = _reports.Enqueue(new RecentReport(clock.GetUtcNow(), channel, policyDomain, reporter, state, outcome) { Reason = why?.Reason, Remedy = why?.Remedy });
            if (++_count > Kept)
                _reports = _reports.Dequeue();
        }
    }
}

/// <summary>A report that came.</summary>
/// <param name="At">When.</param>
/// <param name="Channel">How.</param>
/// <param name="PolicyDomain">What it is about.</param>
/// <param name="Reporter">Who sent it, by its own word.</param>
/// <param name="State">What it is: counted, quarantined, foreign and so on.</param>
/// <param name="Outcome">What became of it: stored, known, accepted or replaced.</param>
internal sealed record RecentReport(DateTimeOffset At, string Channel, string PolicyDomain, string Reporter, string State, string Outcome)
{
    /// <summary>Why it does not count; null when it does.</summary>
    public string? Reason { get; init; }

    /// <summary>What to do about that; null when it counts.</summary>
    public string? Remedy { get; init; }
}
