using Waxseal.Protocol.Diagnosis.MailLogs;

namespace Waxseal.Protocol.Tests.Diagnosis.MailLogs;

public class LogLineTests
{
    [Theory]
    [InlineData("Nov 26 20:53:30 mx1 postfix/smtp[80090]: text", "2026-11-26T20:53:30Z", "mx1", "postfix/smtp", "80090", "text")]
    [InlineData("Nov 29 20:53:30 mx1 postfix/smtp[80090]: text", "2025-11-29T20:53:30Z", "mx1", "postfix/smtp", "80090", "text")]
    [InlineData("Feb  2 12:15:21 postfix/smtp[1520]: text", "2026-02-02T12:15:21Z", "", "postfix/smtp", "1520", "text")]
    [InlineData("Feb 29 12:15:21 mx1 sm-mta[7]: text", "2024-02-29T12:15:21Z", "mx1", "sm-mta", "7", "text")]
    [InlineData("2026-11-26T20:53:30.123456+01:00 MX1.example postfix/smtpd[1]: text", "2026-11-26T19:53:30.123456Z", "mx1.example", "postfix/smtpd", "1", "text")]
    [InlineData("2026-11-26T20:53:30+0000 mx1 postfix/smtpd[1]: text", "2026-11-26T20:53:30Z", "mx1", "postfix/smtpd", "1", "text")]
    [InlineData("2026-11-26T20:53:30Z mx1 postfix/submission/smtpd[1]: text", "2026-11-26T20:53:30Z", "mx1", "postfix/submission/smtpd", "1", "text")]
    [InlineData("postfix         | 2021-01-24T14:43:33.171226+00:00 INFO    postfix/smtp[138]: text", "2021-01-24T14:43:33.171226Z", "", "postfix/smtp", "138", "text")]
    [InlineData("<22>1 2026-11-26T20:53:30Z mx1 postfix/smtp 99 - - text", "2026-11-26T20:53:30Z", "mx1", "postfix/smtp", "99", "text")]
    [InlineData("<22>Nov 26 20:53:30 mx1 postfix/smtp[80090]: text", "2026-11-26T20:53:30Z", "mx1", "postfix/smtp", "80090", "text")]
    [InlineData("2026-11-26 20:53:30 10HmaX-000000005vi-0000 == a@b", "2026-11-26T20:53:30Z", "", "", "", "10HmaX-000000005vi-0000 == a@b")]
    [InlineData("2026-11-26 20:53:30.071 +0130 TLS error on connection from a", "2026-11-26T19:23:30.071Z", "", "", "", "TLS error on connection from a")]
    [InlineData("postfix/smtp[138]: text", null, "", "postfix/smtp", "138", "text")]
    [InlineData("450 4.7.323 tlsa-invalid: text", null, "", "", "", "450 4.7.323 tlsa-invalid: text")]
    [InlineData("Nov 31 20:53:30 mx1 postfix/smtp[1]: text", null, "", "", "", "Nov 31 20:53:30 mx1 postfix/smtp[1]: text")]
    [InlineData("", null, "", "", "", "")]
    public void What_the_logging_system_puts_before_a_message_is_taken_off(string text, string? when, string host, string program, string process, string message)
    {
        var line = LogLine.Of(text, MailLogLab.Now);

        Assert.Equal(when is null ? null : DateTimeOffset.Parse(when, System.Globalization.CultureInfo.InvariantCulture), line.When);
        Assert.Equal((host, program, process, message), (line.Host, line.Program, line.Process, line.Message));
    }

    [Fact]
    public void A_line_of_the_last_evening_of_a_year_is_of_that_year()
    {
        DateTimeOffset newYear = new(2027, 1, 1, 0, 30, 0, TimeSpan.Zero);

        Assert.Equal(2026, LogLine.Of("Dec 31 23:59:59 mx1 postfix/smtp[1]: text", newYear).When!.Value.Year);
        Assert.Equal(2027, LogLine.Of("Jan  1 00:10:00 mx1 postfix/smtp[1]: text", newYear).When!.Value.Year);
    }
}
