using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;
using Waxseal.Hosting.Listening;

namespace Waxseal.Hosting.Control;

/// <summary>
/// Answers <c>waxseal ctl</c> at a unix socket: one line asks, the rest is the answer. Only the user that this process runs as, and
/// root, are answered.
/// </summary>
/// <param name="path">The socket.</param>
/// <param name="answer">Gives the answer to a word, or null to one that it does not know.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="logger">Where it logs.</param>
internal sealed class ControlServer(string path, Func<string, Task<byte[]?>> answer, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    private const int MostLetters = 64;
    private const int Backlog = 16;

    // asm-generic/socket.h: SOL_SOCKET and SO_PEERCRED; struct ucred is pid, uid and gid, four octets each.
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private Socket? _socket;
    private RoleLoop? _loop;

    /// <summary>Begins to answer; where that cannot be, it is logged and everything else goes on.</summary>
    public void Start()
    {
        try
        {
            _socket = ListeningSockets.ListenPrivately(path, Backlog);
        }
        catch (Exception fault) when (fault is SocketException or IOException or UnauthorizedAccessException)
        {
            logger.ControlNotOpened(path, fault is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } ? "another process of waxseal answers there" : fault.Message);
            return;
        }

        _loop = new RoleLoop(AcceptAsync, new RoleState("control", clock), clock, logger);
        _loop.Start();
    }

    public async ValueTask DisposeAsync()
    {
        if (_loop is not null)
            await _loop.StopAsync(CancellationToken.None);
        if (_socket is null)
            return;
        _socket.Dispose();
        File.Delete(path);
    }

    private async Task AcceptAsync(CancellationToken stop)
    {
        while (true)
        {
            Socket connection = await _socket!.AcceptAsync(stop);
            _ = Task.Run(() => AnswerAsync(connection), CancellationToken.None);
        }
    }

    private async Task AnswerAsync(Socket connection)
    {
        using (connection)
        {
            try
            {
                if (UserOf(connection) is var user && user != 0 && user != EffectiveUser())
                {
                    logger.ControlRefused(user);
                    return;
                }

                using CancellationTokenSource patience = new(Patience, clock);
                string? word = await ReadLineAsync(connection, patience.Token);
                if (word is not null && await answer(word) is { } bytes)
                    await SendAsync(connection, bytes);
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException)
            {
                // Whoever asked has gone, or never asked.
                return;
            }
        }
    }

    private async Task SendAsync(Socket connection, ReadOnlyMemory<byte> bytes)
    {
        using CancellationTokenSource patience = new(Patience, clock);
        while (!bytes.IsEmpty)
            bytes = bytes[await connection.SendAsync(bytes, patience.Token)..];
    }

    private static async Task<string?> ReadLineAsync(Socket connection, CancellationToken cancellationToken)
    {
        byte[] line = new byte[MostLetters];
        for (int length = 0, count; length < line.Length && (count = await connection.ReceiveAsync(line.AsMemory(length), cancellationToken)) > 0;)
        {
            length += count;
            if (line.AsSpan(0, length).IndexOf((byte)'\n') is >= 0 and var end)
                return Encoding.ASCII.GetString(line.AsSpan(0, end));
        }

        return null;
    }

    private static uint UserOf(Socket connection)
    {
        byte[] credentials = new byte[12];
        connection.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        return BinaryPrimitives.ReadUInt32LittleEndian(credentials.AsSpan(4));
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint EffectiveUser();
}
