using Microsoft.Extensions.Logging;

namespace Waxseal.Dashboard;

/// <summary>Dashboard events, 1700-1799.</summary>
internal static partial class Log
{
    [LoggerMessage(1701, LogLevel.Error, "Page failed by a fault of waxseal path={Path}")]
    public static partial void PageFailed(this ILogger logger, string path, Exception fault);

    [LoggerMessage(1702, LogLevel.Warning, "Request refused path={Path} reason={Reason}")]
    public static partial void RequestRefused(this ILogger logger, string path, string reason);

    [LoggerMessage(1721, LogLevel.Error, "Pages wait for the store reason={Reason}")]
    public static partial void PagesStoreUnavailable(this ILogger logger, string reason);
}
