using System.Globalization;
using System.Text;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Dane.Presentation;

/// <summary>
/// What stands before the data of a TLSA record: owner, TTL, class and type, each of which may be left out.
/// </summary>
internal sealed class EntryHead
{
    // Owner, TTL, class: the type is the fourth word at the latest.
    private const int MaxWords = 3;

    private EntryHead(Piece? owner, Piece? ttl, Piece? stranger, bool hasType, int length)
    {
        Owner = owner;
        Ttl = ttl;
        Stranger = stranger;
        HasType = hasType;
        Length = length;
    }

    public Piece? Owner { get; }

    public Piece? Ttl { get; }

    /// <summary>A word that is no owner, TTL or class.</summary>
    public Piece? Stranger { get; }

    public bool HasType { get; }

    /// <summary>Words that belong to the head.</summary>
    public int Length { get; }

    /// <summary>Reads the head of an entry.</summary>
    /// <returns>Null when the entry is a record of another type.</returns>
    // RFC 1035 §5.1: <domain-name> [<TTL>] [<class>] <type> <RDATA>, TTL and class in either order
    public static EntryHead? Read(ReadOnlySpan<byte> text, IReadOnlyList<Piece> words)
    {
        int type = IndexOfType(text, words);
        if (type < 0 && (IsDigits(words[0].In(text)) || BeginsData(text, words[0])))
            return new EntryHead(null, null, null, hasType: false, length: 0);

        int length = type < 0 ? LengthWithoutType(text, words) : type;
        if (type < 0 && (length == words.Count || !BeginsData(text, words[length])))
            return null;

        Piece? owner = null;
        Piece? ttl = null;
        Piece? stranger = null;
        for (int i = 0; i < length; i++)
        {
            if (IsClass(text, words[i]))
                continue;
            if (IsTtl(text, words[i]))
                ttl = words[i];
            else if (i == 0)
                owner = words[i];
            else
                stranger ??= words[i];
        }

        return new EntryHead(owner, ttl, stranger, type >= 0, type < 0 ? length : length + 1);
    }

    /// <summary>The head as it should be, with a space after it; empty for an entry that has none.</summary>
    public string Correct(ReadOnlySpan<byte> text, string? owner)
    {
        if (Length == 0)
            return "";

        string start = owner is null ? "" : $"{owner} ";
        string ttl = Ttl is { } word ? $"{Encoding.UTF8.GetString(word.In(text))} " : "";
        return $"{start}{ttl}IN TLSA ";
    }

    /// <summary>The TTL in seconds, or null when there is none or it is beyond 32 bits.</summary>
    public uint? Seconds(ReadOnlySpan<byte> text)
    {
        if (Ttl is not { } word)
            return null;

        ReadOnlySpan<byte> ttl = word.In(text);
        uint unit = (ttl[^1] | 0x20) switch { 'm' => 60, 'h' => 3600, 'd' => 86400, 'w' => 604800, _ => 1u };
        ReadOnlySpan<byte> digits = char.IsAsciiDigit((char)ttl[^1]) ? ttl : ttl[..^1];
        return uint.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out uint count)
            && count <= uint.MaxValue / unit
                ? count * unit
                : null;
    }

    private static int IndexOfType(ReadOnlySpan<byte> text, IReadOnlyList<Piece> words)
    {
        for (int i = 0; i <= MaxWords && i < words.Count; i++)
        {
            // RFC 3597 §5: a type can be written by its number.
            if (Is(text, words[i], "TLSA"u8) || Is(text, words[i], "TYPE52"u8))
                return i;
        }

        return -1;
    }

    // Without a type, a small number after the owner is the usage and a large one the TTL.
    private static int LengthWithoutType(ReadOnlySpan<byte> text, IReadOnlyList<Piece> words)
    {
        int length = 1;
        while (length <= MaxWords - 1 && length < words.Count
            && (IsClass(text, words[length]) || (IsTtl(text, words[length]) && !IsNumber(text, words[length]))))
        {
            length++;
        }

        return length;
    }

    private static bool IsClass(ReadOnlySpan<byte> text, Piece word) => Is(text, word, "IN"u8);

    // RFC 1035 §5.1: a decimal integer; name servers also take a unit after it.
    private static bool IsTtl(ReadOnlySpan<byte> text, Piece word)
    {
        ReadOnlySpan<byte> ttl = word.In(text);
        ReadOnlySpan<byte> digits = "smhdwSMHDW"u8.Contains(ttl[^1]) ? ttl[..^1] : ttl;
        return IsDigits(digits);
    }

    private static bool IsDigits(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool BeginsData(ReadOnlySpan<byte> text, Piece word) =>
        IsNumber(text, word) || word.In(text).SequenceEqual(RdataReader.GenericMark);

    private static bool IsNumber(ReadOnlySpan<byte> text, Piece word) =>
        byte.TryParse(word.In(text), NumberStyles.None, CultureInfo.InvariantCulture, out _)
        || Acronyms.TryFind(RecordPart.Usage, word.In(text), out _);

    private static bool Is(ReadOnlySpan<byte> text, Piece word, ReadOnlySpan<byte> expected) =>
        Ascii.EqualsIgnoreCase(word.In(text), expected);
}
