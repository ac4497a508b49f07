using System.Diagnostics;
using System.Text;
using Waxseal.Lab;
using Waxseal.Net.Dns;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tests.Checks;

public class HostilePeerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(6);

    private static readonly Dictionary<string, Action<LabWorld>> Ways = new()
    {
        ["an endless greeting"] = world => world.Mx.InPlaceOfSession = EndlessAsync("220-x\r\n"),
        ["a greeting without line end"] = world => world.Mx.InPlaceOfSession = EndlessAsync("220 "),
        ["a greeting with NUL"] = world => world.Mx.Banner = "220 a\0b\u001b[2J",
        ["a silent MX host"] = world => world.Mx.InPlaceOfSession = (_, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken),
        ["an endless body"] = world => world.Web.Write = async (stream, _, cancellationToken) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10000000000\r\n\r\n"u8.ToArray(), cancellationToken);
            await EndlessAsync(new string('x', 4096))(stream, cancellationToken);
        },
        ["an endless header"] = world => world.Web.Write = async (stream, _, cancellationToken) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\n"u8.ToArray(), cancellationToken);
            await EndlessAsync("X-Field: value\r\n")(stream, cancellationToken);
        },
        ["one octet a second"] = world => world.Web.Write = async (stream, _, cancellationToken) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"u8.ToArray(), cancellationToken);
            while (true)
            {
                await stream.WriteAsync("v"u8.ToArray(), cancellationToken);
                await Task.Delay(1000, cancellationToken);
            }
        },
        ["a stall in the handshake"] = world => world.Web.Connected = async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return false;
        },
        ["name servers that are silent"] = world => world.First.Fault = world.Second.Fault = _ => [],
        ["a resolver that is silent"] = world => world.Resolver.Fault = _ => [],
        ["aliases in a circle"] = world => world.Zone.Remove(LabWorld.Host).Alias(LabWorld.Host, "a.example.test").Alias("a.example.test", LabWorld.Host),
        ["a TXT record of 60 KB"] = world => world.Zone.Add("_mta-sts.example.test", DnsType.Txt, Enumerable.Range(0, 230).SelectMany(_ => DnsReply.Txt(new string('a', 255))).ToArray()),
        ["NUL in a name"] = world => world.Zone.Add(LabWorld.Domain, DnsType.Mx, [0, 5, 3, (byte)'a', 0, (byte)'b', 4, (byte)'t', (byte)'e', (byte)'s', (byte)'t', 0]),
        ["a thousand MX records"] = world =>
        {
            for (int i = 0; i < 300; i++)
                world.Zone.Mx(LabWorld.Domain, 10, $"m{i}.example.test");
        },
    };

    public static TheoryData<string> Names => [.. Ways.Keys];

    [Theory, MemberData(nameof(Names))]
    public async Task A_hostile_peer_costs_no_more_than_the_time_allowed(string way)
    {
        await using LabWorld world = LabWorld.Create();
        Ways[way](world);
        world.Options = world.Options with { Timeout = Limit, StepTimeout = Limit / 6, DnsTimeout = TimeSpan.FromMilliseconds(500) };
        long start = Stopwatch.GetTimestamp();

        DomainFacts facts = await world.ProbeAsync(TestContext.Current.CancellationToken);

        Assert.True(Stopwatch.GetElapsedTime(start) < Limit + TimeSpan.FromSeconds(1));
        Assert.DoesNotContain('\0', string.Concat(Checker.Check(facts).Findings.Select(finding => finding.Happened + finding.Title)));
    }

    [Fact]
    public async Task An_address_that_changes_after_the_look_up_is_not_connected_to()
    {
        await using LabWorld world = LabWorld.Create();
        world.Zone.Remove(LabWorld.Host).Address(LabWorld.Host, System.Net.IPAddress.Parse("169.254.169.254"));

        DomainFacts facts = await world.ProbeAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ConnectionFault.Forbidden, Assert.Single(facts.PolicyHost).Connection.Fault);
    }

    private static Func<Stream, CancellationToken, Task> EndlessAsync(string text) => async (stream, cancellationToken) =>
    {
        byte[] octets = Encoding.ASCII.GetBytes(text);
        while (true)
            await stream.WriteAsync(octets, cancellationToken);
    };
}
