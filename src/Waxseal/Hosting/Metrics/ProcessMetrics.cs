using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace Waxseal.Hosting.Metrics;

/// <summary>What is measured of the process and the runtime, under the names that are usual with Prometheus.</summary>
internal static class ProcessMetrics
{
    private static readonly Meter Meter = new("Waxseal.Process");

    /// <summary>The version that runs.</summary>
    public static string Version { get; } = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "";

    /// <summary>When the process began, and with it every sum.</summary>
    public static DateTimeOffset StartedAt { get; } = new(Process.GetCurrentProcess().StartTime);

    /// <summary>Makes the instruments.</summary>
    public static void Begin() => _ = Meter;

    static ProcessMetrics()
    {
        Meter.CreateObservableGauge("waxseal.build.info", () => new Measurement<long>(1, new KeyValuePair<string, object?>("version", Version)), null, "The version that runs");
        Meter.CreateObservableCounter("process.cpu", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time spent");
        Meter.CreateObservableGauge("process.start.time", () => StartedAt.ToUnixTimeMilliseconds() / 1000.0, "s", "When the process began, since 1970");
        Meter.CreateObservableGauge("process.resident.memory", () => Environment.WorkingSet, "By", "Memory in use");
        Meter.CreateObservableGauge("process.open.fds", OpenHandles, null, "Open file handles");
        Meter.CreateObservableGauge("process.max.fds", MostHandles, null, "File handles that may be open");
        Meter.CreateObservableGauge("dotnet.gc.heap", () => GC.GetTotalMemory(forceFullCollection: false), "By", "Memory of objects");
        Meter.CreateObservableCounter("dotnet.gc.collections", Collections, null, "Collections of garbage");
        Meter.CreateObservableCounter("dotnet.gc.pause", () => GC.GetTotalPauseDuration().TotalSeconds, "s", "Time in which collections of garbage held everything up");
        Meter.CreateObservableGauge("dotnet.threads", () => (long)ThreadPool.ThreadCount, null, "Threads of the pool");
        Meter.CreateObservableGauge("dotnet.work.waiting", () => ThreadPool.PendingWorkItemCount, null, "Work that waits for a thread of the pool");
    }

    private static IEnumerable<Measurement<long>> Collections() =>
        Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation => new Measurement<long>(GC.CollectionCount(generation), new KeyValuePair<string, object?>("generation", generation)));

    private static long OpenHandles() => Directory.Exists("/proc/self/fd") ? Directory.EnumerateFileSystemEntries("/proc/self/fd").LongCount() : 0;

    // proc(5): Max open files            SOFT                 HARD                 files
    private static long MostHandles()
    {
        if (!File.Exists("/proc/self/limits"))
            return 0;
        string? line = File.ReadLines("/proc/self/limits").FirstOrDefault(line => line.StartsWith("Max open files", StringComparison.Ordinal));
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, var soft, ..] && long.TryParse(soft, out long most) ? most : 0;
    }
}
