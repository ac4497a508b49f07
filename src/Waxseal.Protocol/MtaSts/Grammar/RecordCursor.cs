using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.MtaSts.Grammar;

/// <summary>A cursor over the text of a TXT record. Each method reads one production and moves past it.</summary>
internal ref struct RecordCursor(ReadOnlySpan<byte> text, int start)
{
    private readonly ReadOnlySpan<byte> _text = text;

    public int Offset { get; private set; } = start;

    public readonly bool IsAtEnd => Offset == _text.Length;

    private readonly ReadOnlySpan<byte> Rest => _text[Offset..];

    // RFC 8461 §3.1: sts-field-delim = *WSP ";" *WSP
    public bool TryReadDelimiter()
    {
        int gap = Bytes.CountWsp(Rest);
        if (!Rest[gap..].StartsWith(";"u8))
            return false;

        Offset += gap + 1;
        Offset += Bytes.CountWsp(Rest);
        return true;
    }

    // RFC 8461 §3.1: sts-extension = sts-ext-name "=" sts-ext-value
    // sts-id has this form too. The cursor stays where it is when the field is none.
    public bool TryReadField(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> field = PeekField();
        name = field[..Bytes.CountName(field)];
        value = default;
        if (name.IsEmpty || !field[name.Length..].StartsWith("="u8))
            return false;

        // RFC 8461 §3.1: sts-ext-value = 1*(%x21-3A / %x3C / %x3E-7E)
        value = field[(name.Length + 1)..];
        if (!Bytes.IsRecordValue(value))
            return false;

        Offset += field.Length;
        return true;
    }

    /// <summary>Moves past whatever stands in the place of a field.</summary>
    public ReadOnlySpan<byte> ReadMalformedField()
    {
        ReadOnlySpan<byte> field = PeekField();
        Offset += field.Length;
        return field;
    }

    // The white space behind a field belongs to the delimiter.
    private readonly ReadOnlySpan<byte> PeekField() =>
        Rest[..Bytes.CountOf(Rest, Rest.IndexOf((byte)';'))].TrimEnd(Bytes.Wsp);
}
