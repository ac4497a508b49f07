using System.Text;

namespace Waxseal.Protocol.RequireTls;

/// <summary>
/// A cursor over the parameters of a MAIL command. What stands before them is passed over, not checked: a server that
/// takes a command it should refuse must not miss REQUIRETLS for it.
/// </summary>
internal ref struct MailParameterReader(ReadOnlySpan<byte> mailCommand)
{
    private ReadOnlySpan<byte> _rest = SkipPath(mailCommand);

    // RFC 5321 §4.1.2: esmtp-param = esmtp-keyword ["=" esmtp-value], separated by SP
    public bool TryRead(out ReadOnlySpan<byte> keyword, out bool hasValue)
    {
        _rest = _rest.TrimStart(" \t"u8);
        int length = _rest.IndexOfAny(" \t\r\n"u8);
        ReadOnlySpan<byte> parameter = length < 0 ? _rest : _rest[..length];
        _rest = _rest[parameter.Length..];

        int equals = parameter.IndexOf((byte)'=');
        hasValue = equals >= 0;
        keyword = hasValue ? parameter[..equals] : parameter;
        return !parameter.IsEmpty;
    }

    // RFC 5321 §4.1.1.2: mail = "MAIL FROM:" Reverse-path [SP Mail-parameters] CRLF
    private static ReadOnlySpan<byte> SkipPath(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> verb = "MAIL FROM:"u8;
        if (text.Length < verb.Length || !Ascii.EqualsIgnoreCase(text[..verb.Length], verb))
            return default;

        ReadOnlySpan<byte> path = text[verb.Length..].TrimStart(" \t"u8);
        return path[PathLength(path)..];
    }

    // RFC 5321 §4.1.2: Path = "<" [A-d-l ":"] Mailbox ">", where a Quoted-string may hold any of these.
    private static int PathLength(ReadOnlySpan<byte> path)
    {
        bool isQuoted = false;
        bool isBracketed = path.StartsWith("<"u8);
        for (int i = 0; i < path.Length; i++)
        {
            switch (path[i])
            {
                case (byte)'\\' when isQuoted:
                    i++;
                    break;
                case (byte)'"':
                    isQuoted = !isQuoted;
                    break;
                case (byte)'>' when isBracketed && !isQuoted:
                    return i + 1;
                case (byte)' ' when !isBracketed && !isQuoted:
                    return i;
            }
        }

        return path.Length;
    }
}
