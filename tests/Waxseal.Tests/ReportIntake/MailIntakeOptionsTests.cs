using Waxseal.Hosting.Configuration;
using Waxseal.ReportIntake.Mailbox;

namespace Waxseal.Tests.ReportIntake;

public class MailIntakeOptionsTests
{
    private const string Good = "[[reportIntake.mailbox]]\nhost = \"imap.our.test\"\nuser = \"reports\"\npassword = \"word\"\n";

    [Fact]
    public void Several_mailboxes_are_read_and_shown()
    {
        ServeConfiguration configuration = Read(Good + Good.Replace("imap.our.test", "localhost", StringComparison.Ordinal) + "tls = \"starttls\"\nidle = false\n", out string[] problems);
        Assert.Empty(problems);
        Assert.Equal([993, 143], configuration.Mailboxes.Select(mailbox => mailbox.ConnectPort));
        Assert.NotNull(configuration.ReportIntake);
        Assert.Equal(2, configuration.Show().Count(line => line == "[[reportIntake.mailbox]]"));
        Assert.DoesNotContain(configuration.Show(), line => line.Contains("word\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[reportIntake.mailbox]\nhost = \"a\"", "test, line 1: reportIntake.mailbox is a table; there may be several, each in double brackets: [[reportIntake.mailbox]].")]
    [InlineData("[[reportIntake.mailbox]]\nhost = \"a\"\npassword = \"x\"", "reportIntake.mailbox[1].user is missing.")]
    [InlineData("[[reportIntake.mailbox]]\nuser = \"a\"\npassword = \"x\"", "reportIntake.mailbox[1].host is missing.")]
    [InlineData("[[reportIntake.mailbox]]\nhost = \"a\"\nuser = \"a\"", "reportIntake.mailbox[1].password is missing, or else oauth2TokenFile.")]
    [InlineData(Good + "oauth2TokenFile = \"/x\"", "reportIntake.mailbox[1].password and oauth2TokenFile exclude each other.")]
    [InlineData("[[reportIntake.mailbox]]\nhost = \"a\"\nuser = \"a\"\noauth2TokenFile = \"/dev/null\"", "reportIntake.mailbox[1].oauth2TokenFile names /dev/null, which is empty; write the token into it.")]
    [InlineData(Good + "tls = \"none\"", "reportIntake.mailbox[1].tls is none, and imap.our.test is not this machine; it takes implicit or starttls.")]
    [InlineData(Good + "storedFolder = \"inbox\"", "reportIntake.mailbox[1].folder, storedFolder and unreadableFolder must be three folders.")]
    [InlineData(Good + Good + "prot = 1", "test, line 9: reportIntake.mailbox[2].prot is unknown; did you mean port?")]
    [InlineData(Good + "caFile = \"/nowhere.pem\"", "test, line 5: reportIntake.mailbox[1].caFile names /nowhere.pem, which is not there.")]
    [InlineData("[reportIntake.maildir]", "reportIntake.maildir.path is missing.")]
    [InlineData("[dns]\nresolvers = [\"one.one.one.one\"]", "test, line 2: dns.resolvers has \"one.one.one.one\"; it takes addresses such as 127.0.0.1 or [::1]:5353.")]
    public void Each_mistake_is_named(string text, string problem)
    {
        Read(text, out string[] problems);
        Assert.Equal([problem], problems);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public void This_machine_may_be_read_without_TLS(string host) =>
        Assert.Empty(new MailboxOptions { Host = host, User = "x", Password = new Secret("test", "x"), Tls = "none" }.Problems());

    private static ServeConfiguration Read(string text, out string[] problems)
    {
        ServeConfiguration configuration = ServeConfiguration.Read(text, "test", new Dictionary<string, string>(), out var found);
        problems = [.. found];
        return configuration;
    }
}
