using Waxseal.Mail;
using Waxseal.ReportIntake;
using Waxseal.ReportIntake.Smtp;

namespace Waxseal.Tests.ReportIntake.Smtp;

/// <summary>What is answered to which command, in which order.</summary>
public class MailSessionTests
{
    private const string Envelope = SessionRun.Envelope;

    [Fact, Rfc(5321, "4.5.2")]
    public async Task A_period_that_begins_a_line_is_taken_away_and_nothing_else()
    {
        SessionRun run = await SessionRun.OfAsync($"{Envelope}DATA\r\n..one\r\n...\r\n.two\r\n \r\nx..\r\n\r\n.\r\nQUIT\r\n");

        Assert.Equal(".one\r\n..\r\ntwo\r\n \r\nx..\r\n\r\n", Assert.Single(run.Mails));
        Assert.Equal("220 250 250 250 354 250 221", run.Codes);
    }

    [Fact, Rfc(5321, "4.1.1.4")]
    public async Task An_empty_mail_has_no_octet() =>
        Assert.Equal("", Assert.Single((await SessionRun.OfAsync($"{Envelope}DATA\r\n.\r\n")).Mails));

    [Fact, Rfc(5321, "4.1.1.1")]
    public async Task EHLO_lists_what_is_offered_and_no_more()
    {
        SessionRun run = await SessionRun.OfAsync("EHLO client.test\r\nQUIT\r\n");

        Assert.Equal(
            ["220 mx.example.test ESMTP takes TLS reports", "250-mx.example.test", "250-PIPELINING", $"250-SIZE {MailLimits.Bytes}", "250-8BITMIME", "250-CHUNKING", "250 ENHANCEDSTATUSCODES"],
            run.Replies[..^1]);
    }

    [Theory]
    [InlineData("HELO client.test", "250")]
    [InlineData("ehlo [192.0.2.1]", "250")]
    [InlineData("EHLO under_score", "250")]
    [InlineData("EHLO", "501")]
    [InlineData("EHLO two words", "501")]
    [InlineData("EHLO caf\u00e9", "501")]
    [InlineData("LHLO client.test", "500")]
    [InlineData("VRFY tlsrpt", "252")]
    [InlineData("HELP", "214")]
    [InlineData("NOOP whatever", "250")]
    [InlineData("EXPN list", "502")]
    [InlineData("AUTH PLAIN AGEAYg==", "502")]
    [InlineData("STARTTLS", "502")]
    [InlineData("STARTTLS now", "501")]
    [InlineData("RSET", "250")]
    [InlineData("RSET  \t", "250")]
    [InlineData("DATA", "503")]
    [InlineData("MAIL FROM:<>", "503")]
    [InlineData("RCPT TO:<tlsrpt@example.test>", "503")]
    [InlineData("GET / HTTP/1.1", "500")]
    [InlineData("", "500")]
    [InlineData("\u0001\u00ff", "500")]
    public async Task A_first_command_has_its_code(string command, string code)
    {
        SessionRun run = await SessionRun.OfAsync($"{command}\r\n");

        Assert.Equal($"220 {code}", run.Codes);
    }

    [Theory, Rfc(5321, "4.1.1.2")]
    [InlineData("MAIL FROM:<>", "250")]
    [InlineData("mail from:<a@b.test> size=1000 body=8bitmime", "250")]
    [InlineData("MAIL FROM:<\"a b\"@[IPv6:2001:db8::1]>", "250")]
    [InlineData("MAIL FROM:<@one.test,@two.test:a@b.test>", "250")]
    [InlineData("MAIL FROM: <a@b.test>", "501")]
    [InlineData("MAIL FROM:a@b.test", "501")]
    [InlineData("MAIL FROM:<a@b.test", "501")]
    [InlineData("MAIL FROM:<a@@b.test>", "501")]
    [InlineData("MAIL FROM:<a@b..test>", "501")]
    [InlineData("MAIL FROM:<a@-b.test>", "501")]
    [InlineData("MAIL FROM:<a\u00e9@b.test>", "501")]
    [InlineData("MAIL FROM:<a@b.test>SIZE=1", "501")]
    [InlineData("MAIL FROM:<> SIZE=12x", "501")]
    [InlineData("MAIL FROM:<> SIZE=", "501")]
    [InlineData("MAIL FROM:<> SIZE=999999999999999999999", "501")]
    [InlineData("MAIL FROM:<> SIZE=99999999999999999999", "552")]
    [InlineData("MAIL FROM:<> SIZE=15000001", "552")]
    [InlineData("MAIL FROM:<> SIZE=15000000", "250")]
    [InlineData("MAIL FROM:<> SMTPUTF8", "555")]
    [InlineData("MAIL FROM:<> BODY=BINARYMIME", "555")]
    [InlineData("MAIL FROM:<> AUTH=<>", "555")]
    [InlineData("MAIL", "501")]
    public async Task MAIL_keeps_its_grammar(string command, string code) =>
        Assert.Equal($"220 250 {code}", (await SessionRun.OfAsync($"EHLO x\r\n{command}\r\n")).Codes);

