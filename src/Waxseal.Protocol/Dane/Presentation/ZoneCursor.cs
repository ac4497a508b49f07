using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Dane.Presentation;

/// <summary>
/// A cursor over the entries of a zone file (RFC 1035 §5.1). An entry ends with its line, unless parentheses hold lines
/// together; comments begin with a semicolon.
/// </summary>
internal ref struct ZoneCursor(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;

    // Editors put a byte-order mark where no zone file has one.
    private int _offset = text.StartsWith("\uFEFF"u8) ? 3 : 0;

    /// <summary>Offset of a parenthesis of the entry just read that has no counterpart, or null.</summary>
    public int? LoneParenthesis { get; private set; }

    /// <summary>Reads the words of the next entry that has any.</summary>
    /// <returns>False at the end of the text.</returns>
    public bool TryReadEntry(List<Piece> words)
    {
        words.Clear();
        LoneParenthesis = null;
        int? open = null;
        while (_offset < _text.Length)
        {
            byte next = _text[_offset];
            if (next == '\n' && open is null && words.Count > 0)
                break;
            if (next is (byte)'(' or (byte)')')
                Match(next, ref open);

            if (next == ';')
                _offset += LengthUntil("\n"u8);
            else if (" \t\r\n()"u8.Contains(next))
                _offset++;
            else
                words.Add(ReadWord());
        }

        LoneParenthesis ??= open;
        return words.Count > 0;
    }

    // RFC 1035 §5.1 does not nest parentheses; an inner one changes nothing.
    private void Match(byte parenthesis, ref int? open)
    {
        if (parenthesis == '(')
            open ??= _offset;
        else if (open is not null)
            open = null;
        else
            LoneParenthesis ??= _offset;
    }

    private Piece ReadWord()
    {
        var word = new Piece(_offset, _text[_offset] == '"' ? QuotedLength() : LengthUntil(" \t\r\n;()"u8));
        _offset += word.Length;
        return word;
    }

    // RFC 1035 §5.1: within quotation marks every character stands for itself. One alone ends with its line at the latest.
    private readonly int QuotedLength()
    {
        int length = 1;
        while (_offset + length < _text.Length && _text[_offset + length] is not ((byte)'"' or (byte)'\n'))
            length += _text[_offset + length] == '\\' ? 2 : 1;
        bool isClosed = _offset + length < _text.Length && _text[_offset + length] == '"';
        return Math.Min(isClosed ? length + 1 : length, _text.Length - _offset);
    }

    private readonly int LengthUntil(ReadOnlySpan<byte> ends)
    {
        int length = _text[_offset..].IndexOfAny(ends);
        return length < 0 ? _text.Length - _offset : length;
    }
}
