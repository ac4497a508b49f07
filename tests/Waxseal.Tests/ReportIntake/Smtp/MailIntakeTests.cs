using Waxseal.Mail;
using Waxseal.Storage.Reports;
using Waxseal.Tests.Inputs;
using Waxseal.Tests.ReportIntake.Authenticity;

namespace Waxseal.Tests.ReportIntake.Smtp;

/// <summary>The whole way: from a socket into the store.</summary>
public class MailIntakeTests
{
    private const string Envelope = $"MAIL FROM:<>\r\nRCPT TO:<{MailLab.Recipient}>\r\n";

    [Fact]
    public async Task A_report_by_SMTP_is_stored_before_it_is_answered()
    {
        await using MailLab lab = await MailLab.StartAsync();
        await using MailClient client = await lab.ConnectAsync();

        Assert.StartsWith("220 mx.example.test ESMTP", await client.HearAsync(), StringComparison.Ordinal);
        Assert.StartsWith("250 2.6.0", await client.SendAsync(MailLab.Mail(7)), StringComparison.Ordinal);

        StoredReport stored = Assert.Single(await lab.StoredAsync());
        Assert.Equal((ReportState.Quarantined, 7, "7"), (stored.State, stored.Successful, stored.ReportId));
        Assert.Equal((Channel.Smtp, "127.0.0.1", Trust.Unverified), (stored.Arrival.Channel, stored.Arrival.Origin, stored.Arrival.Trust));
        Assert.StartsWith("221", await client.AskAsync("QUIT\r\n"), StringComparison.Ordinal);
        Assert.Equal("", await client.HearAsync());
    }

    [Fact]
    public async Task A_report_by_LMTP_over_a_unix_socket_has_a_reply_for_each_recipient()
    {
        await using MailLab lab = await MailLab.StartAsync();
        await using MailClient client = await lab.ConnectLmtpAsync();

        await client.SayAsync($"LHLO relay.test\r\n{Envelope}RCPT TO:<two@example.test>\r\nRCPT TO:<three@example.test>\r\nDATA\r\n");
        Assert.Equal("220 250 250 250 250 550 354", await client.HearCodesAsync(7));
        await client.SayAsync($"{MailLab.Mail(3)}.\r\nQUIT\r\n");
        Assert.Equal("250 250 221", await client.HearCodesAsync(3));

        StoredReport stored = Assert.Single(await lab.StoredAsync());
        Assert.Equal((Channel.Lmtp, "this machine", 1), (stored.Arrival.Channel, stored.Arrival.Origin, stored.TimesReceived));
    }

    [Fact]
    public async Task Who_is_quarantined_is_told_why_and_counts_when_an_accepted_way_brings_the_same()
    {
        await using MailLab lab = await MailLab.StartAsync();
        await using MailClient client = await lab.ConnectAsync();
        await client.HearAsync();

        string reply = await client.SendAsync(MailLab.Mail(7));

        Assert.StartsWith("250 2.6.0 The report is stored as quarantined and does not count. It is not proved who sent the mail: ", reply, StringComparison.Ordinal);
        Assert.Contains("(reportIntake.unverifiedMail = \"quarantine\" keeps it apart)", reply, StringComparison.Ordinal);
        string config = Path.Combine(lab.Folder, "waxseal.toml");
        await File.WriteAllTextAsync(config, $"[store]\ndatabase = \"sqlite:{lab.StoreFolder}/waxseal.db\"\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(lab.Folder, "same.json"), MailLab.Report(7), TestContext.Current.CancellationToken);
        Commands.Outcome added = await Commands.CommandRun.Of("store", "add", "--config", config, Path.Combine(lab.Folder, "same.json"));

        Assert.Contains("1 report stored, 0 were known", added.Out, StringComparison.Ordinal);
        StoredReport stored = Assert.Single(await lab.StoredAsync());
        Assert.Equal((ReportState.Counted, Channel.Command, 2), (stored.State, stored.Arrival.Channel, stored.TimesReceived));
    }

    [Theory]
    [InlineData("gzip.eml", 1)]
    [InlineData("two-reports.eml", 2)]
    [InlineData("quoted-printable.eml", 1)]
    [InlineData("zip-type.eml", 1)]
    public async Task Report_mails_of_all_packings_are_taken(string name, int reports)
    {
        await using MailLab lab = await MailLab.StartAsync();
        await using MailClient client = await lab.ConnectAsync();
        string mail = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(IntakeSamples.Path(name), TestContext.Current.CancellationToken)).ReplaceLineEndings("\r\n");

        await client.SayAsync($"EHLO x\r\n{Envelope}BDAT {mail.Length} LAST\r\n{mail}");

        Assert.Equal("220 250 250 250 250", await client.HearCodesAsync(5));
        // The signatures of the samples do not hold, and what becomes of such mails is another test's affair.
        Assert.Equal(reports, (await lab.StoredAsync()).Count(stored => stored.State is ReportState.Counted or ReportState.Quarantined));
    }

