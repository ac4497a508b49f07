using System.Diagnostics;
using System.Globalization;
using System.Net;
using Waxseal.Lab.Serving;

namespace Waxseal.Bench;

/// <summary>Posts reports to a native <c>waxseal serve</c> and measures.</summary>
internal static class IntakeBench
{
    /// <summary>Posts to one process, and tells the rate, the processor time and the memory of it.</summary>
    public static async Task PostAsync(string folder, string database, int count, int connections, string program)
    {
        int port = ServeProcess.FreePort();
        string configuration = Path.Combine(folder, "waxseal.toml");
        await File.WriteAllTextAsync(configuration,
            $"[store]\ndatabase = \"{database}\"\n[reportIntake]\nperSource = 1000000\nperDomain = 1000000\n[reportIntake.https]\nlisten = [\"127.0.0.1:{port}\"]\n");
        using ServeProcess serve = await ServeProcess.StartAsync([program], configuration, port, CancellationToken.None);
        IPEndPoint[] servers = [new(IPAddress.Loopback, port)];
        await new ReportLoad(servers, 0, 2000).RunAsync(connections, CancellationToken.None);
        TimeSpan before = serve.ProcessorTime, own = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        ReportLoad load = new(servers, 2000, count);
        await load.RunAsync(connections, CancellationToken.None);
        TimeSpan time = watch.Elapsed;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count} reports, {count / time.TotalSeconds:0} a second, {(serve.ProcessorTime - before).TotalMicroseconds / count:0} us of waxseal each, {(Process.GetCurrentProcess().TotalProcessorTime - own).TotalMicroseconds / count:0} us of the client, {load.Refused} refused, peak {serve.PeakMemory / 1048576} MB"));
        Environment.ExitCode = await serve.StopAsync(CancellationToken.None);
    }
}
