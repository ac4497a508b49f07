using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Net.Dns.Validation.Records;

namespace Waxseal.Net.Dns.Validation.Signatures;

/// <summary>Keys that signatures of a zone may be made with.</summary>
/// <param name="Zone">The zone.</param>
/// <param name="Keys">The keys.</param>
/// <param name="Description">Which keys they are, as the end of a sentence.</param>
internal sealed record KeyRing(DnsName Zone, ImmutableArray<ZoneKey> Keys, string Description)
{
    /// <summary>Key tags as text, such as <c>only keys 1, 2</c>.</summary>
    public static string Only(IEnumerable<ushort> tags)
    {
        string[] words = [.. tags.Distinct().Order().Select(tag => tag.ToString(CultureInfo.InvariantCulture))];
        return words.Length switch
        {
            0 => "no usable key",
            1 => $"only key {words[0]}",
            _ => $"only keys {string.Join(", ", words)}",
        };
    }
}
