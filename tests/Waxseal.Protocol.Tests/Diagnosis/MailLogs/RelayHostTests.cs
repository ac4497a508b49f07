using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.MailLogs;

namespace Waxseal.Protocol.Tests.Diagnosis.MailLogs;

/// <summary>Where mail is submitted to a relay host, the fault lies between the two.</summary>
public class RelayHostTests
{
    [Theory]
    [InlineData(587)]
    [InlineData(465)]
    public void A_relay_host_stands_for_the_domains_of_all_recipients(int port)
    {
        string log = $"""
            Nov 20 10:00:00 mail postfix/smtp[1]: server certificate verification failed for smtp.relay.example[192.0.2.1]:{port}: certificate has expired
            Nov 20 10:00:00 mail postfix/smtp[1]: AAAAA: to=<a@example.com>, relay=smtp.relay.example[192.0.2.1]:{port}, delay=1, dsn=4.7.5, status=deferred (Server certificate not verified)
            Nov 20 10:00:00 mail postfix/smtp[2]: BBBBB: to=<a@other.example>, relay=smtp.relay.example[192.0.2.1]:{port}, delay=1, dsn=4.7.5, status=deferred (Server certificate not verified)
            """;
        Finding finding = Assert.Single(MailLogLab.Explain(log));

        Assert.Equal(("smtp.relay.example", 2, "the certificate of your relay host has expired"), (finding.PolicyDomain, finding.FailedSessions, finding.Title));
        Assert.Contains("to deliver by way of your relay host smtp.relay.example", finding.Happened, StringComparison.Ordinal);
        Assert.StartsWith("Ask those who run your relay host smtp.relay.example", finding.Actions[0], StringComparison.Ordinal);
        Assert.StartsWith("The next delivery by way of your relay host smtp.relay.example goes well", finding.MendedWhen, StringComparison.Ordinal);
        Assert.DoesNotContain(finding.Observations, text => text.Contains("waxseal check", StringComparison.Ordinal));
        Assert.Contains("the certificate of your relay host has expired", finding.Verdict, StringComparison.Ordinal);
        Assert.DoesNotContain("TLS report", finding.Happened, StringComparison.Ordinal);
        Assert.DoesNotContain("the MX host", string.Join(' ', [finding.Verdict, finding.Ranking.Pattern, .. finding.Actions, .. finding.Observations]), StringComparison.Ordinal);
        Assert.DoesNotContain("example.com", finding.Happened + string.Join(' ', finding.Actions), StringComparison.Ordinal);
        Assert.All(MailLogLab.ReadText(log).Groups, group => Assert.True(group.First.IsRelayHost));
    }

    [Fact]
    public void An_MX_host_is_no_relay_host()
    {
        DeliveryFailure failure = Assert.Single(MailLogLab.Read("Nov 20 10:00:00 mail postfix/smtp[1]: AAAAA: to=<a@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, dsn=4.7.5, status=deferred (Server certificate not verified)").Groups).First;

        Assert.Equal(("example.com", false), (failure.PolicyDomain, failure.IsRelayHost));
    }
}
