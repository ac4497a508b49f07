using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Waxseal.Hosting;
using Waxseal.Hosting.Listening;

namespace Waxseal.Tests.ReportIntake.Smtp;

/// <summary>Connections: how many, how long, within TLS, and at the end.</summary>
public class MailListenerTests
{
    private const string Envelope = $"MAIL FROM:<>\r\nRCPT TO:<{MailLab.Recipient}>\r\n";

    [Fact, Rfc(3207, "4")]
    public async Task STARTTLS_leads_to_a_session_that_begins_anew()
    {
        using Pem pem = new("mx.example.test");
        await using MailLab lab = await MailLab.StartAsync(pem.Settings);
        await using MailClient client = await lab.ConnectAsync();

        await client.HearAsync();
        Assert.EndsWith("250 STARTTLS", await client.AskAsync("EHLO x\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("220 2.0.0", await client.AskAsync("STARTTLS\r\n"), StringComparison.Ordinal);
        SslStream secure = await client.SecureAsync();

        Assert.True(secure.SslProtocol is SslProtocols.Tls12 or SslProtocols.Tls13);
        Assert.Equal("CN=lab", secure.RemoteCertificate!.Subject);
        Assert.StartsWith("503", await client.AskAsync("MAIL FROM:<>\r\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("STARTTLS", await client.AskAsync("EHLO x\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("503", await client.AskAsync("STARTTLS\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("250 2.6.0", await client.SendAsync(MailLab.Mail(1)), StringComparison.Ordinal);
        Assert.Single(await lab.StoredAsync());
    }

    [Theory, Rfc(3207, "4.2")]
    [InlineData("NOOP\r\n")]
    [InlineData("EHLO evil.test\r\nMAIL FROM:<evil@attacker.test>\r\nRCPT TO:<tlsrpt@example.test>\r\n")]
    [InlineData("EHLO evil.test\r\nMAIL FROM:<>\r\nRCPT TO:<tlsrpt@example.test>\r\nDATA\r\nSubject: injected")]
    [InlineData("MA")]
    public async Task What_is_put_before_the_handshake_is_not_answered_within_it(string injected)
    {
        using Pem pem = new("mx.example.test");
        await using MailLab lab = await MailLab.StartAsync(pem.Settings);
        await using MailClient client = await lab.ConnectAsync();

        await client.HearAsync();
        await client.AskAsync("EHLO x\r\n");
        Assert.StartsWith("220", await client.AskAsync($"STARTTLS\r\n{injected}"), StringComparison.Ordinal);
        await client.SecureAsync();

        Assert.StartsWith("503", await client.AskAsync("RCPT TO:<tlsrpt@example.test>\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("252", await client.AskAsync("VRFY x\r\n"), StringComparison.Ordinal);
        Assert.Empty(await lab.StoredAsync());
    }

    [Fact]
    public async Task What_was_said_before_the_handshake_is_forgotten()
    {
        using Pem pem = new("mx.example.test");
        await using MailLab lab = await MailLab.StartAsync(pem.Settings);
        await using MailClient client = await lab.ConnectAsync();

        await client.SayAsync($"EHLO x\r\n{Envelope}STARTTLS\r\n");
        Assert.Equal("220 250 250 250 220", await client.HearCodesAsync(5));
        await client.SecureAsync();

        Assert.StartsWith("503", await client.AskAsync("DATA\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_handshake_ends_the_connection_and_nothing_else()
    {
        using Pem pem = new("mx.example.test");
        await using MailLab lab = await MailLab.StartAsync(pem.Settings);
        await using (MailClient client = await lab.ConnectAsync())
        {
            await client.SayAsync("EHLO x\r\nSTARTTLS\r\n");
            Assert.Equal("220 250 220", await client.HearCodesAsync(3));
            await client.SayAsync("EHLO x\r\nthis is no handshake\r\n");
            while (await client.HearAsync() is { Length: > 0 } answer)
                Assert.DoesNotMatch("^250", answer);
        }

        await using MailClient next = await lab.ConnectAsync();
        await next.HearAsync();
        Assert.StartsWith("250 2.6.0", await next.SendAsync(MailLab.Mail(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewed_certificate_is_used_at_once_and_half_of_one_is_not()
    {
        using Pem pem = new("old.example.test");
        await using MailLab lab = await MailLab.StartAsync(pem.Settings);
        Assert.Contains("old.example.test", await NameAsync(lab), StringComparison.Ordinal);

        await File.WriteAllTextAsync(pem.Certificate, "-----BEGIN", TestContext.Current.CancellationToken);
        Assert.Contains("old.example.test", await NameAsync(lab), StringComparison.Ordinal);

        pem.Write("new.example.test");
        Assert.Contains("new.example.test", await NameAsync(lab), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("maxConnections = 3", "421 4.3.2")]
    [InlineData("maxConnectionsPerSource = 3", "421 4.7.0")]
    public async Task One_connection_too_many_is_refused_until_another_ends(string limit, string reply)
    {
        await using MailLab lab = await MailLab.StartAsync(limit);
        MailClient[] clients = [await lab.ConnectAsync(), await lab.ConnectAsync(), await lab.ConnectAsync()];
        foreach (MailClient client in clients)
            await client.HearAsync();

        await using MailClient fourth = await lab.ConnectAsync();
        Assert.StartsWith(reply, await fourth.HearAsync(), StringComparison.Ordinal);
        Assert.Equal("", await fourth.HearAsync());

        clients[0].Break();
        await clients[1].AskAsync("QUIT\r\n");
        Assert.Equal("", await clients[1].HearAsync());
        await clients[1].DisposeAsync();
        string greeting;
        do
        {
            await using MailClient next = await lab.ConnectAsync();
            greeting = await next.HearAsync();
        }
        while (greeting.StartsWith("421", StringComparison.Ordinal));

        Assert.StartsWith("220", greeting, StringComparison.Ordinal);
        await clients[2].DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("EHLO x\r\n")]
    [InlineData("EHLO")]
    [InlineData("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<tlsrpt@example.test>\r\nDATA\r\nSubject: x")]
    [InlineData("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<tlsrpt@example.test>\r\nBDAT 1000\r\nSubject: x")]
    public async Task Who_falls_silent_is_told_and_left(string says)
    {
        await using MailLab lab = await MailLab.StartAsync("idleTimeout = \"1s\"");
        await using MailClient client = await lab.ConnectAsync();

        await client.SayAsync(says);
        Assert.StartsWith("421 4.4.2", await LastAsync(client), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NOOP\r\n")]
    [InlineData("x")]
    public async Task Who_drips_is_told_when_the_time_is_over(string drop)
    {
        await using MailLab lab = await MailLab.StartAsync("timeout = \"2s\"");
        await using MailClient client = await lab.ConnectAsync();
        using CancellationTokenSource enough = new();
        var dripping = Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    await client.SayAsync(drop);
                    await Task.Delay(100, enough.Token);
                }
            },
            enough.Token);

        Assert.StartsWith("421 4.4.2", await LastAsync(client), StringComparison.Ordinal);
        await enough.CancelAsync();
        await dripping.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact, Rfc(5321, "3.8")]
    public async Task When_it_stops_a_mail_that_has_begun_is_stored_and_all_others_are_told()
    {
        await using MailLab lab = await MailLab.StartAsync();
        await using MailClient begun = await lab.ConnectAsync();
        await using MailClient chunked = await lab.ConnectAsync();
        await using MailClient idle = await lab.ConnectAsync();
        await using MailClient between = await lab.ConnectAsync();
        await begun.SayAsync($"EHLO x\r\n{Envelope}DATA\r\n");
        Assert.Equal("220 250 250 250 354", await begun.HearCodesAsync(5));
        string mail = MailLab.Mail(2);
        await chunked.SayAsync($"EHLO x\r\n{Envelope}BDAT 10\r\n{mail[..10]}");
        Assert.Equal("220 250 250 250 250", await chunked.HearCodesAsync(5));
        await idle.HearAsync();
        await between.SayAsync($"EHLO x\r\n{Envelope}");
        Assert.Equal("220 250 250 250", await between.HearCodesAsync(4));

        Task stopping = lab.StopAsync().AsTask();
        Assert.StartsWith("421 4.3.2", await idle.HearAsync(), StringComparison.Ordinal);
        Assert.StartsWith("421 4.3.2", await between.HearAsync(), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => lab.ConnectAsync());
        Assert.StartsWith("250 2.6.0", await begun.AskAsync($"{MailLab.Mail(1)}.\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("421 4.3.2", await begun.HearAsync(), StringComparison.Ordinal);
        Assert.StartsWith("250 2.6.0", await chunked.AskAsync($"BDAT {mail.Length - 10} LAST\r\n{mail[10..]}"), StringComparison.Ordinal);
        await stopping;

        Assert.Equal(2, await lab.CountAfterStopAsync());
        Assert.False(File.Exists(lab.LmtpPath));
    }

    [Fact]
    public async Task A_thousand_at_once_are_served()
    {
        await using MailLab lab = await MailLab.StartAsync("maxConnectionsPerSource = 2000");
        MailClient[] clients = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => lab.ConnectAsync()));
        string[] replies = await Task.WhenAll(clients.Select(async (client, number) =>
        {
            await client.HearAsync();
            return await client.SendAsync(MailLab.Mail(number));
        }));

        Assert.All(replies, reply => Assert.StartsWith("250 2.6.0", reply, StringComparison.Ordinal));
        Assert.Equal(1000, (await lab.StoredAsync()).Count);
        foreach (MailClient client in clients)
            await client.DisposeAsync();
    }

    [Fact]
    public async Task Clients_that_are_gone_before_their_turn_hold_nobody_up()
    {
        await using MailLab lab = await MailLab.StartAsync();
        long start = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < 300; i++)
            (await lab.ConnectAsync()).Break();

        await using MailClient last = await lab.ConnectAsync();
        Assert.Matches("^(220|421)", await last.HearAsync());
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_client_that_breaks_off_does_no_harm()
    {
        await using MailLab lab = await MailLab.StartAsync("maxConnectionsPerSource = 1000");
        for (int i = 0; i < 50; i++)
        {
            await using MailClient client = await lab.ConnectAsync();
            await client.SayAsync($"EHLO x\r\n{Envelope}DATA\r\n{MailLab.Mail(1)[..(i * 10)]}");
            client.Break();
        }

        await using MailClient last = await lab.ConnectAsync();
        await last.HearAsync();
        Assert.StartsWith("250 2.6.0", await last.SendAsync(MailLab.Mail(1)), StringComparison.Ordinal);
        Assert.Single(await lab.StoredAsync());
    }

    [Fact]
    public void A_socket_that_a_killed_process_left_is_taken_over_and_one_in_use_is_not()
    {
        string folder = Directory.CreateTempSubdirectory("waxseal-mail-").FullName;
        string path = Path.Combine(folder, "lmtp");
        using (Socket killed = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            killed.Bind(new UnixDomainSocketEndPoint(path + ".at-first"));
            File.Move(path + ".at-first", path);
        }

        using (var sockets = ListeningSockets.Open("test", [$"unix:{path}"], new Systemd(_ => null)))
        {
            Assert.Single(sockets.All);
            Assert.Throws<IOException>(() => ListeningSockets.Open("test", [$"unix:{path}"], new Systemd(_ => null)));
            Assert.True(File.Exists(path));
        }

        Assert.False(File.Exists(path));
        Directory.Delete(folder);
    }

    private static async Task<string> LastAsync(MailClient client)
    {
        string last = "";
        while (await client.HearAsync() is { Length: > 0 } reply)
            last = reply;
        return last;
    }

    private static async Task<string> NameAsync(MailLab lab)
    {
        await using MailClient client = await lab.ConnectAsync();
        await client.SayAsync("EHLO x\r\nSTARTTLS\r\n");
        Assert.Equal("220 250 220", await client.HearCodesAsync(3));
        SslStream secure = await client.SecureAsync();
        using X509Certificate2 certificate = new(secure.RemoteCertificate!);
        return certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames().Single();
    }
}
