using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Waxseal.Hosting.Configuration;

namespace Waxseal.Hosting.Listening;

/// <summary>The sockets a role listens at: those that systemd hands over, or those of the configuration.</summary>
internal sealed class ListeningSockets : IDisposable
{
    private const int Backlog = 512;

    private readonly List<Socket> _own = [];

    private ListeningSockets(IReadOnlyCollection<Socket> handedOver) => All = handedOver;

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<Socket> All { get; private set; }

    /// <summary>Opens them.</summary>
    /// <exception cref="IOException">An address is taken or not to be had.</exception>
    public static ListeningSockets Open(string role, ImmutableArray<string> listen, Systemd systemd)
    {
        ListeningSockets sockets = new([.. systemd.SocketsOf(role).Select(systemd.SocketOf)]);
        if (sockets.All.Count > 0)
            return sockets;
        try
        {
            foreach (string address in listen)
                sockets.Listen(address);
            sockets.All = sockets._own;
            return sockets;
        }
        catch
        {
            sockets.Dispose();
            throw;
        }
    }

    /// <summary>Whether all of a role can be reached from this machine alone. A unix socket is there for a proxy, and strangers come by that.</summary>
    public static bool AreLoopback(string role, ImmutableArray<string> listen, Systemd systemd) =>
        (systemd.SocketsOf(role) is { Count: > 0 } handles ? handles.Select(handle => systemd.SocketOf(handle).LocalEndPoint) : listen.Select(ListenAddress.Of))
            .All(endPoint => endPoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address));

    // Sockets that were handed over stay open for whoever listens next, so that no connection is refused meanwhile.
    public void Dispose()
    {
        foreach (Socket socket in _own)
        {
            string? path = (socket.LocalEndPoint as UnixDomainSocketEndPoint)?.ToString();
            socket.Dispose();
            if (path is not null)
                File.Delete(path);
        }
    }

    private void Listen(string address)
    {
        EndPoint endPoint = ListenAddress.Of(address)!;
        bool isUnix = endPoint is UnixDomainSocketEndPoint;
        Socket socket = new(endPoint.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        try
        {
            if (isUnix)
                MakeWay(endPoint);
            else if (endPoint is IPEndPoint { Address: var any } && any.Equals(IPAddress.IPv6Any))
                socket.DualMode = true;
            socket.Bind(endPoint);

            // Whom the folder lets in may deliver, as everybody on this machine may at a port.
            if (isUnix && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(endPoint.ToString()!, (UnixFileMode)0b110_110_110);
            socket.Listen(Backlog);
        }
        catch (SocketException fault)
        {
            socket.Dispose();
            throw new IOException($"{address}: {fault.Message}", fault);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        _own.Add(socket);
    }

    /// <summary>Listens at a unix socket that its own user alone may use, and root.</summary>
    /// <exception cref="SocketException">Somebody answers there already, or it cannot be made.</exception>
    public static Socket ListenPrivately(string path, int backlog)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            UnixDomainSocketEndPoint endPoint = new(path);
            MakeWay(endPoint);
            socket.Bind(endPoint);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            socket.Listen(backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>What the system calls an address that cannot be assigned is a folder that is missing.</summary>
    /// <exception cref="IOException">The folder of a unix socket is not there.</exception>
    public static void RequireFolder(EndPoint endPoint)
    {
        if (endPoint is UnixDomainSocketEndPoint && Path.GetDirectoryName(Path.GetFullPath(endPoint.ToString()!)) is { } folder && !Directory.Exists(folder))
            throw new IOException($"the folder {folder} of the socket does not exist");
    }

    // A process that was killed leaves its socket behind, and nobody answers there.
    private static void MakeWay(EndPoint endPoint)
    {
        RequireFolder(endPoint);
        string path = endPoint.ToString()!;
        if (!File.Exists(path))
            return;
        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(endPoint);
        }
        catch (SocketException fault) when (fault.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
        }
    }
}
