using System.Net;
using Microsoft.Extensions.Logging;

namespace Waxseal.Dashboard;

/// <summary>Dashboard events, 1700-1799.</summary>
internal static partial class Log
{
    [LoggerMessage(1701, LogLevel.Error, "Page failed by a fault of waxseal path={Path}")]
    public static partial void PageFailed(this ILogger logger, string path, Exception fault);

    [LoggerMessage(1702, LogLevel.Warning, "Request refused path={Path} reason={Reason}")]
    public static partial void RequestRefused(this ILogger logger, string path, string reason);

    [LoggerMessage(1703, LogLevel.Information, "Report parsed again report={Report} by={By} outcome={Outcome}")]
    public static partial void ReportParsedAgain(this ILogger logger, string report, string by, string outcome);

    [LoggerMessage(1721, LogLevel.Error, "Pages wait for the store reason={Reason}")]
    public static partial void PagesStoreUnavailable(this ILogger logger, string reason);

    [LoggerMessage(1730, LogLevel.Information, "Logged in account={Account} source={Source}")]
    public static partial void LoggedIn(this ILogger logger, string account, IPAddress source);

    [LoggerMessage(1731, LogLevel.Warning, "Login failed account={Account} source={Source} reason={Reason}")]
    public static partial void LoginFailed(this ILogger logger, string account, IPAddress source, string reason);

    [LoggerMessage(1732, LogLevel.Warning, "Account locked for a while account={Account} source={Source} wait={Wait}")]
    public static partial void AccountLocked(this ILogger logger, string account, IPAddress source, long wait);

    [LoggerMessage(1733, LogLevel.Warning, "Address locked for a while source={Source} wait={Wait}")]
    public static partial void SourceLocked(this ILogger logger, IPAddress source, long wait);

    [LoggerMessage(1734, LogLevel.Information, "Logged out account={Account}")]
    public static partial void LoggedOut(this ILogger logger, string account);

    [LoggerMessage(1735, LogLevel.Warning, "Token refused source={Source}")]
    public static partial void TokenRefused(this ILogger logger, IPAddress source);

    [LoggerMessage(1736, LogLevel.Warning, "Form refused path={Path} source={Source} reason={Reason}")]
    public static partial void FormRefused(this ILogger logger, string path, IPAddress source, string reason);

    [LoggerMessage(1737, LogLevel.Warning, "Proxy names an account that is not there account={Account}")]
    public static partial void ProxyUserUnknown(this ILogger logger, string account);

    [LoggerMessage(1738, LogLevel.Information, "Password changed account={Account} source={Source}")]
    public static partial void PasswordChanged(this ILogger logger, string account, IPAddress source);

    [LoggerMessage(1739, LogLevel.Information, "One-time codes began account={Account} source={Source}")]
    public static partial void TotpBegan(this ILogger logger, string account, IPAddress source);

    [LoggerMessage(1740, LogLevel.Warning, "One-time codes ended account={Account} source={Source}")]
    public static partial void TotpEnded(this ILogger logger, string account, IPAddress source);

    [LoggerMessage(1741, LogLevel.Warning, "Provider of logins not usable issuer={Issuer} reason={Reason}")]
    public static partial void ProviderUnusable(this ILogger logger, string issuer, string reason);
    [LoggerMessage(1750, LogLevel.Information, "Token made by={By} token={Token} scope={Scope} tenant={Tenant}")]
    public static partial void TokenMade(this ILogger logger, string by, string token, string scope, string tenant);

    [LoggerMessage(1751, LogLevel.Information, "Token removed by={By} token={Token}")]
    public static partial void TokenRemoved(this ILogger logger, string by, string token);

    [LoggerMessage(1752, LogLevel.Information, "Account made by={By} account={Account} role={Role} tenant={Tenant}")]
    public static partial void AccountMade(this ILogger logger, string by, string account, string role, string tenant);

    [LoggerMessage(1753, LogLevel.Warning, "Account removed by={By} account={Account}")]
    public static partial void AccountRemoved(this ILogger logger, string by, string account);

    [LoggerMessage(1754, LogLevel.Warning, "Role set by={By} account={Account} role={Role}")]
    public static partial void RoleSet(this ILogger logger, string by, string account, string role);

    [LoggerMessage(1755, LogLevel.Warning, "Password set by={By} account={Account}")]
    public static partial void PasswordSet(this ILogger logger, string by, string account);

    [LoggerMessage(1756, LogLevel.Warning, "One-time codes reset by={By} account={Account}")]
    public static partial void TotpReset(this ILogger logger, string by, string account);

    [LoggerMessage(1757, LogLevel.Information, "Lock lifted by={By} account={Account}")]
    public static partial void LockLifted(this ILogger logger, string by, string account);

    [LoggerMessage(1758, LogLevel.Warning, "Tenant given policy domains by={By} tenant={Tenant} policy_domains={PolicyDomains}")]
    public static partial void TenantWidened(this ILogger logger, string by, string tenant, string policyDomains);

    [LoggerMessage(1759, LogLevel.Information, "Tenant lost policy domains by={By} tenant={Tenant} policy_domains={PolicyDomains}")]
    public static partial void TenantNarrowed(this ILogger logger, string by, string tenant, string policyDomains);

    [LoggerMessage(1760, LogLevel.Information, "Tenant removed by={By} tenant={Tenant}")]
    public static partial void TenantRemoved(this ILogger logger, string by, string tenant);

    [LoggerMessage(1761, LogLevel.Information, "Alert route tested by={By} route={Route} sent={Sent} answer={Answer}")]
    public static partial void RouteTested(this ILogger logger, string by, string route, bool sent, string answer);

    [LoggerMessage(1762, LogLevel.Warning, "Store cleaned by={By} bodies={Bodies} reports={Reports} documents={Documents} looks={Looks} values={Values} alerts={Alerts} findings={Findings}")]
    public static partial void StoreCleaned(this ILogger logger, string by, long bodies, long reports, long documents, long looks, long values, long alerts, long findings);
}
