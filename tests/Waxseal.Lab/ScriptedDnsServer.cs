using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Waxseal.Net.Dns;

namespace Waxseal.Lab;

/// <summary>A name server on loopback, over UDP and TCP, that answers by a script: each question with any number of messages.</summary>
internal sealed class ScriptedDnsServer : IAsyncDisposable
{
    private readonly Socket _udp;
    private readonly TcpListener _tcp;
    private readonly Func<ReceivedQuery, IEnumerable<byte[]>> _script;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _loops;

    public ScriptedDnsServer(Func<ReceivedQuery, IEnumerable<byte[]>> script)
        : this(new IPEndPoint(IPAddress.Loopback, 0), script)
    {
    }

    public ScriptedDnsServer(IPEndPoint at, Func<ReceivedQuery, IEnumerable<byte[]>> script)
    {
        _script = script;
        (_udp, _tcp) = Listen(at);
        EndPoint = (IPEndPoint)_udp.LocalEndPoint!;
        _loops = [Task.Run(AnswerUdpAsync), Task.Run(AnswerTcpAsync)];
    }

    public IPEndPoint EndPoint { get; }

    public ConcurrentQueue<ReceivedQuery> Received { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _udp.Dispose();
        _tcp.Dispose();
        foreach (Task loop in _loops)
            await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    // The port that is free for UDP need not be free for TCP.
    private static (Socket Udp, TcpListener Tcp) Listen(IPEndPoint at)
    {
        while (true)
        {
            Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            udp.Bind(at);
            TcpListener tcp = new((IPEndPoint)udp.LocalEndPoint!);
            try
            {
                tcp.Start();
                return (udp, tcp);
            }
            catch (SocketException) when (at.Port == 0)
            {
                udp.Dispose();
            }
        }
    }

    private async Task AnswerUdpAsync()
    {
        byte[] buffer = new byte[ushort.MaxValue];
        while (true)
        {
            SocketReceiveFromResult from = await _udp.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
            foreach (byte[] message in Take(buffer.AsSpan(0, from.ReceivedBytes), DnsTransport.Udp))
                await _udp.SendToAsync(message, from.RemoteEndPoint, _stop.Token);
        }
    }

    private async Task AnswerTcpAsync()
    {
        while (true)
        {
            using TcpClient client = await _tcp.AcceptTcpClientAsync(_stop.Token);
            NetworkStream stream = client.GetStream();
            byte[] head = new byte[2];
            await stream.ReadExactlyAsync(head, _stop.Token);
            byte[] query = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
            await stream.ReadExactlyAsync(query, _stop.Token);
            foreach (byte[] message in Take(query, DnsTransport.Tcp))
            {
                BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)message.Length);
                await stream.WriteAsync((byte[])[.. head, .. message], _stop.Token);
            }
        }
    }

    private IEnumerable<byte[]> Take(ReadOnlySpan<byte> bytes, DnsTransport transport)
    {
        ReceivedQuery query = new(bytes.ToArray(), transport);
        Received.Enqueue(query);
        return _script(query);
    }
}
