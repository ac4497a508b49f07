using System.Buffers;
using System.Globalization;
using System.Text;

namespace Waxseal.Protocol.Names;

/// <summary>Percent-encoding (RFC 3986 §2.1) around mail addresses.</summary>
internal static class PercentEncoding
{
    // RFC 6068 §2: qchar keeps some-delims; "!" "," ";" are encoded as well, for RFC 8460 §3 wants it.
    private static readonly SearchValues<char> Kept =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~$'*+");

    /// <summary>The text of a piece of URI, or null when its bytes are no UTF-8.</summary>
    /// <param name="encoded">A piece in which every percent sign begins an encoded byte.</param>
    public static string? Decode(ReadOnlySpan<byte> encoded)
    {
        byte[] bytes = new byte[encoded.Length];
        int length = 0;
        for (int i = 0; i < encoded.Length; i++)
        {
            bool isEncoded = encoded[i] == '%';
            bytes[length++] = isEncoded
                ? byte.Parse(encoded.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
                : encoded[i];
            i += isEncoded ? 2 : 0;
        }

        ReadOnlySpan<byte> decoded = bytes.AsSpan(0, length);
        return System.Text.Unicode.Utf8.IsValid(decoded) ? Encoding.UTF8.GetString(decoded) : null;
    }

    /// <summary>An address as a <c>mailto</c> URI writes it, fit for a TLS-RPT record.</summary>
    public static string EncodeAddress(MailAddress address)
    {
        var encoded = new StringBuilder();
        foreach (char c in address.LocalPart)
        {
            if (Kept.Contains(c))
                encoded.Append(c);
            else
                encoded.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}");
        }

        return encoded.Append('@').Append(address.MailDomain.Value).ToString();
    }
}
