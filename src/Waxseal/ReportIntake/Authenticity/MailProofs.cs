using Waxseal.Inputs;
using Waxseal.Mail;
using Waxseal.Storage.Reports;

namespace Waxseal.ReportIntake.Authenticity;

/// <summary>
/// The arrivals of what is found in mails and files: each report is proved by the innermost mail that carries it, so that
/// one that was passed on as an attachment keeps the proof of its sender.
/// </summary>
internal sealed class MailProofs(SenderProof proof, TimeProvider clock)
{
    // A mail may hold many; the time for one of them is bounded, and so is their number.
    private const int MaxMails = 5;

    private readonly Dictionary<ReportMail, SenderVerdict> _verdicts = new(ReferenceEqualityComparer.Instance);
    private (string File, int? Message) _place;

    /// <summary>Whether DNS was at fault for what the last arrival lacks, so that the same mail may prove more later.</summary>
    public bool MayYetBeProved { get; private set; }

    /// <summary>The arrival of a thing that was found.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="channel">How it came.</param>
    /// <param name="origin">From where, for people.</param>
    /// <param name="receivedAt">When its mail came here first; null when nobody knows.</param>
    /// <param name="heedsRelays">Whether its mail came by way of the relays that are trusted.</param>
    /// <param name="otherwise">What trust rests on if it did not come in a mail.</param>
    /// <param name="cancellationToken">Ends the wait for DNS with an exception.</param>
    public async Task<Arrival> ArrivalOfAsync(
        IntakeResult result, Channel channel, string origin, DateTimeOffset? receivedAt, bool heedsRelays, string otherwise, CancellationToken cancellationToken)
    {
        Arrival arrival = new(clock.GetUtcNow(), channel, origin) { TrustReason = otherwise };
        MayYetBeProved = false;
        if (result.Origin.Mail is not { Bytes.IsEmpty: false } mail)
            return arrival;

        if (_place != (result.Origin.File, result.Origin.Message))
            _verdicts.Clear();
        _place = (result.Origin.File, result.Origin.Message);
        SenderVerdict verdict = await VerdictOfAsync(mail, receivedAt, heedsRelays, cancellationToken);
        MayYetBeProved = verdict.MayYetBeProved;
        return arrival with { Trust = verdict.Trust, TrustReason = verdict.Reason, Submitter = verdict.Submitter };
    }

    // What a mail that lies in another was told by relays, anybody may have written who packed it there; nor is it known when it came.
    private async Task<SenderVerdict> VerdictOfAsync(ReportMail mail, DateTimeOffset? receivedAt, bool heedsRelays, CancellationToken cancellationToken)
    {
        if (_verdicts.TryGetValue(mail, out SenderVerdict? known))
            return known;
        if (_verdicts.Count == MaxMails)
            return new(Trust.Unverified, $"of the mails in one mail no more than {MaxMails} are looked at", null);
        return _verdicts[mail] = await proof.ProveAsync(mail.Bytes, mail.IsEnclosed ? null : receivedAt, heedsRelays && !mail.IsEnclosed, cancellationToken);
    }
}
