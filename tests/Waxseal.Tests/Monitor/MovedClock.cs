namespace Waxseal.Tests.Monitor;

/// <summary>A clock that stands until it is moved. Waits of half a minute and more end when it is moved past them; shorter ones are those of the network, and real.</summary>
internal sealed class MovedClock(DateTimeOffset start) : TimeProvider
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly Lock _guard = new();
    private readonly List<MovedTimer> _timers = [];
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_guard)
            return _now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < Long)
            return base.CreateTimer(callback, state, dueTime, period);
        lock (_guard)
        {
            MovedTimer timer = new(this, () => callback(state), _now + dueTime);
            _timers.Add(timer);
            return timer;
        }
    }

    public void Move(TimeSpan time)
    {
        MovedTimer[] due;
        lock (_guard)
        {
            _now += time;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            _timers.RemoveAll(due.Contains);
        }

        foreach (MovedTimer timer in due)
            timer.Ring();
    }

    private sealed class MovedTimer(MovedClock clock, Action ring, DateTimeOffset due) : ITimer
    {
        public DateTimeOffset Due => due;

        public void Ring() => ring();

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose()
        {
            lock (clock._guard)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
