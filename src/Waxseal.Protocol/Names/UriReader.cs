using System.Buffers;
using System.Text;

namespace Waxseal.Protocol.Names;

/// <summary>A cursor over the text of a URI. Each method reads one production and moves past it.</summary>
internal ref struct UriReader
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private const string SubDelims = "!$&'()*+,;=";

    private static readonly SearchValues<byte> SchemeBytes = Bytes(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");

    private static readonly SearchValues<byte> RegNameBytes = Bytes(Unreserved + SubDelims);
    private static readonly SearchValues<byte> UserInfoBytes = Bytes(Unreserved + SubDelims + ":");
    private static readonly SearchValues<byte> PathBytes = Bytes(Unreserved + SubDelims + ":@/");
    private static readonly SearchValues<byte> QueryBytes = Bytes(Unreserved + SubDelims + ":@/?");

    private readonly ReadOnlySpan<byte> _text;
    private int _offset;
    private UriParts _parts;

    private UriReader(ReadOnlySpan<byte> text) => _text = text;

    private readonly ReadOnlySpan<byte> Rest => _text[_offset..];

    /// <summary>Reads a whole text as a URI.</summary>
    /// <param name="text">The text, any bytes.</param>
    /// <param name="parts">The parts, when the text is a URI.</param>
    /// <param name="fault">Offset of the first byte that does not fit, when it is none.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out UriParts parts, out int fault)
    {
        var reader = new UriReader(text);
        bool isUri = reader.ReadUri();
        parts = reader._parts;
        fault = reader._offset;
        return isUri;
    }

    // RFC 3986 §3: URI = scheme ":" hier-part [ "?" query ] [ "#" fragment ]
    private bool ReadUri()
    {
        if (!ReadScheme() || !ReadHierPart())
            return false;

        if (Take((byte)'?'))
        {
            _parts.HasQuery = true;
            Skip(QueryBytes);
        }

        if (Take((byte)'#'))
            Skip(QueryBytes);
        return _offset == _text.Length;
    }

    // RFC 3986 §3.1: scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )
    private bool ReadScheme()
    {
        if (_text.IsEmpty || !char.IsAsciiLetter((char)_text[0]))
            return false;

        int length = _text.IndexOfAnyExcept(SchemeBytes);
        _offset = length < 0 ? _text.Length : length;
        _parts.Scheme = _text[.._offset];
        return Take((byte)':');
    }

    // RFC 3986 §3: hier-part = "//" authority path-abempty / path-absolute / path-rootless / path-empty
    private bool ReadHierPart()
    {
        if (Rest.StartsWith("//"u8))
        {
            _offset += 2;
            _parts.HasAuthority = true;
            if (!ReadAuthority())
                return false;
        }

        // RFC 3986 §3.3: after an authority a path is empty or begins with "/", for the authority ended there; without
        // one it cannot begin with "//". So any run of path bytes is one of the four kinds.
        int start = _offset;
        Skip(PathBytes);
        _parts.Path = _text[start.._offset];
        return true;
    }

    // RFC 3986 §3.2: authority = [ userinfo "@" ] host [ ":" port ]
    private bool ReadAuthority()
    {
        int length = Rest.IndexOfAny("/?#"u8);
        int end = length < 0 ? _text.Length : _offset + length;

        if (_text[_offset..end].Contains((byte)'@'))
        {
            // RFC 3986 §3.2.1: userinfo = *( unreserved / pct-encoded / sub-delims / ":" )
            Skip(UserInfoBytes);
            if (!Take((byte)'@'))
                return false;
            _parts.HasUserInfo = true;
        }

        if (!ReadHost(end))
            return false;
        ReadPort();
        return _offset == end;
    }

    // RFC 3986 §3.2.2: host = IP-literal / IPv4address / reg-name; every IPv4address is a reg-name too.
    private bool ReadHost(int end)
    {
        int start = _offset;
        if (Rest.StartsWith("["u8))
        {
            int length = _text[start..end].IndexOf((byte)']');
            if (length < 0 || !IpLiteral.IsValid(_text.Slice(start + 1, length - 1)))
                return false;
            _offset += length + 1;
        }
        else
        {
            Skip(RegNameBytes);
        }

        _parts.Host = _text[start.._offset];
        return true;
    }

    // RFC 3986 §3.2.3: port = *DIGIT
    private void ReadPort()
    {
        if (!Take((byte)':'))
            return;

        int length = Rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        _parts.Port = length < 0 ? Rest : Rest[..length];
        _offset += _parts.Port.Length;
    }

    // RFC 3986 §2.1: pct-encoded = "%" HEXDIG HEXDIG
    private void Skip(SearchValues<byte> allowed)
    {
        while (true)
        {
            int length = Rest.IndexOfAnyExcept(allowed);
            _offset = length < 0 ? _text.Length : _offset + length;
            if (!IsPercentEncoded(Rest))
                return;
            _offset += 3;
        }
    }

    private bool Take(byte expected)
    {
        bool isThere = _offset < _text.Length && _text[_offset] == expected;
        _offset += isThere ? 1 : 0;
        return isThere;
    }

    private static bool IsPercentEncoded(ReadOnlySpan<byte> text) =>
        text.Length >= 3
        && text[0] == '%'
        && char.IsAsciiHexDigit((char)text[1])
        && char.IsAsciiHexDigit((char)text[2]);

    private static SearchValues<byte> Bytes(string text) => SearchValues.Create(Encoding.ASCII.GetBytes(text));
}
