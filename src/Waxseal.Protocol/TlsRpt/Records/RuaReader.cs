using System.Globalization;
using System.Text;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.TlsRpt.Records;

/// <summary>What came of reading one URI.</summary>
/// <param name="Rua">The destination, or null when the text is no URI.</param>
/// <param name="Corrected">The text as it should be, or null where only the author can know.</param>
internal sealed record RuaReading(Rua? Rua, string? Corrected);

/// <summary>Reads one URI of a TLS-RPT record and knows the slips people make with it.</summary>
// RFC 8460 §3: tlsrpt-uri = URI, from RFC 3986 §3, with "," "!" and ";" percent-encoded
internal static class RuaReader
{
    private const string MailScheme = "mailto:";

    public static RuaReading Read(ReadOnlySpan<byte> item, int offset, ProblemList problems)
    {
        ReadOnlySpan<byte> bare = Unwrap(item, ref offset, problems);
        bare = RemoveSizeSuffix(bare, offset, problems);
        CheckMarks(bare, offset, problems);
        bool isAsWritten = bare.Length == item.Length && !bare.Contains((byte)'!');

        RuaReading reading = ReadUri(bare, offset, problems);
        return isAsWritten ? reading : new(null, reading.Corrected?.Replace("!", "%21", StringComparison.Ordinal));
    }

    private static RuaReading ReadUri(ReadOnlySpan<byte> item, int offset, ProblemList problems)
    {
        if (!UriReader.TryRead(item, out UriParts parts, out int fault))
            return ReadMalformed(item, fault, offset, problems);

        string text = Encoding.ASCII.GetString(item);

        // RFC 8460 §3: two URI schemes are supported, "mailto" and "https".
        if (parts.HasScheme("mailto"u8))
            return ReadMailto(text, parts, offset, problems);
        return parts.HasScheme("https"u8)
            ? ReadHttps(text, parts, offset, problems)
            : ReadUnsupported(text, parts, offset, problems);
    }

    private static ReadOnlySpan<byte> Unwrap(ReadOnlySpan<byte> item, ref int offset, ProblemList problems)
    {
        ReadOnlySpan<byte> bare = item;
        while (IsWrapped(bare))
            bare = bare[1..^1];

        if (bare.Length < item.Length)
        {
            problems.Error("tlsrpt-rua-wrapped", new(offset, item.Length),
                "A URI stands bare. Remove the marks around it.");
            offset += (item.Length - bare.Length) / 2;
        }

        return bare;
    }

    private static bool IsWrapped(ReadOnlySpan<byte> item) =>
        item.Length > 2
        && (item[0], item[^1]) is ((byte)'"', (byte)'"') or ((byte)'\'', (byte)'\'') or ((byte)'<', (byte)'>');

    private static ReadOnlySpan<byte> RemoveSizeSuffix(ReadOnlySpan<byte> item, int offset, ProblemList problems)
    {
        int mark = item.LastIndexOf((byte)'!');
        if (mark < 0 || !IsSizeSuffix(item[mark..]))
            return item;

        problems.Error("tlsrpt-rua-size-suffix", new(offset + mark, item.Length - mark),
            "A size limit after the URI exists in DMARC, not in TLS-RPT. Remove it.");
        return item[..mark];
    }

