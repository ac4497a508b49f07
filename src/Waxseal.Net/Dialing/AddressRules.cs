using System.Collections.Immutable;
using System.Net;

namespace Waxseal.Net.Dialing;

/// <summary>
/// Which addresses may be connected to. Names are chosen by strangers, and so is where they lead: what is not an ordinary
/// address of the Internet is refused, unless it lies in a network the operator has allowed.
/// </summary>
public sealed class AddressRules
{
    /// <summary>No exception: public addresses alone.</summary>
    public static readonly AddressRules PublicOnly = new([]);

    private readonly ImmutableArray<IPNetwork> _allowed;

    /// <summary>Rules with exceptions, for laboratories and inner networks.</summary>
    /// <param name="allowed">The networks that may be connected to all the same.</param>
    public AddressRules(ImmutableArray<IPNetwork> allowed) => _allowed = allowed;

    /// <summary>Why an address must not be connected to, or null when it may.</summary>
    /// <param name="address">The address, just before the connection.</param>
    public string? Refusal(IPAddress address)
    {
        if (_allowed.Any(network => network.Contains(address)))
            return null;
        if (SpecialAddresses.PurposeOf(address) is { } purpose)
            return $"{address} is {purpose}";

        // An IPv4 address inside is where the packets go in the end.
        return EmbeddedAddress.Of(address) is { } inner
            && !_allowed.Any(network => network.Contains(inner))
            && SpecialAddresses.PurposeOf(inner) is { } innerPurpose
                ? $"{address} leads to {inner}, which is {innerPurpose}"
                : null;
    }
}
