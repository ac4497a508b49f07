using Waxseal.Storage;
using Waxseal.Storage.Reports;
using Waxseal.Tests.ReportIntake.Authenticity;

namespace Waxseal.Tests.Commands.Store;

public sealed class StoreReparseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-reparse-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_quarantined_counts_when_the_configuration_accepts_it()
    {
        File.WriteAllText(Path.Combine(_folder, "report.json"), SenderProofTests.Report().Split("tlsrpt+json\r\n\r\n")[1].Split("\r\n")[0]);
        await RunAsync("quarantine", "add", Path.Combine(_folder, "report.json"));
        Assert.Equal((ReportState.Quarantined, 0), await StoredAsync());

        Outcome still = await RunAsync("quarantine", "reparse");
        Assert.Equal((ReportState.Quarantined, 0), await StoredAsync());
        Assert.DoesNotContain("count now", still.Out, StringComparison.Ordinal);

        Outcome accepted = await RunAsync("accept", "reparse");
        Assert.Contains("1 that were quarantined count now.", accepted.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal((ReportState.Counted, 3), await StoredAsync());
    }

    private Task<Outcome> RunAsync(string unverified, string command, params string[] arguments)
    {
        string config = Path.Combine(_folder, "waxseal.toml");
        File.WriteAllText(config, $"[store]\ndatabase = \"sqlite:{_folder}/waxseal.db\"\n[reportIntake]\nunverified = \"{unverified}\"\n");
        return CommandRun.Of(["store", command, "--config", config, .. arguments]);
    }

    // The state of the one report, and what its policy domain's sums say.
    private async Task<(ReportState State, long Successful)> StoredAsync()
    {
        await using Waxseal.Storage.Store store = await Waxseal.Storage.Store.OpenAsync(new StoreAddress(true, Path.Combine(_folder, "waxseal.db")), TimeProvider.System, TestContext.Current.CancellationToken);
        StoredReport report = await store.Stored.ListAsync(new ReportFilter(), TestContext.Current.CancellationToken).SingleAsync(TestContext.Current.CancellationToken);
        IReadOnlyList<DaySessions> days = await store.Stored.DaysAsync("example.test", new(2026, 1, 1), new(2026, 1, 1), TestContext.Current.CancellationToken);
        return (report.State, days.Sum(day => day.Successful));
    }
}
