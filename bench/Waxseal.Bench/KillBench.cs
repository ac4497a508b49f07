using System.Diagnostics;
using System.Globalization;
using Waxseal.Lab.Serving;

namespace Waxseal.Bench;

/// <summary>Kills <c>waxseal serve</c> and what it stands on while clients send reports, and writes a line of what came of it.</summary>
/// <param name="folder">A folder that every user may pass through.</param>
/// <param name="program">The native program.</param>
internal sealed class KillBench(string folder, string program)
{
    private readonly string[] _command = [program];
    private int _number;

    /// <summary>Whether nothing was lost or doubled so far.</summary>
    public bool IsWell { get; private set; } = true;

    /// <summary>The head of the table.</summary>
    public const string Head = "what is done                       times     sent   stored  to be sent again     lost  doubled        s";

    public async Task RunAsync(int times)
    {
        await MeasureAsync("serve is killed, SQLite", work => new KillLoop(_command, work, $"sqlite:{work}/waxseal.db").RunAsync(times, Environment.TickCount, CancellationToken.None));
        await MeasureAsync("serve is killed, PostgreSQL", work => WithPostgresAsync(work, postgres => new KillLoop(_command, work, postgres.AddressOf("waxseal")).RunAsync(times, Environment.TickCount, CancellationToken.None)));
        await MeasureAsync("PostgreSQL is killed", work => WithPostgresAsync(work, postgres =>
            new OutageLoop(_command, work, postgres.AddressOf("waxseal"), postgres.KillAsync, postgres.StartAsync).RunAsync(Few(times), Environment.TickCount, CancellationToken.None)));
        await MeasureAsync("the disk is full, SQLite", work => WithDiskAsync(64, disk =>
            new OutageLoop(_command, work, $"sqlite:{disk.Folder}/waxseal.db", disk.FillAsync, _ => Cleared(disk)).RunAsync(Few(times), Environment.TickCount, CancellationToken.None)));
        await MeasureAsync("the disk is full, PostgreSQL", work => WithDiskAsync(300, disk => WithPostgresAsync(disk.Folder, postgres =>
            new OutageLoop(_command, work, postgres.AddressOf("waxseal"), disk.FillAsync, async token =>
            {
                disk.Clear();
                await postgres.ReviveAsync(token);
            }).RunAsync(Few(times), Environment.TickCount, CancellationToken.None))));
    }

    private static int Few(int times) => Math.Max(1, times / 10);

    private async Task MeasureAsync(string name, Func<string, Task<KillResult>> run)
    {
        string work = Directory.CreateDirectory(Path.Combine(folder, $"{++_number}")).FullName;
        var watch = Stopwatch.StartNew();
        KillResult result = await run(work);
        IsWell &= result is { Lost: 0, Doubled: 0 };
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-32} {result.Kills,7} {result.Sent,8} {result.Answered,8} {result.Refused,17} {result.Lost,8} {result.Doubled,8} {watch.Elapsed.TotalSeconds,8:0}"));
    }

    private static async Task<KillResult> WithPostgresAsync(string place, Func<PostgresProcess, Task<KillResult>> run)
    {
        await using PostgresProcess postgres = new(Directory.CreateDirectory(Path.Combine(place, "postgres")).FullName);
        await postgres.CreateAsync(CancellationToken.None);
        await postgres.CreateDatabaseAsync("waxseal", CancellationToken.None);
        return await run(postgres);
    }

    private static async Task<KillResult> WithDiskAsync(int megabytes, Func<SmallDisk, Task<KillResult>> run)
    {
        await using SmallDisk disk = await SmallDisk.CreateAsync(megabytes, CancellationToken.None) ?? throw new InvalidOperationException("There is no leave to mount a disk in memory.");
        return await run(disk);
    }

    private static Task Cleared(SmallDisk disk)
    {
        disk.Clear();
        return Task.CompletedTask;
    }
}
