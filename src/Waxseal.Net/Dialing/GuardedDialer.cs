using System.Net;
using System.Net.Sockets;

namespace Waxseal.Net.Dialing;

/// <summary>
/// Makes every connection that a stranger's name or policy asks for. It takes addresses, never names, so what was checked
/// is what is connected to.
/// </summary>
/// <param name="rules">Which addresses may be connected to.</param>
/// <param name="clock">Measures how long it takes.</param>
public sealed class GuardedDialer(AddressRules rules, TimeProvider clock)
{
    /// <summary>Connects over TCP.</summary>
    /// <param name="endPoint">The address and port.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    public async Task<DialResult> ConnectAsync(IPEndPoint endPoint, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (rules.Refusal(endPoint.Address) is { } refusal)
            return new DialResult.Forbidden(endPoint, refusal);

        long start = clock.GetTimestamp();
        using CancellationTokenSource deadline = new(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        Socket socket = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        DialResult result = await ConnectAsync(socket, endPoint, either.Token, cancellationToken).ConfigureAwait(false);
        return result with { Elapsed = clock.GetElapsedTime(start) };
    }

    private static async Task<DialResult> ConnectAsync(
        Socket socket, IPEndPoint endPoint, CancellationToken either, CancellationToken cancellationToken)
    {
        bool isConnected = false;
        try
        {
            await socket.ConnectAsync(endPoint, either).ConfigureAwait(false);
            isConnected = true;
            return new DialResult.Connected(endPoint, socket);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DialResult.TimedOut(endPoint);
        }
        catch (SocketException fault)
        {
            return new DialResult.Refused(endPoint, fault.SocketErrorCode);
        }
        finally
        {
            if (!isConnected)
                socket.Dispose();
        }
    }
}
