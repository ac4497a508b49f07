namespace Waxseal.Alerts.Judgement;

/// <summary>From where on something is the matter.</summary>
internal sealed record Thresholds
{
    /// <summary>Reports of days longer past raise nothing, and keep nothing open.</summary>
    public const int StaleDays = 7;

    /// <summary>For so many days a failure must not have been seen to be new.</summary>
    public int NewAfterDays { get; init; } = 30;

    /// <summary>The share of sessions that may fail, in percent.</summary>
    public int SharePercent { get; init; } = 10;

    /// <summary>With fewer sessions a share says nothing.</summary>
    public long LeastSessions { get; init; } = 20;

    /// <summary>A reporter is large with so many sessions on an average day.</summary>
    public long LargeReporter { get; init; } = 10;

    /// <summary>For so many days on end the report of a regular reporter must be overdue.</summary>
    public int SilentDays { get; init; } = 2;

    /// <summary>For so long no report must have come at all.</summary>
    public TimeSpan IntakeSilentAfter { get; init; } = TimeSpan.FromHours(36);

    /// <summary>So long before it expires a certificate or policy is told of.</summary>
    public TimeSpan ExpiryWithin { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How many days of reports are looked at.</summary>
    public int WindowDays => NewAfterDays + 35;
}