    [Fact]
    public async Task The_same_report_again_counts_once()
    {
        await using MailLab lab = await MailLab.StartAsync();
        await using MailClient client = await lab.ConnectAsync();
        await client.HearAsync();

        for (int i = 0; i < 3; i++)
            Assert.StartsWith("250 2.6.0", await client.SendAsync(MailLab.Mail(5)), StringComparison.Ordinal);

        Assert.Equal(3, Assert.Single(await lab.StoredAsync()).TimesReceived);
    }

    [Theory]
    [InlineData("Subject: hello\r\n\r\nbuy this\r\n", "554 5.6.0 It is a mail without a TLS report")]
    [InlineData("Content-Type: application/tlsrpt+json\r\n\r\n{\"report-id\":\r\n", "554 5.6.0 ")]
    [InlineData("Content-Type: application/tlsrpt+gzip\r\nContent-Transfer-Encoding: base64\r\n\r\nH4sIAAAA\r\n", "554 5.6.0 It holds no report that can be read")]
    [InlineData("", "554 5.6.0 It is not a mail that can be read")]
    public async Task What_holds_no_report_is_refused_with_the_reason(string mail, string reply)
    {
        await using MailLab lab = await MailLab.StartAsync();
        await using MailClient client = await lab.ConnectAsync();
        await client.HearAsync();

        Assert.StartsWith(reply, await client.SendAsync(mail), StringComparison.Ordinal);
        Assert.StartsWith("250 2.6.0", await client.SendAsync(MailLab.Mail(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_store_a_mail_is_to_come_again_and_is_taken_when_it_does()
    {
        await using MailLab lab = await MailLab.StartAsync(hasStore: false);
        await using MailClient client = await lab.ConnectAsync();
        await client.HearAsync();

        Assert.StartsWith("451 4.3.0", await client.SendAsync(MailLab.Mail(1)), StringComparison.Ordinal);
        Assert.StartsWith("451 4.3.0", await client.SendAsync(MailLab.Mail(1)), StringComparison.Ordinal);
        await using (MailClient local = await lab.ConnectLmtpAsync())
        {
            await local.HearAsync();
            Assert.StartsWith("451 4.3.0", await local.SendAsync(MailLab.Mail(1), "LHLO x"), StringComparison.Ordinal);
        }

        Directory.CreateDirectory(lab.StoreFolder);
        string reply;
        do
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
            reply = await client.SendAsync(MailLab.Mail(1));
        }
        while (reply.StartsWith("451", StringComparison.Ordinal));

        Assert.StartsWith("250", reply, StringComparison.Ordinal);
        Assert.Single(await lab.StoredAsync());
    }

    [Fact]
    public async Task A_store_that_is_closing_takes_nothing()
    {
        await using MailLab lab = await MailLab.StartAsync();
        await using MailClient client = await lab.ConnectAsync();
        await client.HearAsync();
        await lab.Store.Open.DisposeAsync();

        Assert.StartsWith("451 4.3.0", await client.SendAsync(MailLab.Mail(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_sends_too_much_is_told_to_wait()
    {
        await using MailLab lab = await MailLab.StartAsync(intake: "perSource = 2");
        await using MailClient client = await lab.ConnectAsync();
        await client.HearAsync();

        string[] replies = [await client.SendAsync(MailLab.Mail(1)), await client.SendAsync(MailLab.Mail(2)), await client.SendAsync(MailLab.Mail(3)), await client.SendAsync(MailLab.Mail(4))];
        Assert.Contains(replies, reply => reply.StartsWith("451 4.7.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_quarantined_or_foreign_report_is_taken_and_a_rejected_one_refused()
    {
        await using (MailLab lab = await MailLab.StartAsync(intake: "domains = [\"other.test\"]"))
        {
            await using MailClient client = await lab.ConnectAsync();
            await client.HearAsync();
            Assert.StartsWith("250", await client.SendAsync(MailLab.Mail(1)), StringComparison.Ordinal);
            Assert.Equal(ReportState.Foreign, Assert.Single(await lab.StoredAsync()).State);
        }

        await using MailLab strict = await MailLab.StartAsync(intake: "unverifiedMail = \"reject\"");
        await using MailClient stranger = await strict.ConnectAsync();
        await stranger.HearAsync();
        Assert.StartsWith("554 5.6.0 It is not proved who sent the report", await stranger.SendAsync(MailLab.Mail(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_whose_key_DNS_does_not_give_now_is_taken_when_it_does()
    {
        await using KeyServer dns = new();
        using var signer = MailSigner.WithRsa();
        dns.Publish("sender.test", $"p={signer.PublicKey}");
        dns.Lab.IsBogus = _ => true;
        await using MailLab lab = await MailLab.StartAsync(smtp: $"[dns]\nresolvers = [\"{dns.Address}\"]");
        await using MailClient client = await lab.ConnectAsync();
        await client.HearAsync();
        string mail = signer.Sign(SenderProofTests.Report(), "sender.test", TimeProvider.System.GetUtcNow());

        string first = await client.SendAsync(mail);

        Assert.StartsWith("451 4.7.5 It cannot be proved now who sent the report", first, StringComparison.Ordinal);
        Assert.Empty(await lab.StoredAsync());
        dns.Lab.IsBogus = _ => false;
        for (int i = 0; i < 60 && !(await client.SendAsync(mail)).StartsWith("250", StringComparison.Ordinal); i++)
            await Task.Delay(500, TestContext.Current.CancellationToken);
        StoredReport stored = Assert.Single(await lab.StoredAsync());
        Assert.Equal((ReportState.Counted, Trust.Verified), (stored.State, stored.Arrival.Trust));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    [InlineData(14_000_000)]
    public async Task Large_mails_are_taken(int padding)
    {
        await using MailLab lab = await MailLab.StartAsync();
        await using MailClient client = await lab.ConnectAsync();
        await client.HearAsync();

        Assert.StartsWith("250 2.6.0", await client.SendAsync(MailLab.Mail(1, padding)), StringComparison.Ordinal);
        Assert.StartsWith("250 2.6.0", await client.SendAsync(MailLab.Mail(2, padding)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_large_mails_at_once_wait_for_each_other()
    {
        await using MailLab lab = await MailLab.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(async number =>
        {
            await using MailClient client = await lab.ConnectAsync();
            await client.HearAsync();
            Assert.StartsWith("250 2.6.0", await client.SendAsync(MailLab.Mail(number, 3_000_000)), StringComparison.Ordinal);
        }));

        Assert.Equal(12, (await lab.StoredAsync()).Count);
    }

    [Fact]
    public async Task A_mail_of_many_bombs_is_refused()
    {
        byte[] bomb;
        using (MemoryStream packed = new())
        {
            await using (System.IO.Compression.GZipStream gzip = new(packed, System.IO.Compression.CompressionLevel.SmallestSize))
                await gzip.WriteAsync(System.Text.Encoding.ASCII.GetBytes(MailLab.Report(1) + new string(' ', 15_000_000)), TestContext.Current.CancellationToken);
            bomb = packed.ToArray();
        }

        string part = $"--b\r\nContent-Type: application/tlsrpt+gzip\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(bomb, Base64FormattingOptions.InsertLineBreaks)}\r\n";
        await using MailLab lab = await MailLab.StartAsync();
        await using MailClient client = await lab.ConnectAsync();
        await client.HearAsync();

        string reply = await client.SendAsync($"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{string.Concat(Enumerable.Repeat(part, 90))}--b--\r\n");

        Assert.StartsWith("554 5.6.0 It holds reports of more than 20000000 bytes together", reply, StringComparison.Ordinal);
        Assert.StartsWith("250", await client.SendAsync(MailLab.Mail(9)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hostile_MIME_is_refused_in_good_time()
    {
        string[] mails =
        [
            string.Concat(Enumerable.Range(0, 1000).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n")),
            $"X: {string.Concat(Enumerable.Repeat(" x\r\n", 2_500_000))}\r\n\r\n",
            $"Content-Type: multipart/mixed; boundary=b\r\n\r\n{string.Concat(Enumerable.Repeat("--b\r\n\r\nx\r\n", 100_000))}",
            string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\r\n\r\n", 10_000)),
            $"Subject: {string.Concat(Enumerable.Repeat("=?utf-8?B?4pyT?= ", 5_000))}\r\n\r\nx\r\n",
        ];
        await using MailLab lab = await MailLab.StartAsync();
        await using MailClient client = await lab.ConnectAsync();
        await client.HearAsync();

        foreach (string mail in mails)
            Assert.StartsWith("554 5.6.0", await client.SendAsync(mail), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_size_that_is_announced_is_refused_before_it_comes()
    {
        await using MailLab lab = await MailLab.StartAsync();
        await using MailClient client = await lab.ConnectAsync();

        Assert.StartsWith("220", await client.HearAsync(), StringComparison.Ordinal);
        Assert.Contains($"SIZE {MailLimits.Bytes}", await client.AskAsync("EHLO x\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("552 5.3.4", await client.AskAsync("MAIL FROM:<> SIZE=15000001\r\n"), StringComparison.Ordinal);
    }
}
