using System.Collections.Immutable;
using System.Globalization;
using MimeKit;
using Waxseal.Net.Dns;
using Waxseal.Storage.Reports;

namespace Waxseal.ReportIntake.Authenticity;

/// <summary>
/// Proves who sent a report mail. Of its DKIM signatures those alone count whose domain belongs to the organisation that
/// submits the report; failing them, the word of a host that is trusted.
/// </summary>
/// <param name="resolver">Looks the keys up.</param>
/// <param name="trustedRelays">The hosts whose word on DKIM is taken.</param>
/// <param name="clock">Tells the time.</param>
internal sealed class SenderProof(IDnsResolver resolver, ImmutableArray<string> trustedRelays, TimeProvider clock)
{
    private const int MaxSignatures = 10;

    // Clocks differ.
    private static readonly TimeSpan Leeway = TimeSpan.FromMinutes(5);

    // Keys are replaced under the same name too, so that a signature of long ago need not fit the key of today. It costs
    // nothing to say so: whoever forges a mail can leave the signature out as well.
    private static readonly TimeSpan KeyAge = TimeSpan.FromDays(30);

    private readonly RelayWord _relays = new(trustedRelays);
    private readonly SignatureVerifier _verifier = new();
    private readonly DkimKeys _keys = new(resolver, clock);

    /// <summary>Proves who sent a mail.</summary>
    /// <param name="bytes">The mail as it came.</param>
    /// <param name="receivedAt">When it came here first; null when nobody knows, as of a file.</param>
    /// <param name="heedsRelays">
    /// Whether it came by way of the relays that are trusted; a stranger who hands it over himself can write any result into it.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for DNS with an exception.</param>
    public async Task<SenderVerdict> ProveAsync(ReadOnlyMemory<byte> bytes, DateTimeOffset? receivedAt, bool heedsRelays, CancellationToken cancellationToken)
    {
        SenderVerdict verdict = await JudgeAsync(bytes, receivedAt, heedsRelays, cancellationToken);
        IntakeMetrics.Proved(verdict.Trust);
        return verdict;
    }

    private async Task<SenderVerdict> JudgeAsync(ReadOnlyMemory<byte> bytes, DateTimeOffset? receivedAt, bool heedsRelays, CancellationToken cancellationToken)
    {
        if (!SignedMail.TryRead(bytes, out SignedMail? mail, out string? refusal))
            return new(Trust.Unverified, refusal, null);

        using (mail)
        {
            if (Submitter.Of(mail.Mail) is not { } submitter)
                return new(Trust.Unverified, "the mail does not say in TLS-Report-Submitter or From which domain sent it", null);

            string organisation = submitter.Organisation.Value;
            DkimSignature[] all = [.. mail.Fields.Where(field => field.Id == HeaderId.DkimSignature).Take(MaxSignatures).Select(DkimSignature.Of).OfType<DkimSignature>()];
            DkimSignature[] aligned = [.. all.Where(signature => submitter.Owns(signature.Domain))];
            List<(DkimSignature Signature, SignatureVerdict Verdict)> judged = await JudgeAsync(mail, aligned, receivedAt, cancellationToken);
            if (judged is [.., { Verdict: SignatureVerdict.Holds, Signature: var holding }])
                return new(Trust.Verified, $"DKIM of {holding.Domain} holds (selector {holding.Selector})", organisation);
            if (heedsRelays && _relays.Find(mail.Fields, submitter) is { } word)
                return new(Trust.Relayed, $"{word.Relay} says that DKIM of {word.Domain} held", organisation);
            return Unproved(judged, all, organisation);
        }
    }

    /// <summary>Proves who sent a mail, for the store.</summary>
    /// <param name="bytes">The mail as it came.</param>
    /// <param name="channel">How it came.</param>
    /// <param name="origin">From where, for people.</param>
    /// <param name="receivedAt">When it came here first; null when nobody knows.</param>
    /// <param name="heedsRelays">Whether it came by way of the relays that are trusted.</param>
    /// <param name="cancellationToken">Ends the wait for DNS with an exception.</param>
    public async Task<Arrival> ArrivalOfAsync(
        ReadOnlyMemory<byte> bytes, Channel channel, string origin, DateTimeOffset? receivedAt, bool heedsRelays, CancellationToken cancellationToken)
    {
        SenderVerdict verdict = await ProveAsync(bytes, receivedAt, heedsRelays, cancellationToken);
        return new(clock.GetUtcNow(), channel, origin) { Trust = verdict.Trust, TrustReason = verdict.Reason, Submitter = verdict.Submitter };
    }

