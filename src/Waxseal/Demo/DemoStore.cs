using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Waxseal.Demo.Story;
using Waxseal.Hosting;
using Waxseal.Monitor;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.ReportIntake;
using Waxseal.Storage;
using Waxseal.Storage.Looks;
using Waxseal.Terminal;

namespace Waxseal.Demo;

/// <summary>Fills an empty store with the story of the last thirty days. A store that holds anything else is left alone.</summary>
/// <param name="address">The store.</param>
/// <param name="isOwn">Whether it is there for the demonstration alone, so that it may be made anew.</param>
/// <param name="surroundings">Tells the time, and shows how far it has come.</param>
internal sealed class DemoStore(StoreAddress address, bool isOwn, Surroundings surroundings)
{
    private const string Work = "demo";

    private static readonly ImmutableArray<int> LookHours = [6, 18];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _holder = Guid.NewGuid().ToString("N");

    /// <summary>Fills the store, unless it holds the story of today.</summary>
    /// <returns>Why it is no store for the demonstration; null when all is well.</returns>
    /// <exception cref="StoreUnavailableException">It cannot be used now.</exception>
    public async Task<string?> PrepareAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = surroundings.Clock.GetUtcNow();
        if (isOwn)
            Directory.CreateDirectory(Path.GetDirectoryName(address.Value)!);
        await using (StoreDoor door = NewDoor())
        {
            await door.StartAsync(cancellationToken);
            DateTimeOffset? told = await door.Open.Turns.DoneUptoAsync(Work, cancellationToken);
            if (told is null && await HoldsAnythingAsync(door.Open, cancellationToken))
                return $"{door.Place} holds reports or looks; the demonstration wants a store that is empty.";
            if (told is null)
            {
                await FillAsync(door, now, cancellationToken);
                return null;
            }

            if (told.Value.UtcDateTime.Date == now.UtcDateTime.Date)
                return null;
            if (!isOwn)
                return $"{door.Place} holds the demonstration of {told.Value.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}; empty it, or name another store.";
        }

        // Days are counted from today, so the story of another day is told anew.
        foreach (string end in (string[])["", "-wal", "-shm"])
            File.Delete(address.Value + end);
        return await PrepareAsync(cancellationToken);
    }

    private StoreDoor NewDoor() => new(address, surroundings.Clock, NullLogger<StoreDoor>.Instance);

    private static async Task<bool> HoldsAnythingAsync(Store store, CancellationToken cancellationToken) =>
        (await store.Stored.StatesAsync(cancellationToken)).Count > 0 || (await store.StoredLooks.CountsAsync(cancellationToken)).Looks > 0;

    private async Task FillAsync(StoreDoor door, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ReportIntakeOptions options = new() { PerDomain = long.MaxValue, PerSource = long.MaxValue };
        ReportReceiver receiver = new(door, options, new RateLimits(options, surroundings.Clock), new RecentReports(surroundings.Clock));
        ImmutableArray<StoryDomain> domains = StoryDomains.Of(DateOnly.FromDateTime(now.UtcDateTime));
        await door.Open.Turns.TakeAsync(Work, _holder, now, now + Patience, cancellationToken);
        using (Progress progress = new(surroundings))
        {
            for (int ago = StoryDomain.Days; ago >= 0; ago--)
            {
                await Task.WhenAll(domains.Select(domain => LookAsync(door.Open, domain, ago, now, cancellationToken)));
                DemoReport[] reports = ago == 0 ? [] : [.. domains.SelectMany(domain => DemoReport.About(domain, ago, now))];
                await Task.WhenAll(reports.Select(report => receiver.TakeAsync(report.Open(), report.Packed, report.Arrival, cancellationToken)));
                progress.Show(StoryDomain.Days - ago, StoryDomain.Days, "days of demonstration");
            }
        }

        await door.Open.Turns.DoneAsync(Work, _holder, now, cancellationToken);
    }

    private static async Task LookAsync(Store store, StoryDomain domain, int ago, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (int hour in LookHours)
        {
            DateTimeOffset at = new DateTimeOffset(domain.DayOf(ago).ToDateTime(new TimeOnly(hour, 0)), TimeSpan.Zero).AddSeconds(domain.Name.Length * 11);
            if (at > now)
                return;
            CheckResult result = DemoLook.Of(domain.PublishedOn(ago), at);
            LookLease lease = new(domain.Name, Work);
            await store.Looks.ClaimAsync(lease, at, at.AddMinutes(1), cancellationToken);
            await store.Looks.AddAsync(lease, LookDocument.Of(result), LookDocument.Pack(result), Observed.In(result.Facts), at.AddHours(1), cancellationToken);
        }
    }
}
