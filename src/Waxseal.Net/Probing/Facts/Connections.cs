using System.Net.Sockets;
using Waxseal.Net.Dialing;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Probing.Facts;

/// <summary>Writes attempts to connect down as facts.</summary>
internal static class Connections
{
    public static ConnectionFacts FactsOf(DialResult result)
    {
        double elapsed = Milliseconds.Of(result.Elapsed);
        return result switch
        {
            DialResult.Connected => new(elapsed, null, null),
            DialResult.Forbidden forbidden => new(elapsed, ConnectionFault.Forbidden, forbidden.Reason),
            DialResult.TimedOut => new(elapsed, ConnectionFault.Timeout, "no connection in time"),
            DialResult.Refused { Error: SocketError.NetworkUnreachable or SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported } =>
                new(elapsed, ConnectionFault.NoRoute, "no way leads there from here"),
            DialResult.Refused { Error: SocketError.HostUnreachable } => new(elapsed, ConnectionFault.Timeout, "the host cannot be reached"),
            DialResult.Refused refused => new(elapsed, ConnectionFault.Refused, refused.Error == SocketError.ConnectionRefused
                ? "connection refused"
                : refused.Error.ToString()),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
