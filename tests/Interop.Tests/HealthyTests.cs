using System.Text.Json;
using Interop.Tests.Domains;
using Interop.Tests.Network;

namespace Interop.Tests;

public class HealthyTests(InteropLab lab)
{
    private readonly WaxsealProgram _waxseal = new(lab);

    [Fact]
    public async Task Real_servers_that_are_set_up_well_give_no_finding()
    {
        CheckedDomain domain = await _waxseal.CheckAsync(PolicyDomain.Healthy);

        Assert.True(domain is { ExitCode: 0, Standing: "healthy", Causes: [] }, domain.ToString());
        Assert.Empty(CheckedDomain.Elements(domain.Facts, "omitted"));
    }

    [Fact]
    public async Task Every_known_sender_gets_the_policy()
    {
        CheckedDomain domain = await _waxseal.CheckAsync(PolicyDomain.Healthy);

        Assert.Empty(domain.FailingSenders);
        Assert.Equal(10, domain.SenderCount);
    }

    [Fact]
    public async Task Unbound_is_seen_to_validate()
    {
        JsonElement resolver = (await _waxseal.CheckAsync(PolicyDomain.Healthy)).Resolver;

        Assert.True(resolver.GetProperty("validates").GetBoolean());
        Assert.True(resolver.GetProperty("vouchForSigned").GetBoolean());
        Assert.True(resolver.GetProperty("refuseBogus").GetBoolean());
    }

    [Theory]
    [InlineData("example.test")]
    [InlineData("rsa.test")]
    public async Task Dane_is_secure_by_the_resolver_and_by_our_own_validation(string name)
    {
        CheckedDomain domain = await _waxseal.CheckAsync(name);

        Assert.True(domain.Causes is [], domain.ToString());
        foreach ((string owner, string type) in new[] { (name, "MX"), ($"mx.{name}", "A"), ($"_25._tcp.mx.{name}", "TLSA") })
        {
            JsonElement answer = domain.Answer(owner, type);
            Assert.Equal("found", answer.GetProperty("outcome").GetString());
            Assert.True(answer.GetProperty("isSecure").GetBoolean(), $"{owner} {type}");
            Assert.Equal("secure", domain.Validations[$"{owner} {type}"]);
        }
    }

    [Theory]
    [InlineData("example.test")]
    [InlineData("http2.test")]
    public async Task The_policy_host_is_visited_over_both_families(string name)
    {
        CheckedDomain domain = await _waxseal.CheckAsync(name);

        Assert.True(domain.Causes is [], domain.ToString());
        Assert.Equal(2, domain.PolicyHost.Count());
        Assert.Single(domain.PolicyHost, address => Addresses.IsIpv6(address.GetProperty("address").GetString()!));
        foreach (JsonElement visit in domain.PolicyHost.SelectMany(address => CheckedDomain.Elements(address, "visits")))
            Assert.Equal((200, "1.1"), (visit.GetProperty("status").GetInt32(), visit.GetProperty("httpVersion").GetString()));
    }

    [Fact]
    public async Task Postfix_offers_starttls_over_both_families_and_no_longer_under_tls()
    {
        CheckedDomain domain = await _waxseal.CheckAsync(PolicyDomain.Healthy);

        Assert.Equal([Addresses.Mx, Addresses.Mx6], domain.MxAddresses.Select(address => address.GetProperty("address").GetString()));
        foreach (JsonElement session in domain.MxAddresses.Select(address => CheckedDomain.Elements(address, "sessions").First()))
        {
            string[] before = Keywords(session, "ehlo");
            string[] under = Keywords(session, "ehloUnderTls");
            Assert.Contains("mx.example.test", session.GetProperty("banner").GetString()!);
            Assert.Equal("TLS 1.3", session.GetProperty("handshake").GetProperty("version").GetString());
            Assert.Contains("STARTTLS", before);
            Assert.Contains("SIZE 10240000", under);

            // RFC 3207 §4.2: STARTTLS must not be offered again. RFC 8689 §2: Postfix 3.7 knows no REQUIRETLS.
            Assert.DoesNotContain("STARTTLS", under);
            Assert.DoesNotContain("REQUIRETLS", under);
        }
    }

    private static string[] Keywords(JsonElement session, string name) =>
        [.. CheckedDomain.Elements(session, name).Select(line => line.GetString()!)];
}
