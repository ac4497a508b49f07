using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Waxseal.Storage.Alerts;

namespace Waxseal.Answers;

/// <summary>What people were told of. Members are only ever added; <c>version</c> changes when one must go.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Open">The alerts that are open, newest first.</param>
/// <param name="Past">Those that are over, latest first.</param>
/// <param name="Routes">How each route fares.</param>
internal sealed record AlertListJson(int Version, ImmutableArray<AlertJson> Open, ImmutableArray<AlertJson> Past, ImmutableArray<AlertRouteJson> Routes)
{
    public static AlertListJson Of(IEnumerable<Alert> open, IEnumerable<Alert> past, IEnumerable<RouteRecord> routes) =>
        new(1, [.. open.Select(AlertJson.Of)], [.. past.Select(AlertJson.Of)], [.. routes.Select(AlertRouteJson.Of)]);
}

/// <summary>An alert.</summary>
/// <param name="AlertId">By what it is known.</param>
/// <param name="Event">What was last to be told: raised, sustained or cleared.</param>
/// <param name="At">When that was.</param>
/// <param name="Kind">What kind of thing is the matter.</param>
/// <param name="PolicyDomain">The policy domain; empty when it is about the intake of reports as a whole.</param>
/// <param name="Subject">What within the policy domain.</param>
/// <param name="Urgent">Whether it may wake people.</param>
/// <param name="Title">One line.</param>
/// <param name="InShort">What is the matter, in a few sentences.</param>
/// <param name="Remedy">What to do first.</param>
/// <param name="Details">All there is to say, in paragraphs.</param>
/// <param name="Sessions">The sessions it rests on.</param>
/// <param name="Failed">Those of them that failed.</param>
/// <param name="State">What the alert is: raised, sustained or cleared.</param>
/// <param name="RaisedAt">When it was raised.</param>
/// <param name="Returns">How often the same was raised and cleared shortly before.</param>
internal sealed record AlertJson(
    string AlertId, string Event, DateTimeOffset At, string Kind, string PolicyDomain, string Subject, bool Urgent, string Title, string InShort, string Remedy, string Details,
    long Sessions, long Failed, string State, DateTimeOffset RaisedAt, int Returns)
{
    /// <summary>The first UTC day it speaks of; absent where it speaks of none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? FirstDay { get; init; }

    /// <summary>The last UTC day it speaks of.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? LastDay { get; init; }

    /// <summary>Since when nothing is the matter any more, while it is not cleared yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? CalmSince { get; init; }

    /// <summary>When it was cleared.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ClearedAt { get; init; }

    public static AlertJson Of(Alert alert)
    {
        AlertText text = alert.Latest.Text;
        return new(
            alert.Id, alert.Latest.State.ToWord(), alert.Latest.At, alert.Key.Kind.ToWord(), alert.Key.PolicyDomain, alert.Key.Subject, alert.IsUrgent, text.Title, text.InShort, text.Remedy, text.Details,
            text.Sessions, text.Failed, alert.State.ToWord(), alert.RaisedAt, alert.Returns)
        {
            FirstDay = text.FirstDay,
            LastDay = text.LastDay,
            CalmSince = alert.ClearedAt is null ? alert.CalmSince : null,
            ClearedAt = alert.ClearedAt,
        };
    }
}

/// <summary>How a route of alerts fares.</summary>
/// <param name="Route">The route.</param>
/// <param name="Sent">Messages that were sent.</param>
/// <param name="Waiting">Messages that wait.</param>
/// <param name="GivenUp">Messages that were given up.</param>
internal sealed record AlertRouteJson(string Route, long Sent, long Waiting, long GivenUp)
{
    /// <summary>When a message was last sent; absent when none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastSentAt { get; init; }

    /// <summary>What is wrong; absent when all is well.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Trouble { get; init; }

    public static AlertRouteJson Of(RouteRecord route) =>
        new(route.Route, route.Sent, route.Waiting, route.GivenUp) { LastSentAt = route.LastSentAt, Trouble = route.Trouble };
}
