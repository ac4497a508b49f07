using System.Net;
using System.Net.Sockets;

namespace Waxseal.Lab.Faults;

/// <summary>Faults of the connection to the policy host (layer D).</summary>
internal static class ConnectionFaults
{
    private const string Host = LabWorld.Host;

    // The name servers and the MX host.
    private static readonly int[] OtherHosts = [1, 2, 3, 20];

    public static IEnumerable<LabFault> All =>
    [
        new("D01", "an IPv6 address at which nothing listens", world => world.Web6.DisposeAsync().AsTask().Wait()),
        new("D02", "IPv6 stalls in the handshake", world => world.Web6.Connected = Stall),
        new("D03", "nothing listens at the port", world => world.Zone.Remove(Host).Address(Host, world.At(11))),
        new("D05", "a firewall that drops what comes from this network", world => Silence(world)),
        new("D08", "a host that is down", world => Silence(world)),
        new("D09", "one of two addresses is dead", world => world.Zone.Address(Host, world.At(11))),
        new("D10", "a host that can be reached from inside alone", world => Silence(world)),
        new("D11", "the handshake stalls everywhere", world => world.Web.Connected = world.Web6.Connected = Stall),
        new("D12", "the first request wakes the host", SlowFirst),
        new("D13", "an address that must not be connected to", world =>
            world.Rules = new([.. OtherHosts.Select(number => new IPNetwork(world.At(number), 32))])),
        new("G17", "port 80 alone", world => world.Zone.Remove(Host).Address(Host, world.At(11))),
    ];

    // A queue of connections that nobody takes and that is full: no more are answered.
    private static void Silence(LabWorld world)
    {
        world.Zone.Remove(Host).Address(Host, world.At(11));
        Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(world.At(11), world.Web.EndPoint.Port));
        listener.Listen(0);
        world.Keep(listener);
        for (int i = 0; i < 4; i++)
        {
            Socket waiting = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _ = waiting.ConnectAsync(listener.LocalEndPoint!);
            world.Keep(waiting);
        }
    }

    private static async Task<bool> Stall(Stream stream, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return false;
    }

    private static void SlowFirst(LabWorld world)
    {
        world.Zone.Remove(Host).Address(Host, world.At(10));
        int count = 0;
        world.Web.Write = async (stream, _, cancellationToken) =>
        {
            if (Interlocked.Increment(ref count) == 1)
                await Task.Delay(2200, cancellationToken);
            await stream.WriteAsync(LabWebServer.Response(200, world.Policy), cancellationToken);
        };
    }
}
