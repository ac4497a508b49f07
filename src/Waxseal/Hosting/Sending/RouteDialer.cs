using System.Net;
using System.Net.Sockets;
using Waxseal.Net.Dialing;

namespace Waxseal.Hosting.Sending;

/// <summary>Connects to where the configuration says. Names are looked up as the system does, and the addresses held against the rules.</summary>
/// <param name="dialer">Connects where the rules let it.</param>
/// <param name="key">The key of the configuration that allows more addresses.</param>
internal sealed class RouteDialer(GuardedDialer dialer, string key)
{
    private const int MostAddresses = 4;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Why a host is never connected to; null when it may be, or when that depends on where its name leads.</summary>
    public static string? RefusalOf(string host, AddressRules rules) => LiteralOf(host) is { } address ? rules.Refusal(address) : null;

    /// <summary>Connects over TCP.</summary>
    /// <exception cref="IOException">There is no connection to be had, for the reason in its message.</exception>
    public async Task<Socket> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        List<string> troubles = [];
        foreach (IPAddress address in (await AddressesOfAsync(host, cancellationToken)).Take(MostAddresses))
        {
            DialResult result = await dialer.ConnectAsync(new(address, port), ConnectTimeout, cancellationToken);
            if (result is DialResult.Connected connected)
                return connected.Socket;
            troubles.Add(result switch
            {
                DialResult.Forbidden forbidden => $"{forbidden.Reason}, and not in {key}",
                DialResult.TimedOut => $"{address} does not answer at port {port}",
                DialResult.Refused { Error: SocketError.ConnectionRefused } => $"{address} refuses connections at port {port}",
                DialResult.Refused refused => $"{address} cannot be reached at port {port} ({refused.Error})",
                _ => $"{address} cannot be reached at port {port}",
            });
        }

        throw new IOException(troubles.Count == 0 ? $"{host} has no address" : string.Join("; ", troubles));
    }

    private static IPAddress? LiteralOf(string host) => IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) ? address : null;

    private static async Task<IPAddress[]> AddressesOfAsync(string host, CancellationToken cancellationToken)
    {
        if (LiteralOf(host) is { } literal)
            return [literal];
        try
        {
            return await System.Net.Dns.GetHostAddressesAsync(host, cancellationToken);
        }
        catch (SocketException fault)
        {
            throw new IOException($"{host} has no address ({fault.SocketErrorCode})", fault);
        }
    }
}
