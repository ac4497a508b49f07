using Waxseal.Storage.Reports;
using Waxseal.Tests.ReportIntake.Authenticity;

namespace Waxseal.Tests.ReportIntake;

public sealed class MaildirRoleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-maildir-").FullName;

    public MaildirRoleTests()
    {
        foreach (string part in new[] { "new", "cur", "tmp" })
            Directory.CreateDirectory(Path.Combine(Maildir, part));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Maildir => Path.Combine(_folder, "Maildir");

    private string Section => $"[reportIntake.maildir]\npath = \"{Maildir}\"\nevery = \"1s\"\n";

    [Fact]
    public async Task Mails_are_moved_by_what_became_of_them()
    {
        string report = SenderProofTests.Report();
        Put("new/1767322800.M1P1.host", report);
        Put("cur/1767322801.M2P1.host:2,FR", report.Replace("1@sender.test", "2@sender.test", StringComparison.Ordinal));
        Put("new/1767322802.M3P1.host", "From: a@sender.test\r\n\r\nHow are you?\r\n");
        Put("new/1767322803.M4P1.host", "");
        Put("cur/1767322804.M5P1.host:2,T", report);
        Put("tmp/1767322805.M6P1.host", report);
        Put("cur/.keep", "x");

        await using IntakeHost host = await IntakeHost.StartAsync(_folder, Section);
        await host.UntilAsync(() => Task.FromResult(FilesIn(".unreadable/cur").Length == 2 && FilesIn(".stored/cur").Length == 2));
        Assert.Equal(["1767322800.M1P1.host:2,S", "1767322801.M2P1.host:2,FRS"], FilesIn(".stored/cur"));
        Assert.Equal(["1767322802.M3P1.host:2,S", "1767322803.M4P1.host:2,S"], FilesIn(".unreadable/cur"));
        Assert.True(File.Exists(Path.Combine(Maildir, ".stored/maildirfolder")));
        Assert.Equal([".keep", "1767322804.M5P1.host:2,T"], FilesIn("cur"));
        Assert.Equal(["1767322805.M6P1.host"], FilesIn("tmp"));
        Assert.Empty(FilesIn("new"));
        Assert.Equal(2, (await host.ReportsAsync()).Count(stored => stored.State == ReportState.Quarantined && stored.Arrival.Channel == Channel.Maildir));
    }

    [Fact]
    public async Task A_Maildir_that_goes_away_is_told_of_once()
    {
        await using IntakeHost host = await IntakeHost.StartAsync(_folder, Section);
        Directory.Move(Maildir, $"{Maildir}.gone");

        await host.UntilAsync(() => Task.FromResult(!host.Logged.IsEmpty && host.Logged.Any(line => line.StartsWith("Folder unreadable", StringComparison.Ordinal))));
        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);

        Assert.Equal($"Folder unreadable folder={Maildir} reason=it does not exist", Assert.Single(host.Logged, line => line.StartsWith("Folder unreadable", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Signature_is_held_against_the_time_in_the_name()
    {
        await using KeyServer dns = new();
        using var signer = MailSigner.WithRsa();
        dns.Publish("sender.test", $"p={signer.PublicKey}");
        DateTimeOffset at = TimeProvider.System.GetUtcNow().AddDays(-20);
        string mail = signer.Sign(SenderProofTests.Report(), "sender.test", at, extra: $"x={at.AddDays(7).ToUnixTimeSeconds()}; ");
        Put($"new/{at.AddMinutes(1).ToUnixTimeSeconds()}.M1P1.host", mail);
        await using IntakeHost host = await IntakeHost.StartAsync(_folder, $"[dns]\nresolvers = [\"{dns.Address}\"]\n{Section}");
        await host.UntilAsync(() => Task.FromResult(FilesIn(".stored/cur").Length == 1));
        Assert.Equal(Trust.Verified, Assert.Single(await host.ReportsAsync()).Arrival.Trust);
    }

    [Fact]
    public async Task Who_signs_for_himself_does_not_report_for_another()
    {
        await using KeyServer dns = new();
        using var signer = MailSigner.WithRsa();
        dns.Publish("sender.test", $"p={signer.PublicKey}");
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string report = SenderProofTests.Report().Replace("a@sender.test", "a@large.test", StringComparison.Ordinal);
        Put("new/1.M1P1.host", signer.Sign(report, "sender.test", now));
        await using IntakeHost host = await IntakeHost.StartAsync(_folder, $"[dns]\nresolvers = [\"{dns.Address}\"]\n{Section}");

        await host.UntilAsync(() => Task.FromResult(FilesIn(".stored/cur").Length == 1));

        StoredReport stored = Assert.Single(await host.ReportsAsync());
        Assert.Equal((ReportState.Quarantined, Trust.Unverified), (stored.State, stored.Arrival.Trust));
        Assert.EndsWith("and by its contact-info the report is that of large.test", stored.Arrival.TrustReason);
    }

    [Fact]
    public async Task Mail_waits_a_day_for_a_key_that_DNS_does_not_give()
    {
        await using KeyServer dns = new();
        using var signer = MailSigner.WithRsa();
        dns.Publish("sender.test", $"p={signer.PublicKey}");
        dns.Lab.IsBogus = _ => true;
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        string today = $"{now.AddHours(-1).ToUnixTimeSeconds()}.M1P1.host", before = $"{now.AddHours(-25).ToUnixTimeSeconds()}.M2P1.host";
        Put($"new/{today}", signer.Sign(SenderProofTests.Report(), "sender.test", now));
        Put($"new/{before}", signer.Sign(SenderProofTests.Report().Replace("1@sender.test", "2@sender.test", StringComparison.Ordinal), "sender.test", now.AddHours(-26)));
        await using IntakeHost host = await IntakeHost.StartAsync(_folder, $"[dns]\nresolvers = [\"{dns.Address}\"]\n{Section}");

        await host.UntilAsync(() => Task.FromResult(FilesIn(".stored/cur").Length == 1));

        Assert.Equal([today], FilesIn("new"));
        Assert.Equal((ReportState.Quarantined, "2@sender.test"), Assert.Single((await host.ReportsAsync()).Select(report => (report.State, report.ReportId))));
        dns.Lab.IsBogus = _ => false;
        await host.UntilAsync(() => Task.FromResult(FilesIn(".stored/cur").Length == 2));
        Assert.Contains(await host.ReportsAsync(), report => report is { State: ReportState.Counted, ReportId: "1@sender.test", Arrival.Trust: Trust.Verified });
    }

    [Fact]
    public async Task Mail_stays_where_it_is_while_the_store_is_not_there()
    {
        Put("new/1.M1P1.host", SenderProofTests.Report());
        await using (await IntakeHost.StartAtAsync("postgresql://nobody@127.0.0.1:1/none", Section))
            await Task.Delay(1500, TestContext.Current.CancellationToken);
        Assert.Equal(["1.M1P1.host"], FilesIn("new"));
    }

    [Fact]
    public async Task Report_that_was_passed_on_as_an_attachment_is_proved_by_its_own_mail()
    {
        await using KeyServer dns = new();
        using var signer = MailSigner.WithRsa();
        dns.Publish("sender.test", $"p={signer.PublicKey}");
        string inner = signer.Sign(SenderProofTests.Report(), "sender.test", TimeProvider.System.GetUtcNow());
        string forged = "Authentication-Results: mx.our.test; dkim=pass header.d=sender.test\r\n" + SenderProofTests.Report().Replace("1@sender.test", "2@sender.test", StringComparison.Ordinal);
        Put("new/1.M1P1.host", "From: me@our.test\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=out\r\n\r\n"
            + string.Concat(new[] { inner, forged }.Select(mail => $"--out\r\nContent-Type: message/rfc822\r\n\r\n{mail}\r\n")) + "--out--\r\n");
        await using IntakeHost host = await IntakeHost.StartAsync(_folder, $"[dns]\nresolvers = [\"{dns.Address}\"]\n[reportIntake]\ntrustedRelays = [\"mx.our.test\"]\n{Section}");
        await host.UntilAsync(() => Task.FromResult(FilesIn(".stored/cur").Length == 1));
        Assert.Equal([Trust.Verified, Trust.Unverified], (await host.ReportsAsync()).OrderBy(report => report.ReportId).Select(report => report.Arrival.Trust));
    }

    private void Put(string name, string mail) => File.WriteAllText(Path.Combine(Maildir, name), mail);

    private string[] FilesIn(string folder) =>
        Directory.Exists(Path.Combine(Maildir, folder)) ? [.. Directory.GetFiles(Path.Combine(Maildir, folder)).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)] : [];
}
