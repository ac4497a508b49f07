using System.Text;

namespace Waxseal.Protocol.RequireTls;

/// <summary>The header field TLS-Required of a message (RFC 8689 §3).</summary>
public enum TlsRequiredField
{
    /// <summary>There is none.</summary>
    Absent,

    /// <summary>It asks that TLS not stand in the way of delivery.</summary>
    No,

    /// <summary>It has another value, which means nothing.</summary>
    Other,

    /// <summary>It stands there more than once, which means nothing.</summary>
    Repeated,
}

/// <summary>Reads the header field TLS-Required.</summary>
public static class TlsRequiredFields
{
    /// <summary>The name of the field, in any case.</summary>
    public const string Name = "TLS-Required";

    /// <summary>
    /// Reads the field out of a message or its header; what follows the first empty line is not looked at.
    /// </summary>
    /// <param name="message">The octets of the message; lines end with CRLF or LF.</param>
    public static TlsRequiredField Read(ReadOnlySpan<byte> message)
    {
        var found = TlsRequiredField.Absent;
        while (TryReadField(ref message, out ReadOnlySpan<byte> field))
        {
            if (!IsNamed(field, out ReadOnlySpan<byte> body))
                continue;

            // RFC 8689 §3: the field must not be repeated. What follows then is left open; a request to weaken security
            // that is not clear is not followed.
            if (found != TlsRequiredField.Absent)
                return TlsRequiredField.Repeated;
            found = IsNo(body) ? TlsRequiredField.No : TlsRequiredField.Other;
        }

        return found;
    }

    // RFC 5322 §2.2 and §2.2.3: a field goes on over lines that begin with white space.
    private static bool TryReadField(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> field)
    {
        int length = LineLength(rest);
        if (rest[..length].TrimEnd("\r\n"u8).IsEmpty)
        {
            field = default;
            return false;
        }

        while (length < rest.Length && rest[length] is (byte)' ' or (byte)'\t')
            length += LineLength(rest[length..]);
        field = rest[..length];
        rest = rest[length..];
        return true;
    }

    // Deviation: RFC 5322 §2.2 knows only CRLF. Messages in files have LF alone and mean the same.
    private static int LineLength(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOf((byte)'\n');
        return end < 0 ? text.Length : end + 1;
    }

    private static bool IsNamed(ReadOnlySpan<byte> field, out ReadOnlySpan<byte> body)
    {
        bool isNamed = field.Length > Name.Length
            && field[Name.Length] == ':'
            && Ascii.EqualsIgnoreCase(field[..Name.Length], Name);
        body = isNamed ? field[(Name.Length + 1)..] : default;
        return isNamed;
    }

    // RFC 8689 §3: requiretls-field = "TLS-Required:" [FWS] "No" CRLF
    // Deviation: white space after the value is harmless and common.
    private static bool IsNo(ReadOnlySpan<byte> body) => Ascii.EqualsIgnoreCase(body.Trim(" \t\r\n"u8), "No"u8);
}
