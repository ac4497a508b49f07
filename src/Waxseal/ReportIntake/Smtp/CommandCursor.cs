using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Waxseal.ReportIntake.Smtp;

/// <summary>A cursor over a command line, without its end. Each method reads one production and moves past it; one that fails ends the reading.</summary>
internal ref struct CommandCursor(ReadOnlySpan<byte> line)
{
    // RFC 5321 §4.5.3.1.1: a local part has at most 64 octets.
    private const int MaxLocalPart = 64;

    // RFC 5321 §4.5.3.1.2: a domain has at most 255 octets.
    private const int MaxDomain = 255;

    // RFC 5322 §3.2.3: atext = ALPHA / DIGIT / "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "/" / "=" / "?" / "^" / "_" / "`" / "{" / "|" / "}" / "~"
    private static readonly SearchValues<byte> AtomBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~"u8);

    private static readonly SearchValues<byte> LabelBytes =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8);

    private readonly ReadOnlySpan<byte> _line = line;
    private int _at;

    public readonly bool IsAtEnd => _at == _line.Length;

    public readonly ReadOnlySpan<byte> Rest => _line[_at..];

    // RFC 5321 §2.4: verbs and argument values are not case sensitive, unless said otherwise.
    public bool TryRead(ReadOnlySpan<byte> word)
    {
        if (!Ascii.EqualsIgnoreCase(Rest[..Math.Min(word.Length, Rest.Length)], word))
            return false;
        _at += word.Length;
        return true;
    }

    /// <summary>Reads up to the next space, or to the end.</summary>
    public ReadOnlySpan<byte> ReadWord()
    {
        ReadOnlySpan<byte> rest = Rest;
        int end = rest.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = end < 0 ? rest : rest[..end];
        _at += word.Length;
        return word;
    }

    // RFC 5321 §4.1.2: Path = "<" [ A-d-l ":" ] Mailbox ">"
    public bool TryReadPath([NotNullWhen(true)] out Mailbox? mailbox)
    {
        mailbox = null;
        if (!TryRead("<"u8))
            return false;

        // RFC 5321 §4.1.1.3: a source route is accepted and ignored.
        return (!Rest.StartsWith("@"u8) || TryReadRoute()) && TryReadMailbox(out mailbox) && TryRead(">"u8);
    }

    // RFC 5321 §4.1.2: Mailbox = Local-part "@" ( Domain / address-literal )
    public bool TryReadMailbox([NotNullWhen(true)] out Mailbox? mailbox)
    {
        mailbox = null;
        if (!TryReadLocalPart(out string? localPart) || !TryRead("@"u8) || !TryReadDomain(out string? domain))
            return false;
        mailbox = new(localPart, domain);
        return true;
    }

    // RFC 5321 §4.1.2: esmtp-param = esmtp-keyword ["=" esmtp-value], esmtp-value = 1*(%d33-60 / %d62-126)
    public bool TryReadParameter(out ReadOnlySpan<byte> keyword, out ReadOnlySpan<byte> value)
    {
        keyword = value = default;
        if (!TryRead(" "u8))
            return false;

        ReadOnlySpan<byte> parameter = ReadWord();
        int equals = parameter.IndexOf((byte)'=');
        keyword = equals < 0 ? parameter : parameter[..equals];
        value = equals < 0 ? default : parameter[(equals + 1)..];
        return keyword.Length > 0 && keyword[0] != '-' && !keyword.ContainsAnyExcept(LabelBytes)
            && (equals < 0 || (value.Length > 0 && !value.ContainsAnyExceptInRange((byte)'!', (byte)'~') && !value.Contains((byte)'=')));
    }

    // RFC 5321 §4.1.2: A-d-l = At-domain *( "," At-domain ), At-domain = "@" Domain
    private bool TryReadRoute()
    {
        do
        {
            if (!TryRead("@"u8) || !TryReadDomain(out _))
                return false;
        }
        while (TryRead(","u8));
        return TryRead(":"u8);
    }

    // RFC 5321 §4.1.2: Local-part = Dot-string / Quoted-string
    private bool TryReadLocalPart([NotNullWhen(true)] out string? localPart)
    {
        int from = _at;
        bool isRead = Rest.StartsWith("\""u8) ? TryReadQuoted(out localPart) : TryReadDotString(out localPart);
        return isRead && _at - from <= MaxLocalPart;
    }

    // RFC 5321 §4.1.2: Dot-string = Atom *("." Atom)
    private bool TryReadDotString([NotNullWhen(true)] out string? text)
    {
        int from = _at;
        do
        {
            if (!TryReadSome(AtomBytes))
            {
                text = null;
                return false;
            }
        }
        while (TryRead("."u8));
        text = Encoding.ASCII.GetString(_line[from.._at]);
        return true;
    }

    // RFC 5321 §4.1.2: Quoted-string = DQUOTE *QcontentSMTP DQUOTE; what is quoted means the same without the quotes.
    private bool TryReadQuoted([NotNullWhen(true)] out string? text)
    {
        text = null;
        StringBuilder content = new();
        for (_at++; !IsAtEnd && _line[_at] is >= (byte)' ' and <= (byte)'~'; _at++)
        {
            if (TryRead("\""u8))
            {
                text = content.ToString();
                return true;
            }

            // RFC 5321 §4.1.2: quoted-pairSMTP = %d92 %d32-126
            if (_line[_at] == '\\' && (++_at == _line.Length || _line[_at] is < (byte)' ' or > (byte)'~'))
                return false;
            content.Append((char)_line[_at]);
        }

        return false;
    }

    // RFC 5321 §4.1.2: Domain = sub-domain *("." sub-domain), sub-domain = Let-dig [Ldh-str]
    private bool TryReadDomain([NotNullWhen(true)] out string? domain)
    {
        domain = null;
        int from = _at;
        if (Rest.StartsWith("["u8))
            return TryReadLiteral(out domain);

        do
        {
            int label = _at;
            if (!TryReadSome(LabelBytes) || _line[label] == '-' || _line[_at - 1] == '-')
                return false;
        }
        while (TryRead("."u8));
        domain = Encoding.ASCII.GetString(_line[from.._at]).ToLowerInvariant();
        return domain.Length <= MaxDomain;
    }

    // RFC 5321 §4.1.3: General-address-literal = Standardized-tag ":" 1*dcontent, dcontent = %d33-90 / %d94-126
    private bool TryReadLiteral([NotNullWhen(true)] out string? domain)
    {
        ReadOnlySpan<byte> rest = Rest;
        int end = rest.IndexOf((byte)']');
        bool isRead = end > 1 && end < MaxDomain && !rest[..end].ContainsAnyExceptInRange((byte)'!', (byte)'~');
        domain = isRead ? Encoding.ASCII.GetString(rest[..(end + 1)]).ToLowerInvariant() : null;
        _at += isRead ? end + 1 : 0;
        return isRead;
    }

    private bool TryReadSome(SearchValues<byte> bytes)
    {
        int length = Rest.IndexOfAnyExcept(bytes);
        length = length < 0 ? Rest.Length : length;
        _at += length;
        return length > 0;
    }
}
