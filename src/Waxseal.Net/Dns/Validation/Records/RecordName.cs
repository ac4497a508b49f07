using System.Diagnostics.CodeAnalysis;
using Waxseal.Net.Dns.Wire;

namespace Waxseal.Net.Dns.Validation.Records;

/// <summary>Reads a name within the data of a record.</summary>
internal static class RecordName
{
    /// <summary>Reads an uncompressed name.</summary>
    /// <param name="data">The data of the record.</param>
    /// <param name="offset">Where the name begins.</param>
    /// <param name="name">The name, or null.</param>
    /// <param name="end">Where what follows it begins.</param>
    public static bool TryRead(ReadOnlySpan<byte> data, int offset, [NotNullWhen(true)] out DnsName? name, out int end)
    {
        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        WireCursor cursor = new(data, offset);
        bool isRead = cursor.TryReadName(wire, out int length);
        end = cursor.Offset;

        // RFC 4034 §3.1.7: no compression in RRSIG, nor (§4.1.1) in NSEC; so the name is as long as what it is read from.
        name = isRead && end - offset == length ? DnsName.FromWire(wire[..length]) : null;
        return name is not null;
    }
}