    [Theory, Rfc(5321, "4.1.1.3")]
    [InlineData("<tlsrpt@example.test>", "250 2.1.5")]
    [InlineData("<tlsrpt@EXAMPLE.Test>", "250 2.1.5")]
    [InlineData("<\"tlsrpt\"@example.test>", "250 2.1.5")]
    [InlineData("<\"tls\\rpt\"@example.test>", "250 2.1.5")]
    [InlineData("<\"odd one\"@example.test>", "250 2.1.5")]
    [InlineData("<@relay.test:tlsrpt@example.test>", "250 2.1.5")]
    [InlineData("<TLSRPT@example.test>", "550 5.1.1")]
    [InlineData("<tlsrpt+x@example.test>", "550 5.1.1")]
    [InlineData("<tlsrpt@example.test.attacker.test>", "550 5.1.1")]
    [InlineData("<tlsrpt%attacker.test@example.test>", "550 5.1.1")]
    [InlineData("<attacker.test!tlsrpt@example.test>", "550 5.1.1")]
    [InlineData("<\"tlsrpt@attacker.test\"@example.test>", "550 5.1.1")]
    [InlineData("<tlsrpt@[127.0.0.1]>", "550 5.1.1")]
    [InlineData("<postmaster>", "550 5.1.1")]
    [InlineData("<victim@elsewhere.test>", "550 5.1.1")]
    [InlineData("<>", "501 5.1.3")]
    [InlineData("<tlsrpt>", "501 5.1.3")]
    [InlineData("<tlsrpt@example.test.>", "501 5.1.3")]
    [InlineData("tlsrpt@example.test", "501 5.1.3")]
    [InlineData("<tlsrpt@example.test> NOTIFY=NEVER", "555 5.5.4")]
    [InlineData("<tlsrpt@example.test>x", "501 5.5.4")]
    public async Task Only_the_configured_addresses_are_taken(string path, string reply)
    {
        SessionRun run = await SessionRun.OfAsync($"EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:{path}\r\n");

        Assert.StartsWith(reply, run.Replies[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EHLO x\r\nMAIL FROM:<>\r\nMAIL FROM:<>", "220 250 250 503")]
    [InlineData("EHLO x\r\nMAIL FROM:<>\r\nDATA", "220 250 250 503")]
    [InlineData("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<no@example.test>\r\nDATA\r\nQUIT", "220 250 250 550 503 221")]
    [InlineData("EHLO x\r\nMAIL FROM:<>\r\nRSET\r\nRCPT TO:<tlsrpt@example.test>", "220 250 250 250 503")]
    [InlineData("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<tlsrpt@example.test>\r\nEHLO x\r\nDATA", "220 250 250 250 250 503")]
    [InlineData("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<tlsrpt@example.test>\r\nBDAT 2\r\nx\nDATA", "220 250 250 250 550 503")]
    [InlineData("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<tlsrpt@example.test>\r\nBDAT 1\r\nxRCPT TO:<two@example.test>", "220 250 250 250 250 503")]
    [InlineData("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<tlsrpt@example.test>\r\nBDAT 1\r\nxDATA\r\nRSET\r\nDATA", "220 250 250 250 250 503 250 503")]
    [InlineData("EHLO x\r\nBDAT 13 LAST\r\nMAIL FROM:<>x\r\nQUIT", "220 250 503 500 221")]
    [InlineData("EHLO x\r\nMAIL FROM:<>\r\nBDAT 4 LAST\r\nQUITNOOP\r\nRCPT TO:<tlsrpt@example.test>", "220 250 250 503 250 503")]
    public async Task What_comes_out_of_order_is_refused(string says, string codes)
    {
        SessionRun run = await SessionRun.OfAsync($"{says}\r\n");

        Assert.Equal(codes, run.Codes);
        Assert.Empty(run.Mails);
    }

    [Fact, Rfc(3030, "2")]
    public async Task Chunks_are_one_mail_without_stuffing()
    {
        SessionRun run = await SessionRun.OfAsync($"{Envelope}BDAT 6\r\n.one\r\nBDAT 0\r\nBDAT 7\r\n..two\r\nBDAT 0 LAST\r\nQUIT\r\n");

        Assert.Equal("220 250 250 250 250 250 250 250 221", run.Codes);
        Assert.Equal(".one\r\n..two\r\n", Assert.Single(run.Mails));
    }

    [Fact, Rfc(3030, "2")]
    public async Task A_line_end_may_be_split_over_chunks()
    {
        SessionRun run = await SessionRun.OfAsync($"{Envelope}BDAT 4\r\none\rBDAT 5 LAST\r\n\ntwo\rQUIT\r\n");
        Assert.Equal("220 250 250 250 250 550 221", run.Codes);

        run = await SessionRun.OfAsync($"{Envelope}BDAT 4\r\none\rBDAT 6 LAST\r\n\ntwo\r\nQUIT\r\n");
        Assert.Equal("one\r\ntwo\r\n", Assert.Single(run.Mails));
    }

    [Fact, Rfc(2033, "4.2")]
    public async Task LMTP_answers_for_each_recipient_that_was_taken()
    {
        const string Recipients = "LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<tlsrpt@example.test>\r\nRCPT TO:<no@example.test>\r\nRCPT TO:<two@example.test>\r\n";

        Assert.Equal("220 250 250 250 550 250 354 250 250 221", (await SessionRun.OfAsync($"{Recipients}DATA\r\nx\r\n.\r\nQUIT\r\n", isLmtp: true)).Codes);
        Assert.Equal("220 250 250 250 550 250 250 250 250 221", (await SessionRun.OfAsync($"{Recipients}BDAT 1\r\nxBDAT 2 LAST\r\nyzQUIT\r\n", isLmtp: true)).Codes);
        Assert.Equal("220 250 250 250 550 250 354 451 451 221", (await SessionRun.OfAsync($"{Recipients}DATA\r\nx\r\n.\r\nQUIT\r\n", isLmtp: true, answer: Reply.StoreUnavailable)).Codes);
        Assert.Equal("220 250 250 250 550 250 354 550 550 221", (await SessionRun.OfAsync($"{Recipients}DATA\r\nx\ny\r\n.\r\nQUIT\r\n", isLmtp: true)).Codes);
    }

    [Fact, Rfc(2033, "4.1")]
    public async Task LMTP_takes_no_EHLO() =>
        Assert.Equal("220 500 500 250", (await SessionRun.OfAsync("EHLO x\r\nHELO x\r\nLHLO x\r\n", isLmtp: true)).Codes);

    [Fact, Rfc(5321, "4.5.3.1.10")]
    public async Task A_hundred_recipients_are_taken_and_no_more()
    {
        string many = string.Concat(Enumerable.Repeat($"RCPT TO:<{SessionRun.Recipient}>\r\n", 105));
        SessionRun run = await SessionRun.OfAsync($"EHLO x\r\nMAIL FROM:<>\r\n{many}DATA\r\nx\r\n.\r\n");

        Assert.Equal(100, run.Replies.Count(reply => reply.StartsWith("250 2.1.5", StringComparison.Ordinal)));
        Assert.Equal(5, run.Replies.Count(reply => reply.StartsWith("452 4.5.3", StringComparison.Ordinal)));
        Assert.Single(run.Mails);
    }

    [Theory]
    [InlineData("NOOP")]
    [InlineData("RSET")]
    [InlineData("EHLO x")]
    [InlineData("VRFY x")]
    [InlineData("nonsense")]
    [InlineData("RCPT TO:<no@example.test>")]
    [InlineData("MAIL FROM:<> SIZE=99999999")]
    [InlineData("BDAT 0")]
    public async Task Commands_that_bring_no_mail_come_to_an_end(string command)
    {
        SessionRun run = await SessionRun.OfAsync($"EHLO x\r\n{string.Concat(Enumerable.Repeat($"{command}\r\n", 1000))}");

        Assert.StartsWith("421 4.7.0", run.Replies[^1], StringComparison.Ordinal);
        Assert.InRange(run.Codes.Split(' ').Length, 90, 105);
    }

    [Fact]
    public async Task Any_number_of_mails_may_come_one_after_the_other()
    {
        string mail = $"MAIL FROM:<>\r\nRCPT TO:<no@example.test>\r\nRCPT TO:<{SessionRun.Recipient}>\r\nDATA\r\nx\r\n.\r\n";
        SessionRun run = await SessionRun.OfAsync($"EHLO x\r\n{string.Concat(Enumerable.Repeat(mail, 300))}QUIT\r\n");

        Assert.Equal(300, run.Mails.Count);
        Assert.StartsWith("221", run.Replies[^1], StringComparison.Ordinal);
    }

    [Theory, Rfc(5321, "4.5.3.1.4")]
    [InlineData(550, "220 250 221")]
    [InlineData(600, "220 500 221")]
    [InlineData(1990, "220 500 221")]
    [InlineData(2001, "220 500")]
    [InlineData(1_000_000, "220 500")]
    public async Task A_long_command_is_refused_and_a_very_long_one_ends_the_session(int length, string codes)
    {
        foreach (int pieces in (int[])[1, 7, 4096, int.MaxValue])
            Assert.Equal(codes, (await SessionRun.OfAsync($"NOOP {new string('x', length - 7)}\r\nQUIT\r\n", most: pieces)).Codes);
    }

    [Theory, Rfc(1870, "6.3")]
    [InlineData(MailLimits.Bytes, "250")]
    [InlineData(MailLimits.Bytes + 1, "552")]
    [InlineData(MailLimits.Bytes + 1_000_000, "552")]
    public async Task A_mail_has_its_limit_to_the_octet(int length, string code)
    {
        const int Lines = MailLimits.Bytes / 1000;
        string line = new('x', 998);
        string mail = new string('y', length - (Lines * 1000)) + string.Concat(Enumerable.Repeat($"{line}\r\n", Lines));

        SessionRun run = await SessionRun.OfAsync($"{Envelope}DATA\r\n{mail}.\r\nQUIT\r\n");
        Assert.Equal($"220 250 250 250 354 {code} 221", run.Codes);

        run = await SessionRun.OfAsync($"{Envelope}BDAT {mail.Length} LAST\r\n{mail}QUIT\r\n");
        Assert.Equal($"220 250 250 250 {code} 221", run.Codes);
    }

    [Fact]
    public async Task A_mail_without_end_is_cut_off()
    {
        SessionRun run = await SessionRun.OfAsync($"{Envelope}DATA\r\n{new string('x', (2 * MailLimits.Bytes) + 10_000)}\r\n.\r\nQUIT\r\n");

        Assert.Equal("220 250 250 250 354 552", run.Codes);
        Assert.Empty(run.Mails);
    }

    [Theory]
    [InlineData("DATA\r\nSubject: x\r\n\r\nhalf")]
    [InlineData("DATA\r\nSubject: x\r\n\r\nhalf\r\n.")]
    [InlineData("DATA\r\nSubject: x\r\n\r\nhalf\r\n.\r")]
    [InlineData("BDAT 5 LAST\r\nhalf")]
    [InlineData("BDAT 4\r\nhalf")]
    [InlineData("BDAT 4\r\nhalfQUIT\r\n")]
    public async Task Half_a_mail_is_none(string says) => Assert.Empty((await SessionRun.OfAsync($"{Envelope}{says}")).Mails);

    [Fact]
    public async Task A_mail_whose_storing_takes_longer_than_the_session_may_is_answered_all_the_same()
    {
        using IntakePlaces places = new();
        MailService service = new(false, "mx.example.test", [new Mailbox("tlsrpt", "example.test")], places, async (_, _, token) =>
        {
            await Task.Delay(500, token);
            return Reply.Stored;
        })
        {
            Timeout = TimeSpan.FromMilliseconds(100),
        };
        using ScriptedStream stream = new($"{Envelope}DATA\r\nx\r\n.\r\n{Envelope}");
        await using MailSession session = new(service, stream, null, CancellationToken.None, CancellationToken.None);

        await session.RunAsync();

        Assert.Contains(stream.Heard, reply => reply.StartsWith("250 2.6.0", StringComparison.Ordinal));
    }

    [Fact, Rfc(2034, "4")]
    public async Task A_reason_is_one_printable_line_that_is_cut()
    {
        SessionRun run = await SessionRun.OfAsync($"{Envelope}DATA\r\nx\r\n.\r\n", answer: Reply.NoReport.With($"a\r\n250 caf\u00e9 \u001b[2J{new string('x', 1000)}"));

        Assert.StartsWith("554 5.6.0 a??250 caf? ?[2Jxxx", run.Replies[^1], StringComparison.Ordinal);
        Assert.EndsWith("xxx...", run.Replies[^1], StringComparison.Ordinal);
        Assert.Equal(410, run.Replies[^1].Length);
    }
}
