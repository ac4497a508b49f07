using System.Text.Unicode;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.MtaSts.Grammar;

/// <summary>A cursor over one line of a policy. Each method reads one production and moves past it.</summary>
internal ref struct FieldCursor(ReadOnlySpan<byte> line)
{
    private readonly ReadOnlySpan<byte> _line = line;

    public int Offset { get; private set; }

    // RFC 5234 §B.1: *WSP
    public int SkipWsp()
    {
        int length = Bytes.CountWsp(_line[Offset..]);
        Offset += length;
        return length;
    }

    // RFC 8461 §3.2: sts-policy-ext-name = (sts-policy-alphanum) *31(sts-policy-alphanum / "_" / "-" / ".")
    public bool TryReadName(out ReadOnlySpan<byte> name)
    {
        name = _line.Slice(Offset, Bytes.CountName(_line[Offset..]));
        Offset += name.Length;
        return !name.IsEmpty;
    }

    // RFC 8461 §3.2: sts-policy-field-delim = ":" *WSP
    public bool TryReadDelimiter()
    {
        if (!_line[Offset..].StartsWith(":"u8))
            return false;

        Offset++;
        SkipWsp();
        return true;
    }

    // RFC 8461 §3.2: sts-policy-ext-value = sts-policy-vchar [*(%x20 / sts-policy-vchar) sts-policy-vchar]
    // Every other value is one of these too. The *WSP before the line end is left out of the value.
    public bool TryReadValue(out ReadOnlySpan<byte> value)
    {
        value = _line[Offset..].TrimEnd(Bytes.Wsp);
        return !value.IsEmpty && IndexOfControl(value) < 0 && Utf8.IsValid(value);
    }

    // RFC 8461 §3.2: sts-policy-vchar = %x21-7E / UTF8-2 / UTF8-3 / UTF8-4
    public static int IndexOfControl(ReadOnlySpan<byte> value)
    {
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] is < 0x20 or 0x7F)
                return i;
        }

        return -1;
    }
}
