using Waxseal.Storage;
using Waxseal.Storage.Reports;
using Waxseal.Tests.ReportIntake;
using Waxseal.Tests.ReportIntake.Authenticity;

namespace Waxseal.Tests.Commands.Store;

public sealed class StoreAddTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-add-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Mails_are_proved_and_files_are_not()
    {
        await using KeyServer dns = new();
        using var signer = MailSigner.WithRsa();
        dns.Publish("sender.test", $"p={signer.PublicKey}");
        string holds = signer.Sign(Report(1), "sender.test", TimeProvider.System.GetUtcNow());
        string changed = signer.Sign(Report(2), "sender.test", TimeProvider.System.GetUtcNow()).Replace("A  report.", "No report.", StringComparison.Ordinal);
        string keyGone = signer.Sign(Report(3), "sender.test", TimeProvider.System.GetUtcNow(), selector: "old");
        string mbox = Write("mails.mbox", string.Concat(new[] { holds, changed, keyGone }.Select(mail => $"From a@sender.test Fri Jan  2 03:00:00 2026\r\n{mail}\r\n")));
        string json = Write("report.json", Report(4).Split("tlsrpt+json\r\n\r\n")[1].Split("\r\n")[0]);
        string config = Write("waxseal.toml", $"[store]\ndatabase = \"sqlite:{_folder}/waxseal.db\"\n[dns]\nresolvers = [\"{dns.Address}\"]\n");

        Outcome outcome = await CommandRun.Of("store", "add", "--config", config, mbox, json);
        Assert.Equal(0, outcome.ExitCode);
        List<StoredReport> reports = await ReportsAsync();
        Assert.Equal(
            [
                (Trust.Verified, ReportState.Counted, "DKIM of sender.test holds (selector sel)"),
                (Trust.Failed, ReportState.Quarantined, "DKIM of sender.test (selector sel) does not hold: the body of the mail was changed on its way"),
                (Trust.Unverified, ReportState.Counted, "DKIM of sender.test (selector old) proves nothing: the key is not published, or not any more"),
                (Trust.Unverified, ReportState.Counted, "whoever may write to the store"),
            ],
            reports.OrderBy(report => report.ReportId).Select(report => (report.Arrival.Trust, report.State, report.Arrival.TrustReason)));
    }

    [Fact]
    public async Task Mail_in_the_watched_folder_is_proved()
    {
        await using KeyServer dns = new();
        using var signer = MailSigner.WithRsa();
        dns.Publish("sender.test", $"p={signer.PublicKey}");
        string file = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "incoming")).FullName, "a.eml");
        await File.WriteAllTextAsync(file, signer.Sign(Report(1), "sender.test", TimeProvider.System.GetUtcNow()), TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-1));
        await using IntakeHost host = await IntakeHost.StartAsync(_folder, $"[dns]\nresolvers = [\"{dns.Address}\"]\n[reportIntake.folder]\npath = \"{_folder}/incoming\"\nevery = \"1s\"\n");
        await host.UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(_folder, "incoming/stored/a.eml"))));
        Assert.Equal(Trust.Verified, Assert.Single(await host.ReportsAsync()).Arrival.Trust);
    }

    [Fact]
    public async Task The_watched_folder_is_made_for_its_owner_alone_and_left_as_it_is_later()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such rights.");
        const UnixFileMode Alone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        string path = Path.Combine(_folder, "data", "incoming");
        string section = $"[reportIntake.folder]\npath = \"{path}\"\n";
        await (await IntakeHost.StartAsync(_folder, section)).DisposeAsync();

        foreach (string folder in new[] { Path.Combine(_folder, "data"), path, Path.Combine(path, "stored"), Path.Combine(path, "unreadable") })
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(folder) == Alone, folder);

        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, Alone | UnixFileMode.GroupRead);
        await (await IntakeHost.StartAsync(_folder, section)).DisposeAsync();
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(path) == (Alone | UnixFileMode.GroupRead));
    }

    [Fact]
    public async Task A_folder_without_reports_is_said_to_hold_none()
    {
        string config = Write("waxseal.toml", $"[store]\ndatabase = \"sqlite:{_folder}/waxseal.db\"\n");

        Outcome outcome = await CommandRun.Of("store", "add", "--config", config, Directory.CreateDirectory(Path.Combine(_folder, "empty")).FullName);

        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("/empty holds no reports: it is empty.", outcome.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("0 reports stored, 0 were known, 0 cannot be read.", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_report_is_told_of_as_one()
    {
        string config = Write("waxseal.toml", $"[store]\ndatabase = \"sqlite:{_folder}/waxseal.db\"\n[reportIntake]\nunverified = \"quarantine\"\n");
        string json = Write("report.json", Report(4).Split("tlsrpt+json\r\n\r\n")[1].Split("\r\n")[0]);

        Outcome first = await CommandRun.Of("store", "add", "--config", config, json);
        Outcome second = await CommandRun.Of("store", "add", "--config", config, json);

        Assert.Contains("1 report stored, 0 were known, 0 cannot be read.", first.Out, StringComparison.Ordinal);
        Assert.Contains("1 report does not count. It is not proved who sent it: whoever may write to the store (reportIntake.unverified = \"quarantine\"", string.Join(' ', first.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Contains("0 reports stored, 1 was known, 0 cannot be read.", second.Out, StringComparison.Ordinal);
    }

    private async Task<List<StoredReport>> ReportsAsync()
    {
        await using Waxseal.Storage.Store store = await Waxseal.Storage.Store.OpenAsync(new StoreAddress(true, Path.Combine(_folder, "waxseal.db")), TimeProvider.System, TestContext.Current.CancellationToken);
        List<StoredReport> reports = [];
        await foreach (StoredReport report in store.Stored.ListAsync(new ReportFilter(), TestContext.Current.CancellationToken))
            reports.Add(report);
        return reports;
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Report(int number) => SenderProofTests.Report().Replace("1@sender.test", $"{number}@sender.test", StringComparison.Ordinal);
}
