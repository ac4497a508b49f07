using System.Text.Json;
using Interop.Tests.Domains;
using Interop.Tests.Network;

namespace Interop.Tests;

public class NameServerTests(InteropLab lab)
{
    private readonly WaxsealProgram _waxseal = new(lab);

    [Fact]
    public async Task A_server_that_was_never_given_the_zone_is_lame()
    {
        CheckedDomain domain = await _waxseal.CheckAsync("lame.test");

        Assert.Equal(1, domain.ExitCode);
        Assert.Equal(["B02"], domain.Causes);
        string seen = domain.Finding("B02").Seen;
        Assert.Contains($"ns2.example.test ({Addresses.Second}): answered REFUSED", seen);
        Assert.Contains($"ns2.example.test ({Addresses.Second6}): answered REFUSED", seen);
    }

    [Fact]
    public async Task A_firewall_that_lets_no_tcp_through_is_found()
    {
        CheckedDomain domain = await _waxseal.CheckAsync("no-tcp.test");

        Assert.Equal(1, domain.ExitCode);
        Assert.Equal(["B07"], domain.Causes);
        Assert.Equal($"ns3.example.test ({Addresses.WithoutTcp}) does not answer over TCP.", domain.Finding("B07").Seen);
    }

    [Fact]
    public async Task Servers_that_follow_each_other_have_the_same_zone_and_manners()
    {
        JsonElement zone = (await _waxseal.CheckAsync(PolicyDomain.Healthy)).Zone(PolicyDomain.Healthy);

        JsonElement[] servers = [.. CheckedDomain.Elements(zone, "servers")];
        Assert.Equivalent(
            new[] { Addresses.First, Addresses.First6, Addresses.Second, Addresses.Second6 },
            servers.Select(server => server.GetProperty("address").GetString()),
            strict: true);
        Assert.Single(servers.Select(server => server.GetProperty("serial").GetInt64()).Distinct());
        Assert.All(servers, server =>
        {
            Assert.True(server.GetProperty("isAuthoritative").GetBoolean());
            Assert.True(server.GetProperty("keepsCase").GetBoolean());
            Assert.True(server.GetProperty("speaksEdns").GetBoolean());
            Assert.Equal("found", server.GetProperty("tcp").GetProperty("outcome").GetString());
            Assert.NotEqual(JsonValueKind.Null, server.GetProperty("signature").ValueKind);
        });
        Assert.Equal(["ns1.example.test", "ns2.example.test"], CheckedDomain.Elements(zone, "delegated").Select(name => name.GetString()));
    }
}
