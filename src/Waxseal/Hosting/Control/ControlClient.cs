using System.Net.Sockets;
using System.Text;

namespace Waxseal.Hosting.Control;

/// <summary>Asks a process of <c>waxseal serve</c>.</summary>
internal static class ControlClient
{
    private const int MostOctets = 1024 * 1024;

    // A reload may wait for what has begun to end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks, and gives the whole answer; empty when none came.</summary>
    /// <exception cref="SocketException">Nobody answers at the socket.</exception>
    /// <exception cref="TimeoutException">The answer takes too long.</exception>
    public static async Task<byte[]> AskAsync(string path, string word, TimeProvider clock, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = new(Patience, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using MemoryStream answer = new();
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), either.Token);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"{word}\n"), either.Token);
            byte[] octets = new byte[8192];
            for (int count; answer.Length < MostOctets && (count = await socket.ReceiveAsync(octets, either.Token)) > 0;)
                answer.Write(octets, 0, count);
            return answer.ToArray();
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"it does not answer within {Patience.TotalSeconds:0} seconds");
        }
    }
}
