using Waxseal.Storage;
using Waxseal.Storage.Findings;

namespace Waxseal.Tests.Commands.Store;

public sealed class StorePruneTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-prune-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_dry_run_tells_what_would_go_and_deletes_nothing()
    {
        string config = Path.Combine(_folder, "waxseal.toml");
        await File.WriteAllTextAsync(config, $"[store]\ndatabase = \"sqlite:{_folder}/waxseal.db\"\nkeepChanges = \"30d\"\n", TestContext.Current.CancellationToken);
        await using (Waxseal.Storage.Store store = await Waxseal.Storage.Store.OpenAsync(new StoreAddress(true, $"{_folder}/waxseal.db"), TimeProvider.System, TestContext.Current.CancellationToken))
        {
            DateTimeOffset old = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
            MadeFinding finding = new("example.test", FindingSource.Reports, "tlsa") { Severity = "error", State = "lasting", Title = "Title", InShort = "In short.", Document = "{}" };
            await store.Findings.KeepAsync("example.test", FindingSource.Reports, [finding], old, TestContext.Current.CancellationToken);
            await store.Findings.KeepAsync("example.test", FindingSource.Reports, [], old.AddDays(1), TestContext.Current.CancellationToken);
        }

        for (int i = 0; i < 2; i++)
        {
            Assert.Contains("findings that are gone: 1, kept 30d, 1 would be deleted", await ToldAsync(config), StringComparison.Ordinal);
        }

        Assert.Equal(0, (await CommandRun.Of("", ["store", "prune", "-c", config])).ExitCode);
        Assert.Contains("findings that are gone: 0, kept 30d, 0 would be deleted", await ToldAsync(config), StringComparison.Ordinal);
    }

    private static async Task<string> ToldAsync(string config) =>
        string.Join(' ', (await CommandRun.Of("", ["store", "prune", "--dry-run", "-c", config])).Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