    // RFC 7489 §6.4: dmarc-uri = URI [ "!" 1*DIGIT [ "k" / "m" / "g" / "t" ] ]
    private static bool IsSizeSuffix(ReadOnlySpan<byte> suffix)
    {
        ReadOnlySpan<byte> size = suffix[1..];
        if (!size.IsEmpty && "kmgtKMGT"u8.Contains(size[^1]))
            size = size[..^1];
        return !size.IsEmpty && !size.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    // RFC 8460 §3: exclamation points MUST be encoded. RFC 3986 §2.2 lets them stand, so the rest can be read with them.
    private static void CheckMarks(ReadOnlySpan<byte> item, int offset, ProblemList problems)
    {
        int mark = item.IndexOf((byte)'!');
        if (mark < 0)
            return;

        problems.Error("tlsrpt-rua-raw-exclamation-mark", new(offset + mark, 1),
            "An exclamation mark inside a URI is written %21.");
    }

    private static RuaReading ReadMalformed(ReadOnlySpan<byte> item, int fault, int offset, ProblemList problems)
    {
        bool hasScheme = item[..fault].Contains((byte)':');
        string? mended = CorrectedMail(item, hasScheme);
        if (!hasScheme)
        {
            problems.Error("tlsrpt-rua-scheme-missing", new(offset, item.Length),
                mended is null
                    ? "This is no URI. Write mailto: and an address, or a whole https:// URI."
                    : "A mail address needs mailto: in front of it, each address its own.",
                needsAuthor: mended is null);
            return new(null, mended);
        }

        problems.Error("tlsrpt-rua-malformed", new(offset + fault, fault < item.Length ? 1 : 0),
            MalformedMessage(item[fault..]), rule: "RFC 3986 §2", needsAuthor: mended is null);
        return new(null, mended);
    }

    private static string MalformedMessage(ReadOnlySpan<byte> rest) => rest switch
    {
        [] => "The URI ends too early. Complete it.",
        [(byte)'%', ..] => "Two hexadecimal digits must follow a percent sign. A percent sign itself is written %25.",
        [>= 0x80, ..] => "A URI is ASCII. Write a domain in A-labels (xn--), any other character percent-encoded.",
        _ => "This character cannot stand here in a URI. Write it percent-encoded, or remove it.",
    };

    // A bare address, or one whose domain is in U-labels, leaves no doubt about what is meant.
    private static string? CorrectedMail(ReadOnlySpan<byte> item, bool hasScheme)
    {
        if (hasScheme && !Ascii.EqualsIgnoreCase(item[..Math.Min(item.Length, MailScheme.Length)], MailScheme))
            return null;

        string text = Encoding.UTF8.GetString(hasScheme ? item[MailScheme.Length..] : item);
        return MailAddress.TryParse(text, out MailAddress? address) ? MailUri(address) : null;
    }

    // RFC 6068 §2: mailtoURI = "mailto:" [ to ] [ hfields ]
    private static RuaReading ReadMailto(string text, UriParts parts, int offset, ProblemList problems)
    {
        string? decoded = PercentEncoding.Decode(parts.Path);
        if (parts.HasAuthority)
        {
            string? mended = CorrectedMail(Encoding.UTF8.GetBytes(text[(MailScheme.Length + 2)..]), hasScheme: false);
            problems.Tolerable("tlsrpt-rua-mailto-slashes", new(offset + MailScheme.Length, 2),
                "No slashes follow mailto:. Remove them.", rule: "RFC 6068 §2", needsAuthor: mended is null);
            return new(new Rua.Unusable(text), mended);
        }

        // RFC 8460 §3: reports go to the specified email address. The list is split before decoding, so an encoded
        // comma belongs to the address.
        if (decoded is null || !MailAddress.TryParse(decoded, quoteIfNeeded: true, out MailAddress? address))
        {
            problems.Tolerable("tlsrpt-rua-address-invalid", new(offset, text.Length),
                "What follows mailto: is no mail address. Write it as mailto:name@example.com.",
                rule: "RFC 6068 §2", needsAuthor: true);
            return new(new Rua.Unusable(text), null);
        }

        if (!parts.HasQuery)
            return new(new Rua.Mailto(text, address), text);

        // Deviation: RFC 6068 §2 lets a URI set header fields. A stranger's record sets none in our mail.
        int query = text.IndexOf('?', StringComparison.Ordinal);
        problems.Warning("tlsrpt-rua-header-fields", new(offset + query, text.Length - query),
            "Header fields after the address are ignored. Remove them.", rule: "RFC 6068 §4");
        return new(new Rua.Mailto(text, address), text[..query]);
    }

    private static RuaReading ReadHttps(string text, UriParts parts, int offset, ProblemList problems)
    {
        // RFC 9110 §4.2.2: an https URI with an empty host is invalid.
        if (parts.Host.IsEmpty)
        {
            problems.Tolerable("tlsrpt-rua-host-missing", new(offset, text.Length),
                "The URI names no host. Write it as https://reports.example.com/path.",
                rule: "RFC 9110 §4.2.2", needsAuthor: true);
            return new(new Rua.Unusable(text), null);
        }

        if (!IsPort(parts.Port))
        {
            problems.Tolerable("tlsrpt-rua-port-invalid", new(offset, text.Length),
                "The port lies outside 1 to 65535. Correct or remove it.", rule: "RFC 9110 §4.2.2", needsAuthor: true);
            return new(new Rua.Unusable(text), null);
        }

        if (parts.HasUserInfo)
        {
            problems.Warning("tlsrpt-rua-user-info", new(offset, text.Length),
                "What stands before the at sign is public and is not sent. Remove it.",
                rule: "RFC 9110 §4.2.4", needsAuthor: true);
        }

        return new(new Rua.Https(text), text);
    }

    // An empty port stands for the default one.
    private static bool IsPort(ReadOnlySpan<byte> port) =>
        port.IsEmpty
        || (ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) && number > 0);

    private static RuaReading ReadUnsupported(string text, UriParts parts, int offset, ProblemList problems)
    {
        int scheme = parts.Scheme.Length;
        if (parts.HasScheme("http"u8))
        {
            problems.Warning("tlsrpt-rua-http", new(offset, scheme),
                "Nobody sends reports over plain http. Offer https and write https here.", needsAuthor: true);
            return new(new Rua.Unusable(text), text);
        }

        string? decoded = parts.HasAuthority ? null : PercentEncoding.Decode(parts.Path);
        bool isMail = MailAddress.TryParse(decoded ?? "", out MailAddress? address);
        problems.Warning("tlsrpt-rua-scheme-unsupported", new(offset, scheme),
            "Reports go to mailto: and https: alone; this URI is passed over.", needsAuthor: !isMail);
        return new(new Rua.Unusable(text), isMail ? MailUri(address!) : text);
    }

    private static string MailUri(MailAddress address) => MailScheme + PercentEncoding.EncodeAddress(address);
}
