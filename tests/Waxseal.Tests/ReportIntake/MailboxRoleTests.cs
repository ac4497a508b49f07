using MailKit;
using MailKit.Net.Imap;
using Waxseal.Storage.Reports;
using Waxseal.Tests.ReportIntake.Authenticity;

namespace Waxseal.Tests.ReportIntake;

public sealed class MailboxRoleTests : IDisposable
{
    private const string Letter = "From: a@sender.test\r\nTo: reports@example.test\r\nSubject: Hello\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHow are you?\r\n";
    private const string Stored = "TLS reports stored";
    private const string Unreadable = "TLS reports unreadable";

    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-mailbox-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("none")]
    [InlineData("starttls")]
    [InlineData("implicit")]
    public async Task Report_is_stored_and_proved_and_a_letter_is_put_aside(string tls)
    {
        await using DovecotServer server = await DovecotServer.StartAsync();
        await using KeyServer dns = new();
        using var signer = MailSigner.WithRsa();
        dns.Publish("sender.test", $"p={signer.PublicKey}");
        await server.DeliverAsync(Letter);
        await server.DeliverAsync(signer.Sign(Report(1), "sender.test", TimeProvider.System.GetUtcNow()));

        string more = tls == "none" ? "" : $"caFile = \"{server.CaFile}\"";
        await using IntakeHost host = await IntakeHost.StartAsync(_folder, $"[dns]\nresolvers = [\"{dns.Address}\"]\n{server.Section(more, tls)}");
        await host.UntilAsync(async () => await server.CountAsync("INBOX") == 0);
        Assert.Equal((1, 1), (await server.CountAsync(Stored), await server.CountAsync(Unreadable)));
        StoredReport report = Assert.Single(await host.ReportsAsync(), report => report.State == ReportState.Counted);
        Assert.Equal((Channel.Imap, Trust.Verified, "DKIM of sender.test holds (selector sel)", "sender.test"), (report.Arrival.Channel, report.Arrival.Trust, report.Arrival.TrustReason, report.Arrival.Submitter));
    }

    [Fact]
    public async Task New_mail_is_told_of_by_the_server()
    {
        await using DovecotServer server = await DovecotServer.StartAsync();
        await using IntakeHost host = await IntakeHost.StartAsync(_folder, server.Section().Replace("every = \"1s\"", "every = \"1d\"", StringComparison.Ordinal));
        for (int i = 1; i < 4; i++)
        {
            await server.DeliverAsync(Report(i));
            await host.UntilAsync(async () => await server.CountAsync(Stored) == i);
        }

        Assert.Equal(3, (await host.ReportsAsync()).Count);
    }

    [Theory]
    [InlineData]
    [InlineData("MOVE")]
    public async Task Only_what_was_stored_is_removed(params string[] hidden)
    {
        await using DovecotServer server = await DovecotServer.StartAsync(hidden);
        await server.DeliverAsync(Letter);
        using (ImapClient other = await server.ConnectAsync())
        {
            // Somebody else has marked a mail as deleted, and may yet change his mind.
            await other.Inbox.OpenAsync(FolderAccess.ReadWrite, TestContext.Current.CancellationToken);
            await other.Inbox.AddFlagsAsync(0, MessageFlags.Deleted, silent: true, TestContext.Current.CancellationToken);
        }

        await server.DeliverAsync(Report(1));
        await using IntakeHost host = await IntakeHost.StartAsync(_folder, server.Section());
        await host.UntilAsync(async () => await server.CountAsync("INBOX") == 1);
        Assert.Equal((1, 0), (await server.CountAsync(Stored), await server.CountAsync(Unreadable)));
    }

    [Fact]
    public async Task Server_that_can_neither_move_nor_remove_one_mail_keeps_it_marked()
    {
        await using DovecotServer server = await DovecotServer.StartAsync("MOVE", "UIDPLUS");
        await server.DeliverAsync(Report(1));
        await using IntakeHost host = await IntakeHost.StartAsync(_folder, server.Section("idle = false"));
        await host.UntilAsync(async () => await server.CountAsync(Stored) == 1);
        await Task.Delay(2500, TestContext.Current.CancellationToken);
        Assert.Equal((1, 1), (await server.CountAsync("INBOX"), await server.CountAsync(Stored)));
    }

    [Fact]
    public async Task Stored_mail_is_deleted_where_that_is_wanted_and_a_letter_never_is()
    {
        await using DovecotServer server = await DovecotServer.StartAsync();
        await server.DeliverAsync(Letter);
        await server.DeliverAsync(Report(1));
        await using IntakeHost host = await IntakeHost.StartAsync(_folder, server.Section("delete = true"));
        await host.UntilAsync(async () => await server.CountAsync("INBOX") == 0);
        Assert.Equal((-1, 1), (await server.CountAsync(Stored), await server.CountAsync(Unreadable)));
    }

    [Fact]
    public async Task Nothing_is_lost_when_the_connection_is_cut_and_mails_are_numbered_anew()
    {
        const int mails = 60;
        await using DovecotServer server = await DovecotServer.StartAsync();
        for (int i = 0; i < mails; i++)
            await server.DeliverAsync(Report(i));
        await using IntakeHost host = await IntakeHost.StartAsync(_folder, server.Section());
        for (int i = 0; i < 4; i++)
        {
            await Task.Delay(150 * (i + 1), TestContext.Current.CancellationToken);
            await server.StopAsync();
            server.ForgetNumbers();
            await server.RunAsync();
        }

        await host.UntilAsync(async () => await server.CountAsync("INBOX") == 0);
        List<StoredReport> reports = await host.ReportsAsync();
        Assert.Equal((mails, mails), (reports.Count(report => report.State == ReportState.Quarantined), reports.Select(report => report.ReportId).Distinct().Count()));
        Assert.True(await server.CountAsync(Stored) >= mails);
    }

    [Fact]
    public async Task Mail_stays_where_it_is_while_the_store_is_not_there()
    {
        await using DovecotServer server = await DovecotServer.StartAsync();
        await server.DeliverAsync(Report(1));
        await using (IntakeHost host = await IntakeHost.StartAtAsync("postgresql://nobody@127.0.0.1:1/none", server.Section()))
        {
            await host.UntilAsync(() => Task.FromResult(host.Logged.Any(line => line.StartsWith("Store unavailable channel=imap", StringComparison.Ordinal))));
            Assert.Equal(1, await server.CountAsync("INBOX"));
        }

        await using IntakeHost again = await IntakeHost.StartAsync(_folder, server.Section());
        await again.UntilAsync(async () => await server.CountAsync(Stored) == 1);
    }

    [Fact]
    public async Task Wrong_password_is_not_tried_again_at_once()
    {
        await using DovecotServer server = await DovecotServer.StartAsync();
        await using IntakeHost host = await IntakeHost.StartAsync(_folder, server.Section().Replace(DovecotServer.Password, "wrong", StringComparison.Ordinal));
        await host.UntilAsync(() => Task.FromResult(host.Logged.Any(IsRefusal)));
        await Task.Delay(3000, TestContext.Current.CancellationToken);
        Assert.Single(host.Logged, IsRefusal);
    }

    [Fact]
    public async Task Certificate_of_a_stranger_is_not_taken()
    {
        await using DovecotServer server = await DovecotServer.StartAsync();
        await server.DeliverAsync(Report(1));
        await using IntakeHost host = await IntakeHost.StartAsync(_folder, server.Section(tls: "implicit"));
        await host.UntilAsync(() => Task.FromResult(host.Logged.Any(line => line.StartsWith("Mailbox unavailable", StringComparison.Ordinal))));
        Assert.Equal(1, await server.CountAsync("INBOX"));
    }

    private static bool IsRefusal(string line) => line.StartsWith("Mailbox login refused", StringComparison.Ordinal);

    private static string Report(int number) => SenderProofTests.Report().Replace("1@sender.test", $"{number}@sender.test", StringComparison.Ordinal);
}
