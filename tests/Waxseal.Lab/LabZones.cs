using System.Collections.ObjectModel;
using Waxseal.Net.Dns;

namespace Waxseal.Lab;

/// <summary>Zones, found by name at once however many there are.</summary>
internal sealed class LabZones : KeyedCollection<DnsName, LabZone>
{
    /// <summary>The zone that a name lies in: of those at or above it, the lowest.</summary>
    public LabZone? Of(DnsName name)
    {
        while (true)
        {
            if (TryGetValue(name, out LabZone? zone))
                return zone;
            if (name.Equals(DnsName.Root))
                return null;
            name = name.Parent;
        }
    }

    /// <summary>The zone of a name that begins right below another zone; null where the name lies in that zone itself.</summary>
    public LabZone? FirstBelow(LabZone above, DnsName name)
    {
        LabZone? first = null;
        for (; name.LabelCount > above.Name.LabelCount; name = name.Parent)
            first = TryGetValue(name, out LabZone? zone) ? zone : first;
        return first;
    }

    public void AddRange(params ReadOnlySpan<LabZone> zones)
    {
        foreach (LabZone zone in zones)
            Add(zone);
    }

    protected override DnsName GetKeyForItem(LabZone item) => item.Name;
}
