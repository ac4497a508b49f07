using System.Net;

namespace Waxseal.Hosting;

/// <summary>Reads networks as they stand in the configuration and in options.</summary>
internal static class Networks
{
    /// <summary>The network of a CIDR text, or of an address alone; null when it is neither.</summary>
    public static IPNetwork? Of(string text) =>
        IPNetwork.TryParse(text, out IPNetwork network) ? network
        : IPAddress.TryParse(text, out IPAddress? address) ? new(address, address.GetAddressBytes().Length * 8)
        : null;

    /// <summary>What is wrong with a text of the configuration, as the end of a sentence that begins with the key; null when nothing is.</summary>
    public static string? ProblemOf(string text) => Of(text) is null ? $"has \"{text}\"; it takes networks such as 10.0.0.0/8" : null;
}