    // One that may yet hold weighs more than one that does not: many senders sign twice.
    private static SenderVerdict Unproved(List<(DkimSignature Signature, SignatureVerdict Verdict)> judged, DkimSignature[] all, string organisation)
    {
        foreach ((DkimSignature signature, SignatureVerdict verdict) in judged.OrderByDescending(one => one.Verdict is SignatureVerdict.Unknown { MayYetHold: true }))
        {
            if (verdict is SignatureVerdict.Unknown { Reason: var reason, MayYetHold: var mayYetHold })
                return new(Trust.Unverified, $"DKIM of {signature.Name} proves nothing: {reason}", organisation, mayYetHold);
        }

        foreach ((DkimSignature signature, SignatureVerdict verdict) in judged)
        {
            if (verdict is SignatureVerdict.Broken { Reason: var reason })
                return new(Trust.Failed, $"DKIM of {signature.Name} does not hold: {reason}", organisation);
        }

        return new(Trust.Unverified, all.Length == 0
            ? "the mail has no DKIM signature"
            : $"the mail has DKIM signatures of {string.Join(", ", all.Select(signature => signature.Domain.Value).Distinct())}, and none of {organisation}, which submits it", organisation);
    }

    /// <summary>Judges one after the other, up to the first that holds, which is then the last.</summary>
    private async Task<List<(DkimSignature Signature, SignatureVerdict Verdict)>> JudgeAsync(
        SignedMail mail, DkimSignature[] signatures, DateTimeOffset? receivedAt, CancellationToken cancellationToken)
    {
        KeySearch keys = new(_keys, clock);
        List<(DkimSignature Signature, SignatureVerdict Verdict)> judged = [];
        foreach (DkimSignature signature in signatures)
        {
            judged.Add((signature, JudgeWithoutKey(mail, signature, receivedAt) ?? JudgeWithKey(mail, signature, await keys.FindAsync(signature, cancellationToken))));
            IntakeMetrics.Judged(judged[^1].Verdict.GetType().Name.ToLowerInvariant());
            if (judged[^1].Verdict is SignatureVerdict.Holds)
                break;
        }

        return judged;
    }

    // RFC 6376 §6.1.1 and §6.1.3
    private SignatureVerdict? JudgeWithoutKey(SignedMail mail, DkimSignature signature, DateTimeOffset? receivedAt)
    {
        if (signature.Fault is { } fault)
            return new SignatureVerdict.Broken(fault);
        if (!SignatureVerifier.BodyHolds(mail, signature))
            return new SignatureVerdict.Broken("the body of the mail was changed on its way");
        DateTimeOffset now = clock.GetUtcNow();
        if (signature.Time > now + Leeway)
            return new SignatureVerdict.Broken("it was made in the future (t=)");

        // RFC 6376 §3.5: held against the time at which the mail was received, where that is known.
        if (signature.End is not { } end || (receivedAt ?? now) - Leeway <= end)
            return null;
        string ended = end.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
        return receivedAt is null
            ? new SignatureVerdict.Unknown($"it ended at {ended}, and it is not known when the mail came")
            : new SignatureVerdict.Broken($"it had ended at {ended}, before the mail came (x=)");
    }

    // RFC 6376 §6.1.2 and §6.1.3
    private SignatureVerdict JudgeWithKey(SignedMail mail, DkimSignature signature, KeyFinding finding) => finding switch
    {
        KeyFinding.Absent { Reason: var reason } => new SignatureVerdict.Unknown(reason),
        KeyFinding.Unavailable { Reason: var reason } => new SignatureVerdict.Unknown(reason, MayYetHold: true),
        KeyFinding.Unusable { Reason: var reason } => new SignatureVerdict.Broken(reason),
        KeyFinding.Revoked when IsOld(mail, signature) => new SignatureVerdict.Unknown("the key has been revoked since"),
        KeyFinding.Revoked => new SignatureVerdict.Broken("the key has been revoked"),
        KeyFinding.Found { Key: var key } => JudgeWithKey(mail, signature, key),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private SignatureVerdict JudgeWithKey(SignedMail mail, DkimSignature signature, DkimKey key)
    {
        if (key.Algorithm != signature.Algorithm)
            return new SignatureVerdict.Broken("the key is of another kind than the signature");

        // RFC 6376 §3.6.1: with t=s, i= must not name a sub-domain.
        if (key.IsStrict && signature.IsForSubdomain)
            return new SignatureVerdict.Broken("the key is not for sub-domains (t=s)");
        if (_verifier.HeaderHolds(mail, signature, key))
            return new SignatureVerdict.Holds();
        return IsOld(mail, signature)
            ? new SignatureVerdict.Unknown("it does not fit the key, which may have been replaced since")
            : new SignatureVerdict.Broken("the header of the mail was changed on its way, or the signature is forged");
    }

    private bool IsOld(SignedMail mail, DkimSignature signature) => (signature.Time ?? mail.Mail.Date) < clock.GetUtcNow() - KeyAge;
}
