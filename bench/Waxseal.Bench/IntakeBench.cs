using System.Diagnostics;
using System.Globalization;
using System.Net;
using Waxseal.Lab.Serving;

namespace Waxseal.Bench;

/// <summary>Posts reports to a native <c>waxseal serve</c>, and holds the rate against that of bare writing to the same database.</summary>
/// <param name="folder">A folder for configuration and databases.</param>
/// <param name="program">The native program.</param>
internal sealed class IntakeBench(string folder, string program)
{
    private const int Connections = 256;
    private const int ForWarmth = 2000;

    /// <summary>The head of the table that <see cref="RunAsync"/> writes lines of.</summary>
    public const string Head = "database      reports  reports/s  floor/s  x floor  us/report  peak MB at a tenth  peak MB  refused";

    /// <summary>Measures with one database, and writes a line.</summary>
    /// <param name="name">The name for people.</param>
    /// <param name="address">A database with nothing in it, as in <c>store.database</c>.</param>
    /// <param name="floor">Another one.</param>
    /// <param name="count">How many reports.</param>
    public async Task RunAsync(string name, string address, string floor, int count)
    {
        int port = ServeProcess.FreePort();
        string configuration = Path.Combine(folder, $"{name}.toml");
        await File.WriteAllTextAsync(configuration,
            $"[store]\ndatabase = \"{address}\"\n[reportIntake]\nperSource = 1000000\nperDomain = 1000000\n[reportIntake.https]\nlisten = [\"127.0.0.1:{port}\"]\n");
        using ServeProcess serve = await ServeProcess.StartAsync([program], configuration, port, CancellationToken.None);
        IPEndPoint[] servers = [new(IPAddress.Loopback, port)];
        await new ReportLoad(servers, 0, ForWarmth).RunAsync(Connections, CancellationToken.None);
        TimeSpan before = serve.ProcessorTime;
        ReportLoad load = new(servers, ForWarmth, count);
        var watch = Stopwatch.StartNew();
        Task sending = load.RunAsync(Connections, CancellationToken.None);
        while (load.AnsweredCount < count / 10 && !sending.IsCompleted)
            await Task.Delay(5);
        long early = serve.PeakMemory;
        await sending;
        double rate = count / watch.Elapsed.TotalSeconds;
        double microseconds = (serve.ProcessorTime - before).TotalMicroseconds / count;
        long peak = serve.PeakMemory;
        if (await serve.StopAsync(CancellationToken.None) is not 0 and var code)
            throw new InvalidOperationException($"waxseal serve ended with exit code {code}.");

        double bare = await IntakeFloor.RunAsync(floor, Math.Min(count, 50_000));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-10} {count,10} {rate,10:0} {bare,8:0} {bare / rate,8:0.0} {microseconds,10:0} {early / 1048576,19} {peak / 1048576,8} {load.Refused,8}"));
        if (load.FirstRefusal is { } refusal)
            Console.WriteLine($"    the first refusal: {refusal}");
    }
}
