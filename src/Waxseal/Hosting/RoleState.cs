namespace Waxseal.Hosting;

/// <summary>How a role fares, for health, <c>ctl status</c> and metrics.</summary>
/// <param name="role">The role.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class RoleState(string role, TimeProvider clock)
{
    private volatile Trouble? _trouble;
    private volatile Trouble? _last;

    /// <summary>The role.</summary>
    public string Role => role;

    /// <summary>Since when it runs.</summary>
    public DateTimeOffset Since { get; } = clock.GetUtcNow();

    /// <summary>What is wrong now; null while nothing is.</summary>
    public Trouble? Trouble => _trouble;

    /// <summary>What was wrong last, though it may be over.</summary>
    public Trouble? LastTrouble => _last;

    /// <summary>Of a role with several loops the one that stands still, or else is in trouble, or else was last.</summary>
    public static RoleState WorstOf(IEnumerable<RoleState> loops) =>
        loops.MaxBy(loop => (loop.Trouble is { IsFault: true }, loop.Trouble is not null, loop.LastTrouble?.Since))!;

    /// <summary>Its loop went round, and nothing is wrong.</summary>
    public void Turn()
    {
        _trouble = null;
        HostMetrics.LoopTurned(role);
    }

    /// <summary>Something outside is not as it should be; the loop goes on and tries again.</summary>
    public void Fail(string reason) => Fail(reason, isFault: false);

    /// <summary>The loop itself broke down, by a fault of this program.</summary>
    public void Break(string reason)
    {
        Fail(reason, isFault: true);
        HostMetrics.LoopFailed(role);
    }

    private void Fail(string reason, bool isFault) =>
        _last = _trouble = new Trouble(_trouble is { } before && before.IsFault == isFault ? before.Since : clock.GetUtcNow(), reason, isFault);
}

/// <summary>What is wrong with a role.</summary>
/// <param name="Since">Since when.</param>
/// <param name="Reason">What it is, in words.</param>
/// <param name="IsFault">Whether it is a fault of this program, and its loop stands still.</param>
internal sealed record Trouble(DateTimeOffset Since, string Reason, bool IsFault);
