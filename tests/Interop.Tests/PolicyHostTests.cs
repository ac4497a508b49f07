using Interop.Tests.Network;

namespace Interop.Tests;

public class PolicyHostTests(InteropLab lab)
{
    private readonly WaxsealProgram _waxseal = new(lab);

    [Theory]
    [InlineData("expired-web.test", "F02", "The certificate ended ")]
    [InlineData("no-issuer.test", "F04", "The certificate of CN=Interop Intermediate is not sent")]
    [InlineData("no-policy.test", "G01", "The status is 404.")]
    [InlineData("redirect.test", "G02", "The status is 301, to https://www.example.test/.well-known/mta-sts.txt.")]
    public async Task A_fault_of_nginx_that_fails_every_sender_has_its_cause(string name, string cause, string seen)
    {
        CheckedDomain domain = await _waxseal.CheckAsync(name);

        Assert.Equal(1, domain.ExitCode);
        Assert.Equal([cause], domain.Causes);
        Assert.StartsWith(seen, domain.Finding(cause).Seen);
        Assert.Equal(domain.SenderCount, domain.FailingSenders.Length);
    }

    [Theory]
    [InlineData("agent-403.test", "a request without User-Agent gets status 403")]
    [InlineData("agent-444.test", "a request without User-Agent gets no answer (")]
    public async Task A_rule_against_requests_without_user_agent_fails_those_that_send_none(string name, string seen)
    {
        CheckedDomain domain = await _waxseal.CheckAsync(name);

        Assert.Equal(1, domain.ExitCode);
        Assert.Equal(["G05"], domain.Causes);
        Assert.Contains(seen, domain.Finding("G05").Seen);
        Assert.Contains("microsoft", domain.FailingSenders);
        Assert.DoesNotContain("google", domain.FailingSenders);
    }

    [Fact]
    public async Task Tls_1_3_alone_shuts_out_older_senders()
    {
        CheckedDomain domain = await _waxseal.CheckAsync("tls13.test");

        Assert.Equal(["E02"], domain.Causes);
        Assert.Equal(
            $"At {Addresses.WebTls13} TLS 1.3 is spoken; offered TLS 1.2 alone: the server sent the alert \"protocol version\".",
            domain.Finding("E02").Seen);
        Assert.Equal(["mimecast"], domain.FailingSenders);
    }

    [Fact]
    public async Task Another_virtual_host_over_ipv6_fails_those_that_prefer_ipv6()
    {
        CheckedDomain domain = await _waxseal.CheckAsync("other6.test");

        Assert.Equal(["G14"], domain.Causes);
        Assert.Equal($"At {Addresses.OtherWeb6}: The certificate is for www.example.test. At {Addresses.Web} all is well.", domain.Finding("G14").Seen);
        Assert.Contains("microsoft", domain.FailingSenders);
        Assert.DoesNotContain("google", domain.FailingSenders);
    }
}
