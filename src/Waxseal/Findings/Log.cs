using Microsoft.Extensions.Logging;

namespace Waxseal.Findings;

/// <summary>Findings events, 1600-1699.</summary>
internal static partial class Log
{
    [LoggerMessage(1601, LogLevel.Information, "Findings made policy_domain={PolicyDomain} reports={Reports} findings={Findings} elapsed_ms={ElapsedMs}")]
    public static partial void FindingsMade(this ILogger logger, string policyDomain, int reports, int findings, long elapsedMs);

    [LoggerMessage(1621, LogLevel.Error, "Findings wait for the store reason={Reason}")]
    public static partial void FindingsStoreUnavailable(this ILogger logger, string reason);
}
