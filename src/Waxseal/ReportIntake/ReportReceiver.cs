using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using Waxseal.Answers;
using Waxseal.Hosting;
using Waxseal.Inputs;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Protocol.TlsRpt.Delivery;
using Waxseal.Storage.Reports;

namespace Waxseal.ReportIntake;

/// <summary>The one way into the store, for reports of every channel: reads them, judges whose they are, and stores them.</summary>
/// <param name="store">Keeps them.</param>
/// <param name="options">Whose reports are welcome, and how far they are trusted.</param>
/// <param name="limits">How many are taken.</param>
/// <param name="recent">Is told what came.</param>
internal sealed class ReportReceiver(StoreDoor store, ReportIntakeOptions options, RateLimits limits, RecentReports recent)
{
    // No domain has as many sessions in a day with one reporter; sums of what is below never overflow.
    private const long MostSessions = 1_000_000_000_000;

    // What cannot be read is kept to be looked at, unless it is so large that a stranger could fill the disk with it.
    private const int MostUnreadable = 1024 * 1024;

    /// <summary>Takes in what one message or file held; when it returns, all that is told as stored is on disk.</summary>
    /// <param name="results">What was found in it.</param>
    /// <param name="whole">Its bytes.</param>
    /// <param name="arrival">When, how and from whom it came.</param>
    /// <param name="cancellationToken">Ends the wait for a place; what has its place is stored.</param>
    /// <exception cref="Waxseal.Storage.StoreUnavailableException">The database cannot be used now; it may be sent again.</exception>
    public async Task<ImmutableArray<Received>> TakeAsync(
        IEnumerable<IntakeResult> results, ReadOnlyMemory<byte> whole, Arrival arrival, CancellationToken cancellationToken)
    {
        IntakeResult[] all = [.. results];
        List<Received> received = [];
        foreach (IntakeResult result in all)
            received.Add(await TakeAsync(result, all.Length == 1, whole, arrival, cancellationToken));
        IntakeMetrics.Came(arrival, whole.Length, received);
        return [.. received];
    }

    /// <summary>
    /// What the reader of this version makes of a stored report. Whose it is was settled when it came; whether one counts that is
    /// quarantined, the present options say.
    /// </summary>
    /// <param name="stored">The report.</param>
    /// <param name="body">Its bytes, gzip.</param>
    /// <param name="options">How far which senders are trusted.</param>
    public static ArrivedReport ReadAgain(StoredReport stored, byte[] body, ReportIntakeOptions options)
    {
        IntakeResult result = PackedReports.Open(new ReportOrigin(stored.Arrival.Origin), body).First();
        ReportReading? reading = result is IntakeResult.Found found ? ReportReader.Read(found.Json.Span) : null;
        ReportEvidence? evidence = reading?.Report is { } report
            ? new ReportEvidence(report, stored.Arrival.Origin) { Defects = reading.Defects, PolicyDomainOfEnvelope = stored.Reference.PolicyDomain.Length > 0 ? stored.Reference.PolicyDomain : null }
            : null;

        // What could not be read had no policy domain yet.
        bool isNew = evidence is not null && stored.State == ReportState.Unreadable;
        return new(isNew ? SubjectOf(PolicySessions.Of(evidence!).Select(policy => policy.PolicyDomain)) : stored.Reference.PolicyDomain, body, stored.Arrival)
        {
            Evidence = evidence,
            Defects = reading?.Defects ?? [],
            Fault = evidence is null ? stored.Fault ?? ReasonOf(result) : FaultOf(evidence.Report),
            State = evidence is null ? ReportState.Unreadable
                : isNew || stored.State == ReportState.Quarantined ? Judge(evidence.Report, stored.Arrival, options).State
                : stored.State,
        };
    }

    private async Task<Received> TakeAsync(IntakeResult result, bool isOnlyOne, ReadOnlyMemory<byte> whole, Arrival arrival, CancellationToken cancellationToken)
    {
        if (result is not IntakeResult.Found found)
        {
            RefusalKind kind = result is IntakeResult.Failed { IsTooLarge: true } ? RefusalKind.TooLarge : RefusalKind.Unreadable;
            return await KeepUnreadableAsync(kind, ReasonOf(result), [], whole, arrival, cancellationToken);
        }

        ReportReading reading = ReportReader.Read(found.Json.Span);
        if (reading.Report is not { } report)
        {
            (RefusalKind kind, string reason) = ReportFault.In(reading.Defects);
            return await KeepUnreadableAsync(kind, reason, reading.Defects, found.Json, arrival, cancellationToken);
        }

        ReportEvidence evidence = new(report, found.Origin.ToString()) { Defects = reading.Defects, PolicyDomainOfEnvelope = EnvelopeDomain(found.Origin) };
        string[] policyDomains = [.. PolicySessions.Of(evidence).Select(policy => policy.PolicyDomain).Distinct()];
        string subject = SubjectOf(policyDomains);
        if (!limits.AllowsReportAbout(subject))
            return new Received.Later(RefusalKind.TooManyAboutDomain, $"More reports about {subject} come than are taken");
        arrival = HeldAgainstContact(arrival, report);
        (ReportState state, string? refusal) = options.Domains.IsEmpty || policyDomains.Any(IsOurs) ? Judge(report, arrival, options) : (ReportState.Foreign, null);
        if (refusal is not null)
            return new Received.Refused(RefusalKind.Untrusted, refusal);

        ArrivedReport arrived = new(subject, isOnlyOne && IsGzip(whole.Span) ? whole : Gzip(found.Json.Span), arrival)
        {
            Evidence = evidence,
            Defects = [.. found.PackingDefects, .. reading.Defects],
            Fault = FaultOf(report),
            State = state,
        };
        StoreReceipt receipt = await store.Open.Reports.AddAsync(arrived, cancellationToken);
        Received.Kept kept = new(receipt) { Why = WhyNotCounted.Of(receipt.State, arrival, subject, arrived.Fault) };
        recent.Add(arrival.Channel.ToWord(), subject, report.OrganizationName ?? "", receipt.State.ToWord(), receipt.Outcome.ToWord(), kept.Why);
        return kept;
    }

