using System.Text;
using MimeKit;
using Waxseal.Storage.Tests;

namespace Waxseal.Tests.Alerts;

public class SubmissionTests
{
    [Fact]
    public async Task A_mail_is_submitted_under_TLS_with_a_login_and_says_what_to_do()
    {
        await using SubmissionServer server = new();
        await using TestDatabase database = TestDatabase.Sqlite();
        await using AlertLab lab = await AlertLab.StartAsync(database, server.Settings());
        await lab.AddAsync("example.test", 1, 99, 1);

        await lab.RunAsync();

        Assert.Contains("clear: STARTTLS", server.Commands);
        Assert.DoesNotContain(server.Commands, command => command.StartsWith("clear: AUTH", StringComparison.Ordinal));
        MimeMessage mail = Parse(Assert.Single(server.Mails));
        Assert.Equal("[waxseal] example.test: Google newly reports certificate-expired", mail.Subject);
        Assert.Equal(("waxseal@example.org", "auto-generated"), (mail.From.Mailboxes.Single().Address, mail.Headers[HeaderId.AutoSubmitted]));
        Assert.Contains("What to do:", mail.TextBody);
        Assert.Contains("1 session of 100", mail.TextBody);
        Assert.Equal("250 2.0.0 queued as 4711", lab.Logged.Select(line => line.Split("answer=")[^1]).Last());
    }

    [Fact]
    public async Task A_mail_that_is_sent_again_has_its_first_id_and_what_follows_refers_to_it()
    {
        int attempts = 0;
        await using SubmissionServer server = new() { Answer = line => line == "." && attempts++ == 0 ? "451 4.3.0 later" : null };
        await using TestDatabase database = TestDatabase.Sqlite();
        await using AlertLab lab = await AlertLab.StartAsync(database, server.Settings());
        await lab.AddAsync("example.test", 1, 99, 1);
        await lab.RunAsync();
        Assert.Empty(server.Mails);

        await lab.RunAsync(TimeSpan.FromMinutes(1));
        await lab.RunAsync(TimeSpan.FromDays(3));

        MimeMessage[] mails = [.. server.Mails.Select(Parse)];
        string id = Assert.Single(await lab.OpenAsync()).Id;
        Assert.Equal([$"{id}-1.waxseal@example.org", $"{id}-2.waxseal@example.org"], mails.Select(mail => mail.MessageId));
        Assert.Equal([$"{id}-1.waxseal@example.org"], mails[1].References);
    }

    [Fact]
    public async Task Nothing_is_sent_in_clear()
    {
        await using SubmissionServer server = new() { OffersStartTls = false };
        await using TestDatabase database = TestDatabase.Sqlite();
        await using AlertLab lab = await AlertLab.StartAsync(database, server.Settings());
        await lab.AddAsync("example.test", 1, 99, 1);

        await lab.RunAsync();

        Assert.DoesNotContain(server.Commands, command => command.Contains("AUTH", StringComparison.Ordinal) || command.Contains("MAIL", StringComparison.Ordinal));
        Assert.Contains(lab.Logged, line => line.StartsWith("1512", StringComparison.Ordinal) && line.Contains("STARTTLS", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AUTH", "535 5.7.8 no", "5.7.8 no")]
    [InlineData("RCPT", "550 5.1.1 nobody", "5.1.1 nobody")]
    public async Task What_the_server_refuses_is_told_in_its_words(string command, string answer, string expected)
    {
        await using SubmissionServer server = new() { Answer = line => line.StartsWith(command, StringComparison.Ordinal) ? answer : null };
        await using TestDatabase database = TestDatabase.Sqlite();
        await using AlertLab lab = await AlertLab.StartAsync(database, server.Settings());
        await lab.AddAsync("example.test", 1, 99, 1);

        await lab.RunAsync();

        Assert.Contains(lab.Logged, line => line.StartsWith("1512", StringComparison.Ordinal) && line.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Text_from_reports_changes_no_header_and_turns_no_line_round()
    {
        await using SubmissionServer server = new();
        await using TestDatabase database = TestDatabase.Sqlite();
        await using AlertLab lab = await AlertLab.StartAsync(database, server.Settings());
        await lab.AddAsync("example.test", 1, 99, 1, organization: "Evil\\r\\nBcc: victim@example.net\\u202e\\u001b[31m", reason: "x\\r\\n.\\r\\nMAIL FROM:<a@b>\\u0007", resultType: "odd\\r\\nX-Injected: 1");

        await lab.RunAsync();

        string text = Assert.Single(server.Mails);
        MimeMessage mail = Parse(text);
        Assert.Empty(mail.Bcc);
        Assert.Null(mail.Headers["X-Injected"]);
        Assert.DoesNotContain(mail.Subject + mail.TextBody, letter => letter is '\u202e' or '\u001b' or '\u0007');
        Assert.Equal(2, server.Commands.Count(command => command.Contains("RCPT", StringComparison.Ordinal)));
        Assert.Equal(1, server.Commands.Count(command => command.Contains("MAIL FROM", StringComparison.Ordinal)));
    }

    private static MimeMessage Parse(string mail)
    {
        using MemoryStream stream = new(Encoding.Latin1.GetBytes(mail));
        return MimeMessage.Load(stream);
    }
}
