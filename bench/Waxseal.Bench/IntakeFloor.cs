using System.Data.Common;
using System.Diagnostics;
using System.Text;
using Waxseal.Lab.Serving;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage;
using Waxseal.Storage.Engines;
using Waxseal.Storage.Reports;
using Waxseal.Storage.Writing;

namespace Waxseal.Bench;

/// <summary>The least that anybody would have to do to keep reports: the same rows are written, durably and in groups, and nothing is read, compared or looked up.</summary>
internal static class IntakeFloor
{
    // As many as waxseal puts into one commit at most.
    private const int InGroup = 256;

    /// <summary>Reports a second.</summary>
    public static async Task<double> RunAsync(string address, int count)
    {
        StoreAddress place = StoreAddress.TryParse(address, out StoreAddress? parsed, out string? problem) ? parsed : throw new ArgumentException(problem);
        await using Store store = await Store.OpenAsync(place, TimeProvider.System, CancellationToken.None);
        await using Engine engine = Store.EngineOf(place);
        int perWriter = count / engine.Writers;
        ReportRow[][] rows = [.. Enumerable.Range(0, engine.Writers).Select(writer => Enumerable.Range(writer * perWriter, perWriter).Select(Row).ToArray())];
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(rows.Select(mine => Task.Run(() => WriteAsync(engine, mine))));
        return perWriter * engine.Writers / watch.Elapsed.TotalSeconds;
    }

    private static async Task WriteAsync(Engine engine, ReportRow[] rows)
    {
        await using WriteSession session = new(engine, await engine.OpenAsync(CancellationToken.None));
        foreach (ReportRow[] group in rows.Chunk(InGroup))
        {
            await using DbTransaction transaction = await engine.BeginWriteAsync(session.Connection, CancellationToken.None);
            session.Transaction = transaction;
            await session.RunAsync(ReportTables.InsertReports, [.. group.Select(row => row.Values(row.State, 1, row.At))], CancellationToken.None);
            await session.RunAsync(ReportTables.InsertBodies, [.. group.Select(row => row.Body)], CancellationToken.None);
            await session.RunAsync(ReportTables.InsertPolicies, [.. group.SelectMany(row => row.Sessions!.Policies)], CancellationToken.None);
            await session.RunAsync(ReportTables.InsertFailures, [.. group.SelectMany(row => row.Sessions!.Failures)], CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }
    }

    private static ReportRow Row(int number)
    {
        string domain = $"d{number % ReportLoad.Domains:000}.example.test";
        byte[] json = Encoding.UTF8.GetBytes(ReportJson.Of($"floor-{number:00000000}", domain, $"{TimeProvider.System.GetUtcNow().AddDays(-1 - (number / ReportLoad.Domains % 90)):yyyy-MM-dd}"));
        return ReportRow.Of(new(domain, Packed(json), new(TimeProvider.System.GetUtcNow(), Channel.Https, "127.0.0.1"))
        {
            Evidence = new ReportEvidence(ReportReader.Read(json).Report!, "127.0.0.1"),
            State = ReportState.Counted,
        });
    }

    /// <summary>A report as it is stored.</summary>
    public static byte[] Packed(byte[] json)
    {
        using MemoryStream packed = new();
        using (System.IO.Compression.GZipStream gzip = new(packed, System.IO.Compression.CompressionLevel.Fastest))
            gzip.Write(json);
        return packed.ToArray();
    }
}
