using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Waxseal.Lab.Serving;
using Waxseal.Storage;
using Waxseal.Storage.Engines;
using Waxseal.Storage.Reports;
using Waxseal.Storage.Writing;

namespace Waxseal.Bench;

/// <summary>Fills a database with rows of sessions and asks for the sums of one policy domain over 90 days.</summary>
internal static class QueryBench
{
    private const int Days = 90;
    private const int Questions = 50;

    /// <summary>The head of the table that <see cref="RunAsync"/> writes lines of.</summary>
    public const string Head = "database          rows  of one domain  median ms  slowest ms";

    /// <summary>Measures with one database that has nothing in it, and writes a line.</summary>
    public static async Task RunAsync(string name, string address, int rows)
    {
        StoreAddress place = StoreAddress.TryParse(address, out StoreAddress? parsed, out string? problem) ? parsed : throw new ArgumentException(problem);
        await using Store store = await Store.OpenAsync(place, TimeProvider.System, CancellationToken.None);
        await using Engine engine = Store.EngineOf(place);
        int perDay = rows / ReportLoad.Domains / Days;
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        await FillAsync(engine, today, perDay);

        double[] times = new double[Questions];
        for (int i = 0; i < Questions; i++)
        {
            // Another policy domain each time, as nobody has asked for before.
            var watch = Stopwatch.StartNew();
            IReadOnlyList<DaySessions> days = await store.Stored.DaysAsync(DomainOf(i * 19), today.AddDays(-Days), today.AddDays(-1), CancellationToken.None);
            times[i] = watch.Elapsed.TotalMilliseconds;
            if (days.Sum(day => day.Successful) != (long)perDay * Days * ReportJson.Successful)
                throw new InvalidOperationException("The sums are not those of the rows.");
        }

        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-10} {perDay * Days * ReportLoad.Domains,11} {perDay * Days,14} {times[Questions / 2],10:0.0} {times[^1],11:0.0}"));
    }

    private static string DomainOf(int number) => string.Create(CultureInfo.InvariantCulture, $"d{number % ReportLoad.Domains:000}.example.test");

    private static async Task FillAsync(Engine engine, DateOnly today, int perDay)
    {
        await using WriteSession session = new(engine, await engine.OpenAsync(CancellationToken.None));
        for (int i = 0; i < ReportLoad.Domains; i++)
        {
            string domain = DomainOf(i);
            await using DbTransaction transaction = await engine.BeginWriteAsync(session.Connection, CancellationToken.None);
            session.Transaction = transaction;
            object?[][] rows =
            [
                .. from ago in Enumerable.Range(1, Days)
                   from report in Enumerable.Range(0, perDay)
                   select new object?[]
                   {
                       domain, (long)Day.Number(today.AddDays(-ago)), RandomNumberGenerator.GetBytes(32), 0L, domain, $"Reporter {report % 12}", "sts",
                       "[\"version: STSv1\",\"mode: enforce\"]", "[\"mx.example.test\"]", (long)ReportJson.Successful, (long)ReportJson.Failed, 0L,
                   },
            ];
            await session.RunAsync(ReportTables.InsertPolicies, rows, CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }
    }
}
