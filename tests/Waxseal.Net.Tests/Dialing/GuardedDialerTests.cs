using System.Net;
using System.Net.Sockets;
using Waxseal.Net.Dialing;

namespace Waxseal.Net.Tests.Dialing;

public class GuardedDialerTests
{
    private static readonly GuardedDialer Lab = new(new AddressRules([IPNetwork.Parse("127.0.0.0/8")]), TimeProvider.System);

    [Fact]
    public async Task Forbidden_address_gets_no_packet()
    {
        using TcpListener listener = Listener();
        GuardedDialer dialer = new(AddressRules.PublicOnly, TimeProvider.System);
        DialResult result = await Dial(dialer, (IPEndPoint)listener.LocalEndpoint);
        Assert.Equal("127.0.0.1 is loopback", Assert.IsType<DialResult.Forbidden>(result).Reason);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Allowed_address_is_connected_to()
    {
        using TcpListener listener = Listener();
        DialResult.Connected connected = Assert.IsType<DialResult.Connected>(await Dial(Lab, (IPEndPoint)listener.LocalEndpoint));
        using Socket socket = connected.Socket;
        Assert.True(socket.Connected);
    }

    [Fact]
    public async Task Refused_connection_is_told()
    {
        TcpListener listener = Listener();
        IPEndPoint endPoint = (IPEndPoint)listener.LocalEndpoint;
        listener.Dispose();
        Assert.Equal(SocketError.ConnectionRefused, Assert.IsType<DialResult.Refused>(await Dial(Lab, endPoint)).Error);
    }

    private static TcpListener Listener()
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static Task<DialResult> Dial(GuardedDialer dialer, IPEndPoint endPoint) =>
        dialer.ConnectAsync(endPoint, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
}
