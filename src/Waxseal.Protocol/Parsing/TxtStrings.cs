namespace Waxseal.Protocol.Parsing;

/// <summary>Makes the text of a TXT record out of its character-strings.</summary>
public static class TxtStrings
{
    /// <summary>The text of one TXT record.</summary>
    /// <param name="strings">Its character-strings in order, each at most 255 octets.</param>
    // RFC 8461 §3.1, RFC 8460 §3, RFC 6376 §3.6.2.2: the strings of a record are joined with nothing between them.
    public static byte[] Join(IReadOnlyList<ReadOnlyMemory<byte>> strings)
    {
        var text = new byte[strings.Sum(part => part.Length)];
        int offset = 0;
        foreach (ReadOnlyMemory<byte> part in strings)
        {
            part.CopyTo(text.AsMemory(offset));
            offset += part.Length;
        }

        return text;
    }
}
