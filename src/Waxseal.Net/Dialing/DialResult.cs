using System.Net;
using System.Net.Sockets;

namespace Waxseal.Net.Dialing;

/// <summary>How an attempt to connect ended.</summary>
/// <param name="EndPoint">Where it was to lead.</param>
public abstract record DialResult(IPEndPoint EndPoint)
{
    private DialResult(IPEndPoint endPoint, bool _)
        : this(endPoint)
    {
    }

    /// <summary>From the first packet to this end.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>There is a connection; whoever asked for it closes it.</summary>
    /// <param name="EndPoint">Where it leads.</param>
    /// <param name="Socket">The connection.</param>
    public sealed record Connected(IPEndPoint EndPoint, Socket Socket) : DialResult(EndPoint, true);

    /// <summary>The rules forbid it; no packet was sent.</summary>
    /// <param name="EndPoint">Where it was to lead.</param>
    /// <param name="Reason">Which rule, in a few words.</param>
    public sealed record Forbidden(IPEndPoint EndPoint, string Reason) : DialResult(EndPoint, true);

    /// <summary>No connection came about in time.</summary>
    /// <param name="EndPoint">Where it was to lead.</param>
    public sealed record TimedOut(IPEndPoint EndPoint) : DialResult(EndPoint, true);

    /// <summary>The connection was refused, or no way leads there.</summary>
    /// <param name="EndPoint">Where it was to lead.</param>
    /// <param name="Error">What the system says.</param>
    public sealed record Refused(IPEndPoint EndPoint, SocketError Error) : DialResult(EndPoint, true);
}
