namespace Waxseal.Linting;

/// <summary>
/// Finds the data of a TXT record in what people paste: the data itself, or what <c>dig +short</c> prints and zone files
/// hold, <c>_mta-sts.example.com. TXT "v=STSv1; " "id=1;"</c>.
/// </summary>
internal static class RecordText
{
    /// <summary>The data: character-strings joined. A text that is in no such form is its own data, but for the line end.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> pasted)
    {
        ReadOnlyMemory<byte> line = WithoutLineEnd(pasted);
        return TryUnquote(line.Span[QuotesOf(line.Span)..], out byte[] data) ? data : line;
    }

    /// <summary>
    /// The data of each TXT record in what <c>dig +short</c> prints: a line for each, in quotation marks, and before them
    /// the names that aliases led to. Null when the text is in another form.
    /// </summary>
    public static List<ReadOnlyMemory<byte>>? Lines(ReadOnlyMemory<byte> pasted)
    {
        List<ReadOnlyMemory<byte>> records = [];
        foreach (Range range in pasted.Span.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = pasted.Span[range].Trim(" \t\r"u8);
            if (TryUnquote(line[QuotesOf(line)..], out byte[] data))
                records.Add(data);
            else if (!line.IsEmpty && !IsAlias(line) && line[0] != ';')
                return null;
        }

        return records.Count == 0 ? null : records;
    }

    // The target of a CNAME record, absolute and alone, or the record whole.
    private static bool IsAlias(ReadOnlySpan<byte> line) =>
        line[^1] == '.' && !line.Contains((byte)'"') && (!line.ContainsAny(" \t"u8) || line.IndexOf("CNAME"u8) > 0);

    // A program that prints a record, or an editor that saves it, adds a line end.
    private static ReadOnlyMemory<byte> WithoutLineEnd(ReadOnlyMemory<byte> text)
    {
        if (text.Span.EndsWith("\r\n"u8))
            return text[..^2];
        return text.Span.EndsWith("\n"u8) ? text[..^1] : text;
    }

    /// <summary>Where the first quotation mark stands, if only owner name, TTL, class and type are before it.</summary>
    private static int QuotesOf(ReadOnlySpan<byte> line)
    {
        int quote = line.IndexOf((byte)'"');
        return quote > 0 && line[..quote].TrimEnd(" \t"u8).EndsWith("TXT"u8) ? quote : 0;
    }

    // RFC 1035 §5.1: <character-string> in quotation marks; \X is X, \DDD the octet of that number.
    private static bool TryUnquote(ReadOnlySpan<byte> text, out byte[] data)
    {
        data = new byte[text.Length];
        int length = 0;
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            byte octet = text[i];
            if (octet == '"')
                isQuoted = !isQuoted;
            else if (!isQuoted && octet is not ((byte)' ' or (byte)'\t'))
                return false;
            else if (isQuoted)
                data[length++] = octet == '\\' ? Unescape(text, ref i) : octet;
        }

        Array.Resize(ref data, length);
        return text.Length > 0 && text[0] == '"' && !isQuoted;
    }

    /// <summary>The octet that an escape stands for; moves to its last character.</summary>
    private static byte Unescape(ReadOnlySpan<byte> text, ref int i)
    {
        ReadOnlySpan<byte> rest = text[(i + 1)..];
        if (rest is [>= (byte)'0' and <= (byte)'2', _, _, ..] && byte.TryParse(rest[..3], out byte octet))
        {
            i += 3;
            return octet;
        }

        i++;
        return rest.IsEmpty ? (byte)'\\' : rest[0];
    }
}
