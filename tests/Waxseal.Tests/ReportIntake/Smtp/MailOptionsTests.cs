using System.Collections.Immutable;
using Waxseal.Hosting.Configuration;

namespace Waxseal.Tests.ReportIntake.Smtp;

/// <summary>What the sections of the mail listeners may say.</summary>
public class MailOptionsTests
{
    [Theory]
    [InlineData("", "reportIntake.smtp.recipients is missing; no mail is taken unless it is for one of them, such as [\"tlsrpt@example.com\"].")]
    [InlineData("recipients = []", "reportIntake.smtp.recipients is missing; no mail is taken unless it is for one of them, such as [\"tlsrpt@example.com\"].")]
    [InlineData("recipients = [\"example.com\"]", "test, line 2: reportIntake.smtp.recipients has \"example.com\", which is no address such as tlsrpt@example.com.")]
    [InlineData("recipients = [\"<a@example.com>\"]", "test, line 2: reportIntake.smtp.recipients has \"<a@example.com>\", which is no address such as tlsrpt@example.com.")]
    [InlineData("recipients = \"a@example.com\"\nlisten = \"25\"", "test, line 3: reportIntake.smtp.listen is \"25\"; it takes ADDRESS:PORT such as 127.0.0.1:8460 or [::]:25, or unix:PATH.")]
    [InlineData("recipients = \"a@example.com\"\nhostName = \"two words\"", "test, line 3: reportIntake.smtp.hostName is \"two words\"; it takes a host name in ASCII.")]
    [InlineData("recipients = \"a@example.com\"\nkey = \"/nowhere\"", "test, line 3: reportIntake.smtp.key names /nowhere, which is not there.")]
    [InlineData("recipients = \"a@example.com\"\nmaxConnections = 0", "test, line 3: reportIntake.smtp.maxConnections is 0; it must lie between 1 and 100,000.")]
    [InlineData("recipients = \"a@example.com\"\nidleTimeout = \"2h\"", "test, line 3: reportIntake.smtp.idleTimeout is 2h; it must lie between 1s and 1h.")]
    [InlineData("recipients = \"a@example.com\"\nrecipient = \"x\"", "test, line 3: reportIntake.smtp.recipient is unknown; did you mean recipients?")]
    public void A_bad_section_is_told(string section, string problem) => Assert.Contains(problem, Problems($"[reportIntake.smtp]\n{section}"));

    [Fact]
    public void Certificate_and_key_go_together_and_have_to_fit()
    {
        using Pem one = new("mx.example.test");
        using Pem two = new("mx.example.test");

        Assert.Empty(Problems($"[reportIntake.smtp]\nrecipients = [\"a@example.com\"]\n{one.Settings}"));
        Assert.Contains("reportIntake.smtp.key is missing; certificate and key go together.", Problems($"[reportIntake.smtp]\nrecipients = [\"a@example.com\"]\ncertificate = \"{one.Certificate}\""));
        Assert.Contains(
            Problems($"[reportIntake.smtp]\nrecipients = [\"a@example.com\"]\ncertificate = \"{one.Certificate}\"\nkey = \"{two.Key}\""),
            problem => problem.StartsWith("reportIntake.smtp.certificate cannot be used: ", StringComparison.Ordinal));
        Assert.Contains(
            Problems($"[reportIntake.smtp]\nrecipients = [\"a@example.com\"]\ncertificate = \"{one.Key}\"\nkey = \"{one.Key}\""),
            problem => problem.StartsWith("reportIntake.smtp.certificate cannot be used: ", StringComparison.Ordinal));
    }

    [Fact, Rfc(2033, "5")]
    public void LMTP_is_not_spoken_at_port_25()
    {
        Assert.Contains(
            "reportIntake.lmtp.listen names port 25, which belongs to SMTP (RFC 2033 §5); take another, such as 24.",
            Problems("[reportIntake.lmtp]\nrecipients = [\"a@example.com\"]\nlisten = [\"[::]:25\"]"));
    }

    [Fact]
    public void A_domain_of_a_recipient_may_be_in_any_script()
    {
        Assert.True(Waxseal.ReportIntake.Smtp.Mailbox.TryParse("TLSrpt@B\u00dcCHER.example", out Waxseal.ReportIntake.Smtp.Mailbox? mailbox));
        Assert.Equal(("TLSrpt", "xn--bcher-kva.example"), (mailbox.LocalPart, mailbox.Domain));
    }

    [Fact]
    public void The_sections_are_described_and_shown()
    {
        Assert.Equal(["reportIntake.smtp", "reportIntake.lmtp"], ServeConfiguration.Sections.Select(section => section.Name).Where(name => name.EndsWith("mtp", StringComparison.Ordinal)));
        var configuration = ServeConfiguration.Read("[reportIntake.lmtp]\nrecipients = [\"a@example.com\"]", null, ImmutableDictionary<string, string>.Empty, out _);
        Assert.Contains("recipients = [\"a@example.com\"]", configuration.Show());
        Assert.Contains("listen = [\"127.0.0.1:8424\"]", configuration.Show());
        Assert.NotNull(configuration.ReportIntake);
    }

    private static ImmutableArray<string> Problems(string text)
    {
        ServeConfiguration.Read(text, "test", ImmutableDictionary<string, string>.Empty, out ImmutableArray<string> problems);
        return problems;
    }
}
