using Microsoft.Extensions.Logging;

namespace Waxseal.Hosting;

/// <summary>Events of the program itself, 1000-1099.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "Store opened kind={Kind} place={Place}")]
    public static partial void StoreOpened(this ILogger logger, string kind, string place);

    [LoggerMessage(1002, LogLevel.Error, "Store not opened reason={Reason}")]
    public static partial void StoreNotOpened(this ILogger logger, string reason);

    [LoggerMessage(1003, LogLevel.Information, "Role started role={Role}")]
    public static partial void RoleStarted(this ILogger logger, string role);

    [LoggerMessage(1004, LogLevel.Information, "Role stopped role={Role}")]
    public static partial void RoleStopped(this ILogger logger, string role);

    [LoggerMessage(1005, LogLevel.Information, "Listening role={Role} address={Address}")]
    public static partial void Listening(this ILogger logger, string role, string address);

    [LoggerMessage(1006, LogLevel.Information, "Configuration read again changed={Changed}")]
    public static partial void ConfigurationChanged(this ILogger logger, string changed);

    [LoggerMessage(1007, LogLevel.Error, "Configuration refused, nothing changed problem={Problem}")]
    public static partial void ConfigurationRefused(this ILogger logger, string problem);

    [LoggerMessage(1008, LogLevel.Information, "Stopping")]
    public static partial void Stopping(this ILogger logger);

    [LoggerMessage(1009, LogLevel.Error, "Role broke down by a fault of waxseal, and begins again while the others go on role={Role} wait={Wait}")]
    public static partial void RoleFailed(this ILogger logger, string role, TimeSpan wait, Exception fault);

    [LoggerMessage(1010, LogLevel.Warning, "Role did not stop in time role={Role}")]
    public static partial void RoleSlow(this ILogger logger, string role);

    [LoggerMessage(1011, LogLevel.Error, "Role not started role={Role} reason={Reason}")]
    public static partial void RoleNotStarted(this ILogger logger, string role, string reason);

    [LoggerMessage(1012, LogLevel.Warning, "Control socket not opened, waxseal ctl does not reach this process path={Path} reason={Reason}")]
    public static partial void ControlNotOpened(this ILogger logger, string path, string reason);

    [LoggerMessage(1013, LogLevel.Warning, "Control refused to a stranger user={User}")]
    public static partial void ControlRefused(this ILogger logger, uint user);

    [LoggerMessage(1014, LogLevel.Error, "Certificate unreadable, the one before is used file={File} reason={Reason}")]
    public static partial void CertificateUnreadable(this ILogger logger, string file, string reason);

    [LoggerMessage(1015, LogLevel.Warning, "Figures not pushed, it is tried again and told of when it works place={Place} reason={Reason} wait={Wait}")]
    public static partial void FiguresNotPushed(this ILogger logger, string place, string reason, TimeSpan wait);

    [LoggerMessage(1016, LogLevel.Information, "Figures pushed again place={Place} failures={Failures}")]
    public static partial void FiguresPushedAgain(this ILogger logger, string place, int failures);

    [LoggerMessage(1017, LogLevel.Warning, "No role is on, so nothing is done; add the section of one to the configuration, such as [reportIntake.https] (waxseal config describe)")]
    public static partial void NoRole(this ILogger logger);

    [LoggerMessage(1018, LogLevel.Error, "Configuration refused again, for what was told before problems={Problems}")]
    public static partial void ConfigurationRefusedAgain(this ILogger logger, int problems);
}
