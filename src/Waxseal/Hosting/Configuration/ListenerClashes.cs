using System.Collections.Immutable;
using System.Net;

namespace Waxseal.Hosting.Configuration;

/// <summary>Finds listeners of which one would take the address of another.</summary>
internal static class ListenerClashes
{
    /// <summary>What is wrong, each as a sentence.</summary>
    /// <param name="sections">Where each section listens, by its key.</param>
    public static IEnumerable<string> In(ImmutableArray<(string Key, ImmutableArray<string> Listen)> sections)
    {
        (string Key, string Text)[] all = [.. sections.SelectMany(section => section.Listen.Select(text => (section.Key, text)))];
        for (int i = 0; i < all.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (Clash(ListenAddress.Of(all[i].Text), ListenAddress.Of(all[j].Text)))
                    yield return $"{all[i].Key} has {all[i].Text}, and {all[j].Key} has {all[j].Text}; each listener needs an address of its own.";
            }
        }
    }

    // Port 0 is any that is free. A socket at [::] takes IPv4 as well.
    private static bool Clash(EndPoint? one, EndPoint? other) => (one, other) switch
    {
        (IPEndPoint a, IPEndPoint b) => a.Port == b.Port && a.Port != 0 && (IsAny(a.Address, b.Address) || IsAny(b.Address, a.Address) || a.Address.Equals(b.Address)),
        ({ } a, { } b) => a.Equals(b),
        _ => false,
    };

    private static bool IsAny(IPAddress any, IPAddress other) =>
        any.Equals(IPAddress.IPv6Any) || (any.Equals(IPAddress.Any) && other.AddressFamily == any.AddressFamily);
}
