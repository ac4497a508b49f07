using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Waxseal.Bench;
using Waxseal.Lab.Faults;

if (args is ["reports", string folder, string count])
{
    ReportFolder.Fill(folder, int.Parse(count, CultureInfo.InvariantCulture));
    return;
}

if (args is ["laboratory", string place, string size])
{
    await Laboratory.RunAsync(place, int.Parse(size, CultureInfo.InvariantCulture));
    return;
}

if (args is ["hostile-peers"])
{
    Console.WriteLine(string.Join('\n', HostilePeers.Ways.Keys));
    return;
}

if (args is ["hostile-peer", string target, string way])
{
    await Laboratory.RunAsync(target, way == "none" ? null : HostilePeers.Ways[way]);
    return;
}

// In one process, so that nothing is built anew and both sides of a ratio meet the same machine.
IConfig config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumn(new ThroughputColumn());
BenchmarkSwitcher.FromAssembly(typeof(ReportBenchmarks).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"], config);
