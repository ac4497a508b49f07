using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Waxseal.Hosting;

/// <summary>What systemd and its like want to know, and hand over (sd_notify(3), sd_listen_fds(3)); nothing where they are not there.</summary>
/// <param name="variable">A variable of the environment, or null.</param>
internal sealed class Systemd(Func<string, string?> variable)
{
    private const int FirstHandle = 3;

    private readonly ConcurrentDictionary<int, Socket> _sockets = [];

    /// <summary>How often the watchdog wants to hear of us: half of what it allows; null when there is none.</summary>
    public TimeSpan? WatchdogEvery =>
        long.TryParse(variable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long microseconds)
        && (variable("WATCHDOG_PID") is not { } pid || pid == Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
            ? TimeSpan.FromMicroseconds(microseconds / 2.0)
            : null;

    /// <summary>Tells a state, such as <c>READY=1</c>.</summary>
    public void Notify(string state)
    {
        if (variable("NOTIFY_SOCKET") is not { Length: > 1 } path)
            return;

        // A name in the abstract namespace is written with @ for its first octet, NUL.
        using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(path[0] == '@' ? $"\0{path[1..]}" : path));
    }

    /// <summary>The handles of listening sockets that were opened for a section, by their name (<c>FileDescriptorName=</c>).</summary>
    public IReadOnlyList<int> SocketsOf(string section)
    {
        if (variable("LISTEN_PID") != Environment.ProcessId.ToString(CultureInfo.InvariantCulture)
            || !int.TryParse(variable("LISTEN_FDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            return [];
        }

        string[] names = variable("LISTEN_FDNAMES")?.Split(':') ?? [];
        return [.. Enumerable.Range(0, count).Where(i => names.ElementAtOrDefault(i) == section).Select(i => FirstHandle + i)];
    }

    /// <summary>Another handle of the same socket, for who closes it in the end.</summary>
    public static int Duplicate(int handle) => Dup(handle) is >= 0 and var other ? other : throw new IOException($"The handle {handle} that systemd handed over is not open.");

    /// <summary>The socket of a handle, always the same: it outlives the roles that listen at it one after the other.</summary>
    public Socket SocketOf(int handle) => _sockets.GetOrAdd(handle, number => new Socket(new SafeSocketHandle(number, ownsHandle: true)));

    [DllImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Dup(int handle);
}
