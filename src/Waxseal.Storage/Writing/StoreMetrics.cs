using System.Diagnostics.Metrics;

namespace Waxseal.Storage.Writing;

/// <summary>What is measured of writes.</summary>
internal static class StoreMetrics
{
    private static readonly Meter Meter = new("Waxseal.Storage");

    private static readonly Histogram<double> Seconds = Meter.CreateHistogram("waxseal.store.write", "s", "Time from a write being asked for to its being on disk",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });

    private static readonly UpDownCounter<long> Waiting = Meter.CreateUpDownCounter<long>("waxseal.store.writes.waiting", null, "Writes that are not on disk yet");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("waxseal.store.write.failures", null, "Writes that failed because the database could not be used");
    private static readonly Counter<long> Commits = Meter.CreateCounter<long>("waxseal.store.commits", null, "Commits; many writes share one");
    private static readonly Counter<long> Writes = Meter.CreateCounter<long>("waxseal.store.writes", null, "Writes that are on disk");

    public static void WriteBegan() => Waiting.Add(1);

    public static void WriteEnded() => Waiting.Add(-1);

    public static void WriteSucceeded(TimeSpan time) => Seconds.Record(time.TotalSeconds);

    public static void WriteFailed() => Failures.Add(1);

    public static void Committed(int writes)
    {
        Commits.Add(1);
        Writes.Add(writes);
    }
}
