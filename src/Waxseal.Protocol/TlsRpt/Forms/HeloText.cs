using System.Diagnostics.CodeAnalysis;

namespace Waxseal.Protocol.TlsRpt.Forms;

/// <summary>Finds the host name in the reply to EHLO (RFC 5321 §4.1.1.1).</summary>
internal static class HeloText
{
    private const int CodeLength = 3;

    /// <summary>Takes the host name out of a whole reply; false when the text is no reply.</summary>
    // RFC 5321 §4.1.1.1: ehlo-ok-rsp = ( "250" SP Domain [ SP ehlo-greet ] CRLF )
    //                                / ( "250-" Domain [ SP ehlo-greet ] CRLF *( "250-" ehlo-line CRLF ) ...
    public static bool TryReduce(string text, [NotNullWhen(true)] out string? name)
    {
        ReadOnlySpan<char> line = text.AsSpan();
        int end = line.IndexOfAny('\r', '\n');
        bool hasLines = end >= 0;
        if (hasLines)
            line = line[..end];

        bool hasCode = HasCode(line);
        if (hasCode)
            line = line[(CodeLength + 1)..];

        int space = line.IndexOf(' ');
        name = (hasCode || hasLines) ? (space < 0 ? line : line[..space]).ToString() : null;
        return !string.IsNullOrEmpty(name);
    }

    // RFC 5321 §4.2: Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF
    private static bool HasCode(ReadOnlySpan<char> line) =>
        line.Length > CodeLength
        && line[CodeLength] is '-' or ' '
        && !line[..CodeLength].ContainsAnyExceptInRange('0', '9');
}
