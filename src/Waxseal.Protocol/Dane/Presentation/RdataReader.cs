using System.Globalization;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Dane.Presentation;

/// <summary>
/// Reads what follows the type of a TLSA record: three numbers and hexadecimal digits (RFC 6698 §2.2).
/// </summary>
internal readonly ref struct RdataReader(ReadOnlySpan<byte> text, IReadOnlyList<Piece> words, ProblemList problems)
{
    private const string Pattern = "A record is written like 3 1 1 and 64 digits.";

    private readonly ReadOnlySpan<byte> _text = text;
    private readonly IReadOnlyList<Piece> _words = words;
    private readonly ProblemList _problems = problems;
    private readonly Piece[] _parts = new Piece[Enum.GetValues<RecordPart>().Length];

    /// <summary>What announces the octets of a record of any type (RFC 3597 §5).</summary>
    public static ReadOnlySpan<byte> GenericMark => "\\#"u8;

    /// <summary>The word in which a part begins, once the record was read.</summary>
    public Piece WordOf(RecordPart part) => _parts[(int)part];

    /// <summary>Reads the record that begins with the word of this index, or reports why there is none.</summary>
    public TlsaRecord? Read(int first)
    {
        if (first < _words.Count && _words[first].In(_text).SequenceEqual(GenericMark))
            return ReadGeneric(first + 1);

        byte? usage = ReadNumber(RecordPart.Usage, first);
        byte? selector = ReadNumber(RecordPart.Selector, first + 1);
        byte? type = ReadNumber(RecordPart.MatchingType, first + 2);
        byte[]? data = ReadHex(first + 3);
        return usage is null || selector is null || type is null || data is null
            ? null
            : new TlsaRecord((TlsaUsage)usage, (TlsaSelector)selector, (TlsaMatchingType)type, [.. data]);
    }

    // RFC 3597 §5: the number of octets, then the octets in hexadecimal.
    private TlsaRecord? ReadGeneric(int first)
    {
        byte[]? rdata = ReadHex(first + 1);
        if (rdata is null)
            return null;

        Piece count = _words[first];
        if (ushort.TryParse(count.In(_text), NumberStyles.None, CultureInfo.InvariantCulture, out ushort length)
            && length == rdata.Length
            && TlsaRecord.TryParse(rdata, out TlsaRecord? record))
        {
            Array.Fill(_parts, WordOf(RecordPart.Data));
            return record;
        }

        _problems.Error("tlsa-generic-length", count,
            $"The number after \\# has to count the octets that follow, which are {rdata.Length}, and at least 3.",
            rule: "RFC 3597 §5");
        return null;
    }

    // RFC 6698 §2.2: usage, selector and matching type are 8-bit unsigned integers.
    private byte? ReadNumber(RecordPart part, int index)
    {
        (string code, string name) = NamesOf(part);
        if (index >= _words.Count)
        {
            _problems.Error($"tlsa-{code}-missing", AfterAll(), $"The {name} is missing. {Pattern}");
            return null;
        }

        Piece word = _parts[(int)part] = _words[index];
        ReadOnlySpan<byte> digits = word.In(_text);
        if (byte.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out byte number))
            return number;
        if (Acronyms.TryFind(part, digits, out number))
        {
            _problems.Tolerable($"tlsa-{code}-not-a-number", word,
                $"The {name} has to be the number {number} here; the word is for people only.");
            return number;
        }

        string fault = digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') ? "not-a-number" : "out-of-range";
        _problems.Error($"tlsa-{code}-{fault}", word, $"The {name} has to be a number from 0 to 255. {Pattern}");
        return null;
    }

    private byte[]? ReadHex(int first)
    {
        if (first < _words.Count)
            _parts[(int)RecordPart.Data] = _words[first];

        var hex = HexReading.Of(_text, _words.Skip(first));
        if (hex.Fault == HexFault.None)
            return hex.Octets;

        (string code, string message) = Describe(hex.Fault);
        if (hex.Octets is not null)
            _problems.Tolerable(code, FromOffset(hex.Offset), message);
        else
            _problems.Error(code, hex.Fault == HexFault.Missing ? AfterAll() : FromOffset(hex.Offset), message);
        return hex.Octets;
    }

    private Piece AfterAll() => new(_words[^1].End, 0);

    private Piece FromOffset(int offset) => new(offset, _words.First(word => offset < word.End).End - offset);

    private static (string Code, string Name) NamesOf(RecordPart part) => part switch
    {
        RecordPart.Usage => ("usage", "certificate usage"),
        RecordPart.Selector => ("selector", "selector"),
        _ => ("matching-type", "matching type"),
    };

    private static (string Code, string Message) Describe(HexFault fault) => fault switch
    {
        HexFault.Missing => ("tlsa-data-missing", "The digits of the certificate or key are missing."),
        HexFault.OddDigits => ("tlsa-data-odd", "The number of digits is odd: one is missing or too many."),
        HexFault.Prefixed => ("tlsa-data-prefixed", "Hexadecimal digits stand here without 0x before them."),
        HexFault.Separated => ("tlsa-data-separated", "Hexadecimal digits stand here without colons between them."),
        HexFault.Base64 => ("tlsa-data-base64", "This is base64. Write the digest in hexadecimal digits."),
        _ => ("tlsa-data-not-hexadecimal", "Only digits 0 to 9 and A to F, with white space between, belong here."),
    };
}
