using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging;
using Waxseal.Inputs;
using Waxseal.Storage;
using Waxseal.Storage.Reports;

namespace Waxseal.ReportIntake.Smtp;

/// <summary>Takes the reports of a whole mail into the store, and gives the answer to it. What is answered with 250 is on disk.</summary>
/// <param name="channel">By which way it came.</param>
/// <param name="mails">Takes mails in, with the proof of who sent them.</param>
/// <param name="gate">Gives turns for what is unpacked.</param>
/// <param name="limits">How many are taken.</param>
/// <param name="clock">Tells when.</param>
/// <param name="logger">Where it logs.</param>
internal sealed class MailDelivery(Channel channel, MailIntake mails, UnpackingGate gate, RateLimits limits, TimeProvider clock, ILogger logger)
{
    private readonly string _name = channel.ToString().ToLowerInvariant();

    /// <summary>Takes a mail.</summary>
    /// <param name="mail">The mail as it came.</param>
    /// <param name="source">From where; null from this machine.</param>
    /// <param name="cancellationToken">Ends the wait for a place; what has its place is stored.</param>
    public async Task<Reply> TakeAsync(ReadOnlyMemory<byte> mail, IPAddress? source, CancellationToken cancellationToken)
    {
        if (source is not null && !limits.AllowsReportFrom(source))
        {
            IntakeMetrics.Refused(channel, RefusalKind.TooManyFromSource);
            return Reply.TooMany.With("This address sends more reports than are taken; send it again in a minute");
        }

        try
        {
            return await gate.RunAsync(() => MailReports.In(new ReportOrigin("the mail"), mail), results => StoreAsync(results, mail, source, cancellationToken), cancellationToken);
        }
        catch (StoreUnavailableException fault)
        {
            IntakeMetrics.Refused(channel, RefusalKind.StoreUnavailable);
            logger.StoreUnavailable(_name, fault.Message);
            return Reply.StoreUnavailable;
        }
    }

    private async Task<Reply> StoreAsync(IntakeResult[] results, ReadOnlyMemory<byte> mail, IPAddress? source, CancellationToken cancellationToken)
    {
        // By LMTP our own mail server hands mails over; by SMTP it may be anybody, who can write any result into his mail.
        string origin = source?.ToString() ?? "this machine";
        ImmutableArray<Received> received = await mails.TakeAsync(results, mail, channel, origin, clock.GetUtcNow(), heedsRelays: channel == Channel.Lmtp, cancellationToken);
        foreach (Received one in received)
            logger.Tell(_name, origin, one);
        if (received.FirstOrDefault(one => one is Received.Later) is Received.Later { Kind: var kind, Reason: var wait })
            return (kind == RefusalKind.KeyUnavailable ? Reply.KeyUnavailable : Reply.TooMany).With($"{wait}; send it again later");
        if (received.FirstOrDefault(one => one is Received.Refused) is Received.Refused { Reason: var reason })
            return Reply.NoReport.With(reason);
        return received.OfType<Received.Kept>().FirstOrDefault(kept => kept.Why is not null) is { Why.Reason: var why, Receipt.State: var state }
            ? Reply.Stored.With($"The report is stored as {state.ToWord()} and does not count. {why}")
            : Reply.Stored;
    }
}
