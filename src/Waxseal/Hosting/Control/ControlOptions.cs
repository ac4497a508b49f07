using System.Net.Sockets;
using Waxseal.Hosting.Configuration;

namespace Waxseal.Hosting.Control;

/// <summary>The <c>control</c> section of the configuration file.</summary>
internal sealed class ControlOptions : IOptions
{
    /// <summary>The socket; null for <c>control.sock</c> beside the database of SQLite, or in the data directory.</summary>
    public string? Socket { get; set; }

    public static Section<ControlOptions> Section { get; } = new("control", "Where waxseal ctl finds the process.",
    [
        Settings.Text("socket", "The socket, for the user that waxseal runs as and for root; control.sock beside the database of SQLite, or in the data directory, unless said otherwise.", o => o.Socket, (ControlOptions o, string v) => o.Socket = v, type: "path"),
    ]);

    public IEnumerable<string> Problems()
    {
        if (Socket is not null && ListenAddress.Of($"unix:{Socket}") is not UnixDomainSocketEndPoint)
            yield return $"socket is \"{Socket}\"; a path of a socket has 1 to {ListenAddress.MostPathOctets} octets";
    }
}
