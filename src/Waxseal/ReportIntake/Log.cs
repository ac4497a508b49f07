using Microsoft.Extensions.Logging;
using Waxseal.Storage.Reports;

namespace Waxseal.ReportIntake;

/// <summary>ReportIntake events, 1100-1199.</summary>
internal static partial class Log
{
    /// <summary>Tells what became of a report.</summary>
    public static void Tell(this ILogger logger, string channel, string origin, Received received)
    {
        if (received is Received.Kept { Receipt: var receipt, Why: var why })
        {
            logger.ReportStored(channel, origin, receipt.Key.PolicyDomain, receipt.State.ToWord(), receipt.Outcome.ToWord());
            if (why is not null)
                logger.ReportDoesNotCount(channel, origin, receipt.Key.PolicyDomain, receipt.State.ToWord(), why.Reason);
        }
        else if (received is Received.Refused { Reason: var reason })
        {
            logger.ReportRefused(channel, origin, reason);
        }
        else if (received is Received.Later { Reason: var limit })
        {
            logger.ReportRefused(channel, origin, limit);
        }
    }

    [LoggerMessage(1101, LogLevel.Information, "Report stored channel={Channel} origin={Origin} policy_domain={PolicyDomain} state={State} outcome={Outcome}")]
    private static partial void ReportStored(this ILogger logger, string channel, string origin, string policyDomain, string state, string outcome);

    [LoggerMessage(1102, LogLevel.Warning, "Report refused channel={Channel} origin={Origin} reason={Reason}")]
    private static partial void ReportRefused(this ILogger logger, string channel, string origin, string reason);

    [LoggerMessage(1103, LogLevel.Error, "Store unavailable channel={Channel} reason={Reason}")]
    public static partial void StoreUnavailable(this ILogger logger, string channel, string reason);

    [LoggerMessage(1104, LogLevel.Error, "Folder unreadable folder={Folder} reason={Reason}")]
    public static partial void FolderUnreadable(this ILogger logger, string folder, string reason);

    [LoggerMessage(1105, LogLevel.Warning, "Report does not count channel={Channel} origin={Origin} policy_domain={PolicyDomain} state={State} reason={Reason}")]
    private static partial void ReportDoesNotCount(this ILogger logger, string channel, string origin, string policyDomain, string state, string reason);

    [LoggerMessage(1121, LogLevel.Debug, "Mail session ended role={Role} origin={Origin} reason={Reason}")]
    public static partial void SessionEnded(this ILogger logger, string role, string origin, string reason);

    [LoggerMessage(1122, LogLevel.Error, "Mail session failed role={Role} origin={Origin}")]
    public static partial void SessionFailed(this ILogger logger, string role, string origin, Exception fault);

    [LoggerMessage(1123, LogLevel.Warning, "Connection not accepted role={Role} reason={Reason}")]
    public static partial void ConnectionNotAccepted(this ILogger logger, string role, string reason);

    [LoggerMessage(1130, LogLevel.Information, "Mailbox opened mailbox={Mailbox} folder={Folder}")]
    public static partial void MailboxOpened(this ILogger logger, string mailbox, string folder);

    [LoggerMessage(1131, LogLevel.Warning, "Mailbox unavailable mailbox={Mailbox} reason={Reason} wait={Wait}")]
    public static partial void MailboxUnavailable(this ILogger logger, string mailbox, string reason, TimeSpan wait);

    [LoggerMessage(1132, LogLevel.Error, "Mailbox login refused mailbox={Mailbox} reason={Reason}")]
    public static partial void MailboxLoginRefused(this ILogger logger, string mailbox, string reason);

    [LoggerMessage(1133, LogLevel.Warning, "Mail too large mailbox={Mailbox} uid={Uid} bytes={Bytes}")]
    public static partial void MailTooLarge(this ILogger logger, string mailbox, uint uid, uint bytes);

    [LoggerMessage(1140, LogLevel.Error, "Maildir file unreadable file={File} reason={Reason}")]
    public static partial void MaildirFileUnreadable(this ILogger logger, string file, string reason);
}
