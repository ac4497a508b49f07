using System.Collections.Immutable;
using Waxseal.Inputs;
using Waxseal.ReportIntake.Authenticity;
using Waxseal.Storage.Reports;

namespace Waxseal.ReportIntake;

/// <summary>Takes in one mail of whatever channel: what it holds, with the proof of who sent it.</summary>
internal sealed class MailIntake(ReportReceiver receiver, SenderProof proof, TimeProvider clock)
{
    // RFC 6376 §6.1.2: what DNS does not tell now it may tell later. Senders keep a mail for days; a sender without DNS for a whole day has no proof.
    private static readonly TimeSpan PatienceWithDns = TimeSpan.FromDays(1);

    /// <summary>Takes a mail in; when it returns, all that is told as kept is on disk.</summary>
    /// <param name="mail">The mail as it came.</param>
    /// <param name="channel">How it came.</param>
    /// <param name="origin">From where, for people.</param>
    /// <param name="receivedAt">When it came here first; null when nobody knows.</param>
    /// <param name="heedsRelays">
    /// Whether it came by way of the relays that are trusted; a stranger who hands it over himself can write any result into it.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; what has its place in the queue is stored.</param>
    /// <exception cref="Waxseal.Storage.StoreUnavailableException">The database cannot be used now; the mail may be taken in again.</exception>
    public async Task<ImmutableArray<Received>> TakeAsync(
        ReadOnlyMemory<byte> mail, Channel channel, string origin, DateTimeOffset? receivedAt, bool heedsRelays, CancellationToken cancellationToken) =>
        await TakeAsync(MailReports.In(new ReportOrigin("the mail"), mail), mail, channel, origin, receivedAt, heedsRelays, cancellationToken);

    /// <summary>The same, for a mail that has been taken apart.</summary>
    public async Task<ImmutableArray<Received>> TakeAsync(
        IEnumerable<IntakeResult> results, ReadOnlyMemory<byte> mail, Channel channel, string origin, DateTimeOffset? receivedAt, bool heedsRelays, CancellationToken cancellationToken)
    {
        MailProofs proofs = new(proof, clock);
        ImmutableArray<Received>.Builder received = ImmutableArray.CreateBuilder<Received>();
        foreach (IntakeResult result in results)
        {
            Arrival arrival = await proofs.ArrivalOfAsync(result, channel, origin, receivedAt, heedsRelays, "nothing in the mail is a report", cancellationToken);
            if (proofs.MayYetBeProved && clock.GetUtcNow() - receivedAt < PatienceWithDns)
            {
                received.Add(new Received.Later(RefusalKind.KeyUnavailable, $"It cannot be proved now who sent the report: {arrival.TrustReason}"));
                IntakeMetrics.Refused(channel, RefusalKind.KeyUnavailable);
                continue;
            }

            received.AddRange(await receiver.TakeAsync([result], mail, arrival, cancellationToken));
        }

        return received.ToImmutable();
    }
}
