using System.Buffers;
using System.Buffers.Text;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Dane.Presentation;

/// <summary>The octets meant by the last words of a TLSA record, and what is wrong with how they are written.</summary>
/// <param name="Octets">The octets; null when only the author knows them.</param>
/// <param name="Fault">What is wrong.</param>
/// <param name="Offset">Where, from the start of the text.</param>
internal sealed record HexReading(byte[]? Octets, HexFault Fault, int Offset)
{
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789ABCDEFabcdef"u8);

    // RFC 6698 §2.2: a string of hexadecimal digits, with white space allowed inside.
    public static HexReading Of(ReadOnlySpan<byte> text, IEnumerable<Piece> words)
    {
        Piece[] all = [.. words];
        byte[] joined = Join(text, all);
        if (joined.Length == 0)
            return new HexReading(null, HexFault.Missing, all.Length == 0 ? text.Length : all[0].Offset);

        int start = all[0].Offset;
        if (!joined.AsSpan().ContainsAnyExcept(Digits))
            return OfDigits(joined, HexFault.None, start);
        if (joined.AsSpan().StartsWith("0x"u8) && !joined.AsSpan(2).ContainsAnyExcept(Digits))
            return OfDigits(joined.AsSpan(2), HexFault.Prefixed, start);
        if (!joined.AsSpan().ContainsAnyExcept(SearchValues.Create("0123456789ABCDEFabcdef:"u8)))
            return OfDigits([.. joined.Where(letter => letter != ':')], HexFault.Separated, start);
        return TryBase64(joined) is { } digest
            ? new HexReading(digest, HexFault.Base64, start)
            : new HexReading(null, HexFault.NotHexadecimal, OffsetOfFirstStranger(text, all));
    }

    private static HexReading OfDigits(ReadOnlySpan<byte> digits, HexFault fault, int offset)
    {
        if (digits.IsEmpty)
            return new HexReading(null, HexFault.Missing, offset);

        return digits.Length % 2 == 0
            ? new HexReading(Convert.FromHexString(digits), fault, offset)
            : new HexReading(null, HexFault.OddDigits, offset);
    }

    // Key pins of the web are SHA2-256 digests in base64, and find their way into TLSA records.
    private static byte[]? TryBase64(ReadOnlySpan<byte> joined)
    {
        Span<byte> octets = stackalloc byte[33];
        OperationStatus status = Base64.DecodeFromUtf8(joined, octets, out _, out int written);
        return status == OperationStatus.Done && written == 32 ? octets[..32].ToArray() : null;
    }

    private static byte[] Join(ReadOnlySpan<byte> text, Piece[] words)
    {
        var joined = new byte[words.Sum(word => word.Length)];
        int length = 0;
        foreach (Piece word in words)
        {
            word.In(text).CopyTo(joined.AsSpan(length));
            length += word.Length;
        }

        return joined;
    }

    private static int OffsetOfFirstStranger(ReadOnlySpan<byte> text, Piece[] words)
    {
        foreach (Piece word in words)
        {
            int stranger = word.In(text).IndexOfAnyExcept(Digits);
            if (stranger >= 0)
                return word.Offset + stranger;
        }

        return words[0].Offset;
    }
}

/// <summary>The ways hexadecimal digits are written wrong.</summary>
internal enum HexFault
{
    None,
    Missing,
    OddDigits,
    NotHexadecimal,
    Prefixed,
    Separated,
    Base64,
}
