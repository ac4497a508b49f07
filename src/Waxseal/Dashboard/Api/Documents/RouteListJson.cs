using System.Collections.Immutable;
using Waxseal.Dashboard.Managing;
using Waxseal.Hosting.Sending;

namespace Waxseal.Dashboard.Api.Documents;

/// <summary>The ways on which people are told of alerts.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Routes">The routes that are configured, and those that were and still have messages.</param>
internal sealed record RouteListJson(int Version, ImmutableArray<RouteJson> Routes)
{
    public static RouteListJson Of(ImmutableArray<RouteLine> routes) => new(1, [.. routes.Select(RouteJson.Of)]);
}

/// <summary>A route of alerts.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is: mail, webhook, chat, or gone when the configuration does not have it any more.</param>
/// <param name="Place">Where it leads, without what may be a secret; null when it is gone.</param>
/// <param name="PolicyDomains">The policy domains, with all below them, that it is told of; all when there are none.</param>
/// <param name="Sent">Messages that were sent.</param>
/// <param name="Waiting">Messages that wait.</param>
/// <param name="GivenUp">Messages that were given up.</param>
/// <param name="LastSentAt">When the last was sent; null for never.</param>
/// <param name="Trouble">What the last attempt brought that did not work; null while nothing is wrong.</param>
internal sealed record RouteJson(string Name, string Kind, string? Place, ImmutableArray<string> PolicyDomains, long Sent, long Waiting, long GivenUp, DateTimeOffset? LastSentAt, string? Trouble)
{
    public static RouteJson Of(RouteLine line) => new(
        line.Name, line.Route?.Kind ?? "gone", line.Route?.Place, line.Route?.PolicyDomains ?? [], line.Record?.Sent ?? 0, line.Record?.Waiting ?? 0, line.Record?.GivenUp ?? 0, line.Record?.LastSentAt, line.Record?.Trouble);
}

/// <summary>What came of a test of a route.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Route">The route.</param>
/// <param name="Sent">Whether the other side has it.</param>
/// <param name="Answer">What it said, or what went wrong.</param>
internal sealed record RouteTestJson(int Version, string Route, bool Sent, string Answer)
{
    public static RouteTestJson Of(string route, SendAnswer answer) => new(1, route, answer.IsSent, answer.Words);
}
