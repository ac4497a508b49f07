using System.Collections.Immutable;
using System.Text.Json;
using Waxseal.Answers;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Protocol.TlsRpt.Packing;
using Waxseal.Storage;
using Waxseal.Storage.Looks;

namespace Waxseal.Evidence;

/// <summary>What the store holds about a policy domain, handed to the diagnosis: reports, and what looks showed.</summary>
internal sealed class StoredEvidence(Store store)
{
    // What a folder of a month holds; the newest tell most.
    private const int MostReports = 400;

    // Beyond these no clock of ours ever stood.
    private static readonly DateOnly Earliest = new(1970, 1, 1);
    private static readonly DateOnly Latest = new(2900, 1, 1);

    /// <summary>Explains the reports of some days, beside what looks showed on these days.</summary>
    /// <param name="policyDomain">The policy domain.</param>
    /// <param name="first">The first UTC day of the reports.</param>
    /// <param name="last">The last.</param>
    /// <param name="asOf">Now.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Explanation> ExplainAsync(string policyDomain, DateOnly first, DateOnly last, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        ReportLedger ledger = await LedgerAsync(policyDomain, first, last, cancellationToken);
        DomainHistory history = await HistoryAsync(policyDomain, first, last, cancellationToken);
        return Diagnostician.Explain(
            ledger,
            DateTimeOffset.FromUnixTimeSeconds(asOf.ToUnixTimeSeconds()),
            ImmutableDictionary<string, LookSummary>.Empty,
            history.Periods.IsEmpty ? ImmutableDictionary<string, DomainHistory>.Empty : ImmutableDictionary<string, DomainHistory>.Empty.Add(policyDomain, history));
    }

    /// <summary>What looks showed on some days and since; empty when there was none.</summary>
    public async Task<DomainHistory> HistoryAsync(string policyDomain, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        DateTimeOffset begin = Begin(first), end = Begin(last).AddDays(1);
        List<Look> looks = [];
        await foreach (Look look in store.StoredLooks.ListAsync(policyDomain, begin, end, cancellationToken))
            looks.Add(look);
        looks.AddRange((await store.StoredLooks.LastAsync(policyDomain, cancellationToken)).Where(look => look.At >= end));
        return new(
            [.. looks.Select(look => JsonSerializer.Deserialize(look.Summary, CheckJsonContext.Default.LookSummary)).OfType<LookSummary>()],
            [.. await store.StoredLooks.PeriodsAsync(policyDomain, cancellationToken)],
            [.. await store.StoredLooks.CertificatesAsync(policyDomain, cancellationToken)]);
    }

    private async Task<ReportLedger> LedgerAsync(string policyDomain, DateOnly first, DateOnly last, CancellationToken cancellationToken)
    {
        ReportLedger ledger = new();
        await foreach (byte[] body in store.Stored.BodiesAsync(policyDomain, first, last, MostReports, cancellationToken))
        {
            if (ReportUnpacking.Unpack(body) is not UnpackingResult.Unpacked unpacked)
                continue;
            foreach (UnpackedReport packed in unpacked.Reports)
            {
                if (ReportReader.Read(packed.Json.Span) is { Report: { } report } reading)
                    ledger.Add(new ReportEvidence(report, "the store") { Defects = reading.Defects, PolicyDomainOfEnvelope = policyDomain });
            }
        }

        return ledger;
    }

    private static DateTimeOffset Begin(DateOnly day) =>
        new((day < Earliest ? Earliest : day > Latest ? Latest : day).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
