using System.Collections.Immutable;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using Microsoft.Extensions.Logging;
using Waxseal.Mail;
using Waxseal.Storage.Reports;

namespace Waxseal.ReportIntake.Mailbox;

/// <summary>
/// One connection to a mailbox. A mail leaves the folder when what it holds is on disk, and not before; whatever goes wrong
/// ends the session, and the next one finds the mail again. The store knows what it has.
/// </summary>
internal sealed class MailboxSession(MailboxOptions options, MailIntake intake, TimeProvider clock, ILogger logger) : IDisposable
{
    private const int MailsAtOnce = 100;

    // RFC 2177 §3: to be renewed before 29 minutes are over; gateways forget connections sooner.
    private static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(9);

    private readonly MailboxClient _client = new(options);
    private IMailFolder _folder = null!;
    private IMailFolder _stored = null!;
    private IMailFolder _unreadable = null!;
    private CancellationTokenSource _changed = new();

    /// <summary>Connects and finds the folders; those that mails are moved to are made if they are missing.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _client.OpenAsync(cancellationToken);
        _folder = await _client.FolderAsync(options.Folder, isMade: false, cancellationToken);
        _stored = options.Delete ? _folder : await _client.FolderAsync(options.StoredFolder, isMade: true, cancellationToken);
        _unreadable = await _client.FolderAsync(options.UnreadableFolder, isMade: true, cancellationToken);
        _folder.CountChanged += (_, _) => _changed.Cancel();
        await _folder.OpenAsync(FolderAccess.ReadWrite, cancellationToken);
        logger.MailboxOpened(options.Name, options.Folder);
    }

    /// <summary>Takes in all mails of the folder.</summary>
    /// <returns>Whether some are left for later.</returns>
    public async Task<bool> TakeAllAsync(CancellationToken cancellationToken)
    {
        _changed.Dispose();
        _changed = new();
        bool isLeft = false;
        foreach (UniqueId[] uids in (await _folder.SearchAsync(SearchQuery.NotDeleted, cancellationToken)).Chunk(MailsAtOnce))
        {
            IList<IMessageSummary> mails = await _folder.FetchAsync(uids, MessageSummaryItems.UniqueId | MessageSummaryItems.Size | MessageSummaryItems.InternalDate, cancellationToken);
            foreach (IMessageSummary mail in mails)
                isLeft |= !await TakeAsync(mail, cancellationToken);
        }

        return isLeft;
    }

    /// <summary>Waits until there may be more.</summary>
    public async Task WaitAsync(bool isLeft, CancellationToken cancellationToken)
    {
        if (options.Idle && !isLeft && _client.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            await _client.IdleAsync(LongestIdle, clock, _changed.Token, cancellationToken);
            return;
        }

        await Task.Delay(options.Every, clock, cancellationToken);
        await _client.NoOpAsync(cancellationToken);
    }

    public void Dispose()
    {
        // Whatever is under way is broken off; nothing is lost by that.
        _client.Dispose();
        _changed.Dispose();
    }

    private async Task<bool> TakeAsync(IMessageSummary mail, CancellationToken cancellationToken)
    {
        string origin = $"{options.Name}, folder {options.Folder}, UID {mail.UniqueId.Validity}/{mail.UniqueId.Id}";
        if (mail.Size > MailLimits.Bytes)
        {
            logger.MailTooLarge(options.Name, mail.UniqueId.Id, mail.Size.Value);
            await MoveAsync(mail.UniqueId, _unreadable, cancellationToken);
            return true;
        }

        if (await ReadAsync(mail.UniqueId, cancellationToken) is not { } bytes)
            return true;
        ImmutableArray<Received> received = await intake.TakeAsync(bytes, Channel.Imap, origin, mail.InternalDate, heedsRelays: true, cancellationToken);
        foreach (Received one in received)
            logger.Tell("imap", origin, one);
        if (received.Any(one => one is Received.Later))
            return false;

        bool isStored = received.All(one => one is Received.Kept);
        if (isStored && options.Delete)
            await DeleteAsync(mail.UniqueId, cancellationToken);
        else
            await MoveAsync(mail.UniqueId, isStored ? _stored : _unreadable, cancellationToken);
        return true;
    }

    /// <summary>The bytes of a mail, no more than are ever read; null when somebody else has removed it.</summary>
    private async Task<byte[]?> ReadAsync(UniqueId uid, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream stream = await _folder.GetStreamAsync(uid, 0, MailLimits.Bytes, cancellationToken);
            using MemoryStream bytes = new();
            await stream.CopyToAsync(bytes, cancellationToken);
            return bytes.ToArray();
        }
        catch (MessageNotFoundException)
        {
            // MailKit has no other way to say so.
            return null;
        }
    }

    private async Task MoveAsync(UniqueId uid, IMailFolder target, CancellationToken cancellationToken)
    {
        RequireSameValidity(uid);

        // RFC 6851 §3.1: MOVE is all or nothing.
        if (_client.Capabilities.HasFlag(ImapCapabilities.Move))
        {
            await _folder.MoveToAsync(uid, target, cancellationToken);
            return;
        }

        await _folder.CopyToAsync(uid, target, cancellationToken);
        await DeleteAsync(uid, cancellationToken);
    }

    // RFC 4315 §2.1: UID EXPUNGE removes this one mail. Without it the mail stays, marked as deleted, and is passed over from
    // then on: EXPUNGE would also remove what others have marked.
    private async Task DeleteAsync(UniqueId uid, CancellationToken cancellationToken)
    {
        RequireSameValidity(uid);
        await _folder.AddFlagsAsync(uid, MessageFlags.Deleted, silent: true, cancellationToken);
        if (_client.Capabilities.HasFlag(ImapCapabilities.UidPlus))
            await _folder.ExpungeAsync([uid], cancellationToken);
    }

    // RFC 9051 §2.3.1.1: when UIDVALIDITY changes, a UID names another mail.
    private void RequireSameValidity(UniqueId uid)
    {
        if (uid.Validity != 0 && uid.Validity != _folder.UidValidity)
            throw new IOException("the server numbers its mails anew (UIDVALIDITY)");
    }
}
