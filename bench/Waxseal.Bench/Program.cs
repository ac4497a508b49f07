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

// Kills a native waxseal serve, and what it stands on: FOLDER COUNT PROGRAM
if (args is ["kills", string work, string kills, string program])
{
    Console.WriteLine(KillBench.Head);
    KillBench bench = new(work, program);
    await bench.RunAsync(int.Parse(kills, CultureInfo.InvariantCulture));
    Environment.ExitCode = bench.IsWell ? 0 : 1;
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

// Posts to a native waxseal serve with each database, and asks for sums: FOLDER REPORTS ROWS PROGRAM
if (args is ["intake", string room, string reports, string rows, string served])
{
    (int reportCount, int rowCount) = (int.Parse(reports, CultureInfo.InvariantCulture), int.Parse(rows, CultureInfo.InvariantCulture));
    await using PostgresProcess server = new(Directory.CreateDirectory(Path.Combine(room, "postgres")).FullName);
    await server.CreateAsync(CancellationToken.None);
    foreach (string database in new[] { "intake", "floor", "query" })
        await server.CreateDatabaseAsync(database, CancellationToken.None);
    (string Name, Func<string, string> AddressOf)[] databases = [("SQLite", name => $"sqlite:{room}/{name}.db"), ("PostgreSQL", server.AddressOf)];
    IntakeBench bench = new(room, served);
    Console.WriteLine(IntakeBench.Head);
    foreach ((string name, Func<string, string> addressOf) in databases)
        await bench.RunAsync(name, addressOf("intake"), addressOf("floor"), reportCount);
    Console.WriteLine();
    Console.WriteLine(QueryBench.Head);
    foreach ((string name, Func<string, string> addressOf) in databases)
        await QueryBench.RunAsync(name, addressOf("query"), rowCount);
    return;
}

// Pages and lists of a native waxseal serve with each database: FOLDER ROWS PROGRAM
if (args is ["pages", string pagesRoom, string sessionRows, string shown])
{
    await using PostgresProcess server = new(Directory.CreateDirectory(Path.Combine(pagesRoom, "postgres")).FullName);
    await server.CreateAsync(CancellationToken.None);
    await server.CreateDatabaseAsync("pages", CancellationToken.None);
    PagesBench bench = new(pagesRoom, shown);
    Console.WriteLine(PagesBench.Head);
    await bench.RunAsync("SQLite", $"sqlite:{pagesRoom}/pages.db", int.Parse(sessionRows, CultureInfo.InvariantCulture));
    await bench.RunAsync("PostgreSQL", server.AddressOf("pages"), int.Parse(sessionRows, CultureInfo.InvariantCulture));
    return;
}

// Three native waxseal serve on one PostgreSQL, one of them killed on the way: FOLDER REPORTS PROGRAM
if (args is ["shared", string common, string load, string shared])
{
    await using PostgresProcess postgres = new(common);
    await postgres.CreateAsync(CancellationToken.None);
    await postgres.CreateDatabaseAsync("waxseal", CancellationToken.None);
    SharedDatabaseResult result = await new SharedDatabaseRun([shared], common, postgres.AddressOf("waxseal")).RunAsync(int.Parse(load, CultureInfo.InvariantCulture), CancellationToken.None);
    Console.WriteLine(result);
    Environment.ExitCode = result.IsExact ? 0 : 1;
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
