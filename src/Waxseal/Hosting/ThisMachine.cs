using System.Net;

namespace Waxseal.Hosting;

/// <summary>Tells whether a host of the configuration is this machine, so that what is sent to it crosses no network.</summary>
internal static class ThisMachine
{
    public static bool Is(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));
}
