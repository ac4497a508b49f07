using Microsoft.Extensions.Logging;

namespace Waxseal.Alerts;

/// <summary>Alerts events, 1500-1599.</summary>
internal static partial class Log
{
    [LoggerMessage(1501, LogLevel.Warning, "Alert raised kind={Kind} policy_domain={PolicyDomain} subject={Subject}")]
    public static partial void AlertRaised(this ILogger logger, string kind, string policyDomain, string subject);

    [LoggerMessage(1502, LogLevel.Warning, "Alert sustained kind={Kind} policy_domain={PolicyDomain} subject={Subject}")]
    public static partial void AlertSustained(this ILogger logger, string kind, string policyDomain, string subject);

    [LoggerMessage(1503, LogLevel.Information, "Alert cleared kind={Kind} policy_domain={PolicyDomain} subject={Subject}")]
    public static partial void AlertCleared(this ILogger logger, string kind, string policyDomain, string subject);

    [LoggerMessage(1511, LogLevel.Information, "Alert message sent route={Route} type={Type} id={Id} answer={Answer}")]
    public static partial void MessageSent(this ILogger logger, string route, string type, string id, string answer);

    [LoggerMessage(1512, LogLevel.Warning, "Alert route failed route={Route} messages={Messages} reason={Reason} wait={Wait}")]
    public static partial void RouteFailed(this ILogger logger, string route, int messages, string reason, TimeSpan wait);

    [LoggerMessage(1513, LogLevel.Error, "Alert messages given up route={Route} messages={Messages} reason={Reason}")]
    public static partial void MessagesGivenUp(this ILogger logger, string route, int messages, string reason);

    [LoggerMessage(1521, LogLevel.Error, "Alerts wait for the store reason={Reason}")]
    public static partial void AlertsStoreUnavailable(this ILogger logger, string reason);
}
