using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.MtaSts.Grammar;

/// <summary>Walks through the lines of a policy.</summary>
internal ref struct PolicyLines(ReadOnlySpan<byte> body, int start)
{
    private readonly ReadOnlySpan<byte> _body = body;
    private int _next = start;

    /// <summary>The line without its end.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Where the line begins in the body.</summary>
    public int Offset { get; private set; }

    /// <summary>Whether the line ends with a CR that no LF follows, which the grammar does not know.</summary>
    public bool EndsWithLoneCr { get; private set; }

    // RFC 8461 §3.2: sts-policy-term = LF / CRLF
    public bool MoveNext()
    {
        // RFC 8461 §3.2: the last line may end with a terminator; nothing follows it.
        if (_next >= _body.Length)
            return false;

        ReadOnlySpan<byte> rest = _body[_next..];
        int length = Bytes.CountOf(rest, rest.IndexOfAny((byte)'\r', (byte)'\n'));
        Offset = _next;
        Current = rest[..length];

        ReadOnlySpan<byte> end = rest[length..];
        bool isCrLf = end.StartsWith("\r\n"u8);
        EndsWithLoneCr = !isCrLf && end.StartsWith("\r"u8);
        _next += length + (isCrLf ? 2 : 1);
        return true;
    }
}
