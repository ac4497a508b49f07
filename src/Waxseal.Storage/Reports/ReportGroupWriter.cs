using Waxseal.Storage.Writing;

namespace Waxseal.Storage.Reports;

/// <summary>Writes a group of reports: looks up once what is there, settles in memory what each becomes, and writes each table once.</summary>
internal sealed class ReportGroupWriter : IGroupWriter<ReportRow, StoreReceipt>
{
    public async Task<IReadOnlyList<StoreReceipt>> WriteAsync(WriteSession session, IReadOnlyList<ReportRow> items, CancellationToken cancellationToken)
    {
        // The same report, once with proof and once without, has two keys; whichever comes second has to see the first.
        await session.LockAsync(items.Select(report => report.ContentNumber), cancellationToken).ConfigureAwait(false);
        ReportSettlement settlement = new();
        object?[][] asked = [.. items.SelectMany(report => report.Unproved is { } unproved ? new[] { report.Key, unproved } : [report.Key]).DistinctBy(key => key.Group).Select(Asked)];
        await session.ReadAsync(ReportTables.Related, asked,
            row => settlement.Know((byte[])row.GetValue(1), row.GetString(0), Words.StateOf(row.GetString(2)), Words.TrustOf(row.GetString(3))), cancellationToken).ConfigureAwait(false);
        await session.ReadAsync(ReportTables.ProvedSame, [.. items.Select(report => report.Claim).OfType<object?[]>()],
            row => settlement.KnowProved((byte[])row.GetValue(1), row.GetString(0), Words.StateOf(row.GetString(2)), Words.TrustOf(row.GetString(3)), (byte[])row.GetValue(4)), cancellationToken).ConfigureAwait(false);
        StoreReceipt[] receipts = [.. items.Select(settlement.Add)];

        // In one order everywhere, so that two processes with the same reports do not wait for each other crosswise.
        SettledReport[] settled = [.. settlement.Changed.OrderBy(report => report.Key.PolicyDomain, StringComparer.Ordinal).ThenBy(report => report.Key.Identity).ThenBy(report => report.Key.Content)];
        SettledReport[] known = [.. settled.Where(report => report.WasThere)];
        SettledReport[] created = [.. settled.Where(report => !report.WasThere)];
        SettledReport[] counted = [.. settled.Where(report => report.BeginsToCount)];
        await session.RunAsync(ReportTables.CountAgain, [.. known.Where(report => report.Times > 0 && report.Row is null).Select(report => new object?[] { report.Key.PolicyDomain, report.Octets, report.Times, report.LastAt })], cancellationToken).ConfigureAwait(false);

        // First what makes way: no moment may have two contents of one report that count.
        await ReplaceAsync(session, [.. known.Where(report => report.State == ReportState.Replaced && report.State != report.StateBefore)], cancellationToken).ConfigureAwait(false);
        await session.RunAsync(ReportTables.UpdateReports, [.. known.Where(report => report.Row is not null).Select(report => report.Row!.Values(report.State, report.Times, report.LastAt))], cancellationToken).ConfigureAwait(false);
        await session.RunAsync(ReportTables.InsertReports, [.. created.Select(report => report.Row!.Values(report.State, report.Times, report.LastAt))], cancellationToken).ConfigureAwait(false);
        await session.RunAsync(ReportTables.InsertBodies, [.. created.Select(report => report.Row!.Body)], cancellationToken).ConfigureAwait(false);
        await SessionRows.InsertAsync(session, [.. counted.Select(report => report.Row!.Sessions!)], cancellationToken).ConfigureAwait(false);
        return receipts;
    }

    private static async Task ReplaceAsync(WriteSession session, SettledReport[] replaced, CancellationToken cancellationToken)
    {
        await session.RunAsync(ReportTables.SetState, [.. replaced.Select(report => new object?[] { report.Key.PolicyDomain, report.Octets, report.State.ToWord() })], cancellationToken).ConfigureAwait(false);

        // One identity, hence the policy domains and days of the report that replaces it.
        await SessionRows.DeleteAsync(session,
            [.. replaced.SelectMany(report => report.ReplacedBy!.Sessions!.PolicyDomains.Select(domain => new object?[] { domain, (long)report.ReplacedBy.Sessions.Day, report.Octets }))],
            cancellationToken).ConfigureAwait(false);
    }

    private static object?[] Asked(StoreKey key)
    {
        (byte[] first, byte[] last) = key.Range;
        return [key.PolicyDomain, first, last];
    }
}
