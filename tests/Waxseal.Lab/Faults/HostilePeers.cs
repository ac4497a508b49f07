using System.Text;
using Waxseal.Net.Dns;

namespace Waxseal.Lab.Faults;

/// <summary>What others may do to whoever looks at them: without end, without haste, and out of all bounds.</summary>
internal static class HostilePeers
{
    public static Dictionary<string, Action<LabWorld>> Ways { get; } = new()
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
        ["an address that turns into that of a metadata service"] = world =>
        {
            int asked = 0;
            world.Resolver.Fault = query => query.Question.Name.ToString() != LabWorld.Host || query.Question.Type != DnsType.A ? null
                : [new DnsReply(query).Answer(LabWorld.Host, DnsType.A, 0, asked++ == 0 ? world.At(10).GetAddressBytes() : DnsReply.Address("169.254.169.254")).ToBytes()];
        },
        ["aliases in a circle"] = world => world.Zone.Remove(LabWorld.Host).Alias(LabWorld.Host, "a.example.test").Alias("a.example.test", LabWorld.Host),
        ["a TXT record of 60 KB"] = world => world.Zone.Add("_mta-sts.example.test", DnsType.Txt, Enumerable.Range(0, 230).SelectMany(_ => DnsReply.Txt(new string('a', 255))).ToArray()),
        ["NUL in a name"] = world => world.Zone.Add(LabWorld.Domain, DnsType.Mx, [0, 5, 3, (byte)'a', 0, (byte)'b', 4, (byte)'t', (byte)'e', (byte)'s', (byte)'t', 0]),
        ["three hundred MX records"] = world =>
        {
            for (int i = 0; i < 300; i++)
                world.Zone.Mx(LabWorld.Domain, 10, $"m{i}.example.test");
        },
    };

    private static Func<Stream, CancellationToken, Task> EndlessAsync(string text) => async (stream, cancellationToken) =>
    {
        byte[] octets = Encoding.ASCII.GetBytes(text);
        while (true)
            await stream.WriteAsync(octets, cancellationToken);
    };
}
