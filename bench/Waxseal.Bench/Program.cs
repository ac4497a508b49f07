using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Waxseal.Bench;
using Waxseal.Lab.Faults;
using Waxseal.Lab.Serving;

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

// Kills a native waxseal serve: FOLDER DATABASE COUNT PROGRAM
if (args is ["kills", string work, string database, string kills, string program])
{
    KillResult result = await new KillLoop([program], work, database).RunAsync(int.Parse(kills, CultureInfo.InvariantCulture), seed: Environment.TickCount, CancellationToken.None);
    Console.WriteLine(result);
    Environment.ExitCode = result is { Lost: 0, Doubled: 0 } ? 0 : 1;
    return;
}

// All that is hostile at a native waxseal serve: FOLDER CONNECTIONS PROGRAM
if (args is ["hostile-intake", string hostileWork, string connections, string attacked])
{
    HostileResult result = await new HostileIntake([attacked], hostileWork).RunAsync(int.Parse(connections, CultureInfo.InvariantCulture), CancellationToken.None);
    Console.WriteLine(result);
    Environment.ExitCode = result.IsWell(mostMegabytes: 256) ? 0 : 1;
    return;
}

// Posts to a native waxseal serve: FOLDER DATABASE COUNT CONNECTIONS PROGRAM
if (args is ["intake", string room, string store, string reports, string senders, string served])
{
    await IntakeBench.PostAsync(room, store, int.Parse(reports, CultureInfo.InvariantCulture), int.Parse(senders, CultureInfo.InvariantCulture), served);
    return;
}

if (args is ["faults"])
{
    Console.WriteLine(string.Join('\n', LabFaults.All.Select(fault => fault.Key)));
    return;
}

// The one policy domain of the laboratory, healthy ("none"), among peers that mean ill, or broken in one of the ways of LabFaults.
if (args is ["broken", string target, string way])
{
    await Laboratory.RunAsync(target, way == "none" ? null : HostilePeers.Ways.GetValueOrDefault(way) ?? LabFaults.Get(way).Apply);
    return;
}

// In one process, so that nothing is built anew and both sides of a ratio meet the same machine.
IConfig config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumn(new ThroughputColumn());
BenchmarkSwitcher.FromAssembly(typeof(ReportBenchmarks).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"], config);
