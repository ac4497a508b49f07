using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Waxseal.Hosting;

namespace Waxseal.ReportIntake.Smtp;

/// <summary>Listens, and runs a session on each connection.</summary>
/// <param name="role">The section it belongs to.</param>
/// <param name="service">What its sessions share.</param>
/// <param name="state">Is told how it fares.</param>
/// <param name="counts">How many connections there may be.</param>
/// <param name="logger">Where it logs.</param>
internal sealed class MailListener(string role, MailService service, RoleState state, ConnectionCounts counts, ILogger logger) : IDisposable
{
    // Of what a client says after the end; without reading it the end might not reach it.
    private const int MostIgnored = 64 * 1024;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Socket, Task> _connections = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abort = new();
    private RoleLoop[] _accepting = [];

    /// <summary>Accepts connections until it is stopped.</summary>
    public void Start(IReadOnlyCollection<Socket> sockets)
    {
        _accepting = [.. sockets.Select(socket => new RoleLoop(stop => AcceptAsync(socket, stop), state, service.Clock, logger))];
        foreach (RoleLoop loop in _accepting)
            loop.Start();
    }

    /// <summary>Accepts no more, and ends every session that is between mails.</summary>
    public async Task CloseAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_accepting.Select(loop => loop.StopAsync(CancellationToken.None)));
    }

    /// <summary>Lets mails that have begun to come be stored, and ends every session after that.</summary>
    /// <param name="cancellationToken">Ends the patience.</param>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_connections.Values).WaitAsync(cancellationToken);
        }
        finally
        {
            await _abort.CancelAsync();
        }
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _abort.Dispose();
    }

    private async Task AcceptAsync(Socket socket, CancellationToken stop)
    {
        state.Turn();
        while (true)
        {
            try
            {
                Begin(await socket.AcceptAsync(stop));
            }
            catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                logger.SessionEnded(role, "", "it was gone before its turn");
            }
            catch (SocketException fault)
            {
                // The machine has no more handles.
                logger.ConnectionNotAccepted(role, fault.Message);
                await Task.Delay(Pause, service.Clock, stop);
            }
        }
    }

    private void Begin(Socket connection)
    {
        if (!TryGetSource(connection, out IPAddress? source))
        {
            logger.SessionEnded(role, "", "it was gone before its turn");
            connection.Dispose();
            return;
        }

        if (counts.Begin(source) is { } refusal)
        {
            HostMetrics.ConnectionRefused(role, refusal == Reply.TooManyFromThere ? "source" : "all");
            Refuse(connection, refusal);
            return;
        }

        // The session ends its own entry, so it must not run before it has one.
        HostMetrics.ConnectionBegan(role);
        TaskCompletionSource entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _connections[connection] = RunAsync(connection, source, entered.Task);
        entered.SetResult();
    }

    private async Task RunAsync(Socket connection, IPAddress? source, Task entered)
    {
        await entered;
        try
        {
            if (source is not null)
                connection.NoDelay = true;
            NetworkStream stream = new(connection, ownsSocket: false);
            await using MailSession session = new(service, stream, source, _stopping.Token, _abort.Token);
            string end = await session.RunAsync();
            logger.SessionEnded(role, source?.ToString() ?? "", end);
            await LingerAsync(connection);
        }
        catch (Exception fault) when (fault is IOException or SocketException or ObjectDisposedException)
        {
            logger.SessionEnded(role, source?.ToString() ?? "", fault.Message);
        }
        catch (Exception fault)
        {
            // A fault of ours. The client hears nothing, and sends its mail again.
            logger.SessionFailed(role, source?.ToString() ?? "", fault);
        }
        finally
        {
            counts.End(source);
            HostMetrics.ConnectionEnded(role);
            _connections.TryRemove(connection, out _);
            connection.Dispose();
        }
    }

    // A socket that is closed with something unread takes back what was just sent.
    private async Task LingerAsync(Socket connection)
    {
        connection.Shutdown(SocketShutdown.Send);
        using CancellationTokenSource moment = CancellationTokenSource.CreateLinkedTokenSource(_abort.Token);
        moment.CancelAfter(Pause);
        byte[] ignored = new byte[512];
        try
        {
            for (int total = 0, count; total < MostIgnored && (count = await connection.ReceiveAsync(ignored, moment.Token)) > 0;)
                total += count;
        }
        catch (OperationCanceledException)
        {
            // It was given its moment.
            return;
        }
    }

    private static void Refuse(Socket connection, Reply refusal)
    {
        using (connection)
        {
            connection.Send(refusal.ToBytes(), SocketFlags.None, out _);
        }
    }

    // A socket whose client is gone already may not know any more whose it was.
    private static bool TryGetSource(Socket connection, out IPAddress? source)
    {
        source = null;
        try
        {
            if (connection.RemoteEndPoint is IPEndPoint { Address: var address })
                source = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
