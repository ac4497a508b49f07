namespace Waxseal.Net.Dns.Wire;

/// <summary>Takes the data of a record out of its message, with the names in it uncompressed.</summary>
internal static class RecordData
{
    /// <summary>The data, or null when the names in it cannot be read or do not fit its length.</summary>
    /// <param name="message">The whole message, which compressed names point into.</param>
    /// <param name="offset">Where the data begins.</param>
    /// <param name="length">How long it is, within the message.</param>
    /// <param name="type">The type of the record.</param>
    public static byte[]? Of(ReadOnlySpan<byte> message, int offset, int length, DnsType type) => type switch
    {
        // RFC 3597 §4: names are compressed in the types of RFC 1035 §3.3 alone.
        DnsType.Ns or DnsType.Cname or DnsType.Ptr or DnsType.Dname => WithNames(message, offset, length, before: 0, names: 1, after: 0),
        DnsType.Mx => WithNames(message, offset, length, before: 2, names: 1, after: 0),
        DnsType.Soa => WithNames(message, offset, length, before: 0, names: 2, after: 20),
        _ => message.Slice(offset, length).ToArray(),
    };

    private static byte[]? WithNames(ReadOnlySpan<byte> message, int offset, int length, int before, int names, int after)
    {
        if (length < before + names + after)
            return null;

        Span<byte> data = stackalloc byte[before + (names * DnsName.MaxWireLength) + after];
        message.Slice(offset, before).CopyTo(data);
        int written = before;

        // Names may point to before the data, but the data ends where its length says.
        WireCursor cursor = new(message[..(offset + length)], offset + before);
        for (int i = 0; i < names; i++)
        {
            if (!cursor.TryReadName(data[written..], out int nameLength))
                return null;
            written += nameLength;
        }

        if (cursor.Offset + after != offset + length)
            return null;
        message.Slice(cursor.Offset, after).CopyTo(data[written..]);
        return data[..(written + after)].ToArray();
    }
}
