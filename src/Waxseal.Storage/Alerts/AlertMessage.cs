namespace Waxseal.Storage.Alerts;

/// <summary>A message about an alert, on one route.</summary>
/// <param name="Key">What the alert is about.</param>
/// <param name="AlertId">The alert.</param>
/// <param name="Event">What is to be told.</param>
/// <param name="Route">The route.</param>
internal sealed record AlertMessage(AlertKey Key, string AlertId, AlertEvent Event, string Route)
{
    public required bool IsUrgent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How often it was tried, this time included.</summary>
    public required int Attempts { get; init; }

    /// <summary>With which others it was taken up.</summary>
    public required string Batch { get; init; }

    /// <summary>What receivers know it by; the same however often it is sent.</summary>
    public string Id => $"{AlertId}-{Event.Ordinal.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}

/// <summary>What became of a message.</summary>
internal enum MessageState
{
    /// <summary>It is to be sent, for the first time or again.</summary>
    Waiting,

    /// <summary>It was sent.</summary>
    Sent,

    /// <summary>It was tried for as long as it may be, in vain.</summary>
    GivenUp,
}

/// <summary>How a route fares.</summary>
/// <param name="Route">The route.</param>
/// <param name="Waiting">Messages that wait.</param>
/// <param name="Sent">Messages that were sent.</param>
/// <param name="GivenUp">Messages that were given up.</param>
/// <param name="LastSentAt">When one was last sent; null when none was.</param>
/// <param name="Trouble">What the last attempt of a message that waits brought, or of the last one given up after that; null when all is well.</param>
internal sealed record RouteRecord(string Route, long Waiting, long Sent, long GivenUp, DateTimeOffset? LastSentAt, string? Trouble);
