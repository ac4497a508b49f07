namespace Waxseal.ReportIntake.Smtp;

/// <summary>When a session has taken too long: in all, in one step, or with a large mail in memory.</summary>
internal sealed class SessionDeadline : IDisposable
{
    private readonly MailService _service;
    private readonly long _start;
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _between;
    private readonly CancellationTokenSource _within;
    private TimeSpan _end;

    /// <param name="service">Says how long is too long.</param>
    /// <param name="stopping">Ends what waits for the next mail.</param>
    /// <param name="abort">Ends what is left then.</param>
    public SessionDeadline(MailService service, CancellationToken stopping, CancellationToken abort)
    {
        _service = service;
        _start = service.Clock.GetTimestamp();
        _end = service.Timeout;
        _timer = new CancellationTokenSource(service.IdleTimeout, service.Clock);
        _within = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, abort);
        _between = CancellationTokenSource.CreateLinkedTokenSource(_within.Token, stopping);
    }

    /// <summary>Allows one more step, and gives what ends it.</summary>
    /// <param name="isInMail">Whether a mail has begun to come, which is let come to its end when the service stops.</param>
    public CancellationToken Step(bool isInMail)
    {
        TimeSpan left = _end - _service.Clock.GetElapsedTime(_start);
        left = left < _service.IdleTimeout ? left : _service.IdleTimeout;
        _timer.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        return isInMail ? _within.Token : _between.Token;
    }

    /// <summary>Wants the mail whole within a time.</summary>
    public void Narrow(TimeSpan within)
    {
        TimeSpan end = _service.Clock.GetElapsedTime(_start) + within;
        _end = end < _end ? end : _end;
    }

    /// <summary>Wants nothing more than that the session end in time.</summary>
    public void Widen() => _end = _service.Timeout;

    public void Dispose()
    {
        _between.Dispose();
        _within.Dispose();
        _timer.Dispose();
    }
}