    // RFC 8460 §5.3: who submits is named by contact-info as well; who signs for himself must not report for another. Deviation: of
    // large senders one names corp.mail.ru there and submits as mail.ru, so the organisation's domain counts.
    private static Arrival HeldAgainstContact(Arrival arrival, Report report) =>
        arrival is { Trust: Trust.Verified or Trust.Relayed, Submitter: { } submitter }
        && report.ContactInfo is { } contact && contact.LastIndexOf('@') is > 0 and var at
        && DomainName.TryParse(contact[(at + 1)..], out DomainName? domain, out _)
        && PublicSuffixList.OrganisationalDomain(domain)?.Value != submitter
            ? arrival with { Trust = Trust.Unverified, TrustReason = $"{arrival.TrustReason}, and by its contact-info the report is that of {domain.Value}" }
            : arrival;

    private static (ReportState State, string? Refusal) Judge(Report report, Arrival arrival, ReportIntakeOptions options)
    {
        if (FaultOf(report) is not null)
            return (ReportState.Quarantined, null);

        string fate = arrival.Trust switch
        {
            Trust.Verified or Trust.Relayed => "accept",
            Trust.Failed => options.Failed,
            _ when arrival.Channel is Channel.Smtp or Channel.Lmtp or Channel.Imap or Channel.Maildir => options.UnverifiedMail,
            _ => options.Unverified,
        };
        return fate switch
        {
            "accept" => (ReportState.Counted, null),
            "quarantine" => (ReportState.Quarantined, null),
            _ => (ReportState.Quarantined, arrival.Trust == Trust.Failed
                ? $"The signature of the report does not hold: {arrival.TrustReason}"
                : $"It is not proved who sent the report: {arrival.TrustReason}"),
        };
    }

    private static string? FaultOf(Report report) =>
        report.Policies.Any(policy => policy.SuccessfulSessions > MostSessions || policy.FailedSessions > MostSessions || policy.Failures.Any(failure => failure.FailedSessions > MostSessions))
            ? string.Create(CultureInfo.InvariantCulture, $"It has a policy or a failure with more than {MostSessions:N0} sessions, and no domain has as many in a day")
            : null;

    private bool IsOurs(string policyDomain) => options.Domains.Any(ours =>
        policyDomain == ours || (policyDomain.Length > ours.Length && policyDomain[^(ours.Length + 1)] == '.' && policyDomain.EndsWith(ours, StringComparison.Ordinal)));

    // The report's own word, and not that of the mail or file it came in, so that it is the same one by every way; of
    // several the least, for a report that is sent again may name them in another order.
    private static string SubjectOf(IEnumerable<string> policyDomains) => policyDomains.Where(domain => domain.Length > 0).Min(StringComparer.Ordinal) ?? "";

    private static string? EnvelopeDomain(ReportOrigin origin)
    {
        string? text = origin.Mail?.TlsReportDomain
            ?? (ReportFileName.TryParse(origin.FileName, out ReportFileName? name, out _) ? name.PolicyDomain.Value : null);
        return text is not null && DomainName.TryParse(text, out DomainName? domain, out _) ? domain.Value : null;
    }

    private async Task<Received> KeepUnreadableAsync(
        RefusalKind kind, string reason, ImmutableArray<ReportDefect> defects, ReadOnlyMemory<byte> bytes, Arrival arrival, CancellationToken cancellationToken)
    {
        if (bytes.Length is > 0 and <= MostUnreadable)
        {
            await store.Open.Reports.AddAsync(
                new ArrivedReport("", Gzip(bytes.Span), arrival) { Defects = defects, Fault = reason, State = ReportState.Unreadable },
                cancellationToken);
        }

        return new Received.Refused(kind, reason);
    }

    private static string ReasonOf(IntakeResult result) => result switch
    {
        IntakeResult.Failed failed => $"It {failed.ReasonAndPlace}.",
        IntakeResult.Skipped skipped => $"It {skipped.Reason}.",
        _ => "",
    };

    private static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes is [0x1F, 0x8B, ..];

    private static byte[] Gzip(ReadOnlySpan<byte> plain)
    {
        using MemoryStream packed = new(plain.Length / 2);
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            gzip.Write(plain);
        return packed.ToArray();
    }
}

/// <summary>What became of one report that came.</summary>
internal abstract record Received
{
    private Received()
    {
    }

    /// <summary>It is on disk.</summary>
    public sealed record Kept(StoreReceipt Receipt) : Received
    {
        /// <summary>Why it does not count; null when it does.</summary>
        public WhyNotCounted? Why { get; init; }
    }

    /// <summary>It can never be accepted.</summary>
    /// <param name="Kind">Why, in a word.</param>
    /// <param name="Reason">Why, as a sentence.</param>
    public sealed record Refused(RefusalKind Kind, string Reason) : Received;

    /// <summary>It may be sent again, later.</summary>
    /// <param name="Kind">Why, in a word.</param>
    /// <param name="Reason">Why, as a sentence without its end.</param>
    public sealed record Later(RefusalKind Kind, string Reason) : Received;
}
