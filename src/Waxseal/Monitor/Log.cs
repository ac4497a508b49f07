using Microsoft.Extensions.Logging;

namespace Waxseal.Monitor;

/// <summary>Monitor events, 1200-1299.</summary>
internal static partial class Log
{
    [LoggerMessage(1201, LogLevel.Information, "Policy domain looked at policy_domain={PolicyDomain} standing={Standing} errors={Errors} warnings={Warnings} elapsed_ms={ElapsedMs}")]
    public static partial void LookedAt(this ILogger logger, string policyDomain, string standing, int errors, int warnings, long elapsedMs);

    [LoggerMessage(1202, LogLevel.Information, "Change seen policy_domain={PolicyDomain} kind={Kind} subject={Subject}")]
    public static partial void ChangeSeen(this ILogger logger, string policyDomain, string kind, string subject);

    [LoggerMessage(1203, LogLevel.Warning, "Policy domain could not be looked at policy_domain={PolicyDomain} reason={Reason}")]
    public static partial void NotLookedAt(this ILogger logger, string policyDomain, string reason);

    [LoggerMessage(1204, LogLevel.Warning, "Look too late, another process has the policy domain now policy_domain={PolicyDomain}")]
    public static partial void LookTooLate(this ILogger logger, string policyDomain);

    [LoggerMessage(1205, LogLevel.Error, "Look failed policy_domain={PolicyDomain}")]
    public static partial void LookFailed(this ILogger logger, string policyDomain, Exception fault);

    [LoggerMessage(1206, LogLevel.Error, "Store unavailable, nothing is looked at reason={Reason}")]
    public static partial void StoreUnavailable(this ILogger logger, string reason);
}
