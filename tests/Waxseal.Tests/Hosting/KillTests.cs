using System.Diagnostics;
using Waxseal.Lab.Serving;

namespace Waxseal.Tests.Hosting;

/// <summary>What was answered as stored is there, whatever is killed and whatever is full.</summary>
public sealed class KillTests : IDisposable
{
    private static readonly string[] Program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "waxseal.dll")];

    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-kill-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Kills_of_serve_lose_nothing_in_SQLite() => Holds(await new KillLoop(Program, _folder, $"sqlite:{_folder}/waxseal.db").RunAsync(kills: 6, seed: 1, TestContext.Current.CancellationToken));

    [Fact]
    public async Task Kills_of_serve_lose_nothing_in_PostgreSQL()
    {
        await using PostgresProcess postgres = await PostgresAsync(_folder);
        Holds(await new KillLoop(Program, _folder, postgres.AddressOf("waxseal")).RunAsync(kills: 4, seed: 2, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Kills_of_PostgreSQL_lose_nothing()
    {
        await using PostgresProcess postgres = await PostgresAsync(_folder);
        OutageLoop loop = new(Program, _folder, postgres.AddressOf("waxseal"), postgres.KillAsync, postgres.StartAsync);
        HoldsAndRefuses(await loop.RunAsync(outages: 3, seed: 3, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Full_disk_under_SQLite_loses_nothing()
    {
        await using SmallDisk disk = await DiskAsync(32);
        OutageLoop loop = new(Program, _folder, $"sqlite:{disk.Folder}/waxseal.db", disk.FillAsync, _ => { disk.Clear(); return Task.CompletedTask; });
        HoldsAndRefuses(await loop.RunAsync(outages: 3, seed: 4, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Full_disk_under_PostgreSQL_loses_nothing()
    {
        await using SmallDisk disk = await DiskAsync(160);
        await using PostgresProcess postgres = await PostgresAsync(disk.Folder);
        OutageLoop loop = new(Program, _folder, postgres.AddressOf("waxseal"), disk.FillAsync, async token =>
        {
            disk.Clear();
            await postgres.ReviveAsync(token);
        });
        HoldsAndRefuses(await loop.RunAsync(outages: 2, seed: 5, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Three_processes_share_PostgreSQL_and_one_is_killed()
    {
        await using PostgresProcess postgres = await PostgresAsync(_folder);

        SharedDatabaseResult result = await new SharedDatabaseRun(Program, _folder, postgres.AddressOf("waxseal")).RunAsync(reports: 2000, TestContext.Current.CancellationToken);

        Assert.True(result.IsExact, result.ToString());
    }

    private static void Holds(KillResult result) => Assert.True(result is { Lost: 0, Doubled: 0, Answered: > 20 }, result.ToString());

    private static void HoldsAndRefuses(KillResult result) => Assert.True(result is { Lost: 0, Doubled: 0, Answered: > 20, Refused: > 0 }, result.ToString());

    private static async Task<PostgresProcess> PostgresAsync(string folder)
    {
        Assert.SkipWhen(PostgresProcess.Absence is not null, PostgresProcess.Absence ?? "");
        PostgresProcess postgres = new(Directory.CreateDirectory(Path.Combine(folder, "postgres")).FullName);
        // Its user has to come here.
        using (var chmod = Process.Start("chmod", ["711", folder]))
            await chmod.WaitForExitAsync(TestContext.Current.CancellationToken);
        await postgres.CreateAsync(TestContext.Current.CancellationToken);
        await postgres.CreateDatabaseAsync("waxseal", TestContext.Current.CancellationToken);
        return postgres;
    }

    private static async Task<SmallDisk> DiskAsync(int megabytes)
    {
        SmallDisk? disk = await SmallDisk.CreateAsync(megabytes, TestContext.Current.CancellationToken);
        Assert.SkipWhen(disk is null, "There is no leave to mount a disk in memory.");
        return disk!;
    }
}
