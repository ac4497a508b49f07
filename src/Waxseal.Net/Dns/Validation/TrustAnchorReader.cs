using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Net.Dns.Validation.Records;
using Waxseal.Net.Dns.Validation.Signatures;

namespace Waxseal.Net.Dns.Validation;

/// <summary>Reads trust anchors from lines of a zone file, one DS or DNSKEY record each (RFC 4034 §2.2, §5.3).</summary>
public static class TrustAnchorReader
{
    /// <summary>Most characters of a text.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>Reads a whole text.</summary>
    /// <param name="text">The lines. What follows a semicolon is a comment; TTL and class may be left out.</param>
    /// <param name="anchors">The anchors, at least one; empty when the text is refused.</param>
    /// <param name="error">Why the text is refused, or null.</param>
    public static bool TryRead(string text, out ImmutableArray<TrustAnchor> anchors, out TrustAnchorError? error)
    {
        var builder = ImmutableArray.CreateBuilder<TrustAnchor>();
        error = text.Length > MaxLength
            ? new TrustAnchorError(0, $"the text has more than {MaxLength} characters")
            : ReadLines(text.Split('\n'), builder);
        anchors = error is null ? builder.DrainToImmutable() : [];
        return error is null;
    }

    private static TrustAnchorError? ReadLines(string[] lines, ImmutableArray<TrustAnchor>.Builder anchors)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            string[] words = WithoutComment(lines[i]).Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            if (ReadLine(words, out string problem) is not { } anchor)
                return new TrustAnchorError(i + 1, problem);
            anchors.Add(anchor);
        }

        return anchors.Count == 0 ? new TrustAnchorError(0, "there is no trust anchor") : null;
    }

    // RFC 1035 §5.1: a semicolon begins a comment, unless a backslash takes its meaning away.
    private static string WithoutComment(string line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\')
                i++;
            else if (line[i] == ';')
                return line[..i];
        }

        return line;
    }

    // RFC 1035 §5.1: <domain-name> [<TTL>] [<class>] <type> <RDATA>, and TTL and class in either order.
    private static TrustAnchor? ReadLine(string[] words, out string problem)
    {
        int type = 1;
        while (type < words.Length && (IsWord(words[type], "IN") || TryReadNumber(words[type], out uint _)))
            type++;

        problem = $"'{words[0]}' is not a name";
        if (!DnsName.TryParse(words[0], out DnsName? zone))
            return null;

        problem = "a line has the form '. IN DS 20326 8 2 E06D...' or '. IN DNSKEY 257 3 8 AwEA...'";
        if (type + 4 >= words.Length)
            return null;

        string rest = string.Concat(words[(type + 4)..]);
        DelegationSigner? signer = IsWord(words[type], "DS") ? ReadSigner(words[(type + 1)..], rest)
            : IsWord(words[type], "DNSKEY") ? ReadKey(zone, words[(type + 1)..], rest)
            : null;
        return signer is null ? null : Checked(new TrustAnchor(zone, signer), out problem);
    }

    private static TrustAnchor? Checked(TrustAnchor anchor, out string problem)
    {
        DelegationSigner signer = anchor.Signer;
        problem = !SignatureAlgorithms.IsKnown(signer.Algorithm)
            ? $"a key with algorithm {SignatureAlgorithms.NameOf(signer.Algorithm)} cannot be checked"
            : !KeyDigest.IsKnown(signer.DigestType)
                ? $"digest type {signer.DigestType} is not known"
            : signer.Digest.Length != KeyDigest.LengthOf(signer.DigestType)
                ? $"a digest of type {signer.DigestType} has {KeyDigest.LengthOf(signer.DigestType)} octets, and this one {signer.Digest.Length}"
                : "";
        return problem.Length == 0 ? anchor : null;
    }

    // RFC 4034 §5.3: key tag, algorithm and digest type in decimal; the digest in hexadecimal, with white space allowed.
    private static DelegationSigner? ReadSigner(string[] words, string rest) =>
        TryReadNumber(words[0], out ushort tag)
        && TryReadNumber(words[1], out byte algorithm)
        && TryReadNumber(words[2], out byte digestType)
        && Hex(rest) is { } digest
            ? new DelegationSigner(tag, algorithm, digestType, digest)
            : null;

    // RFC 4034 §2.2: flags, protocol and algorithm in decimal; the key in base64, with white space allowed.
    private static DelegationSigner? ReadKey(DnsName zone, string[] words, string rest)
    {
        byte[] octets = new byte[rest.Length];
        if (!TryReadNumber(words[0], out ushort flags)
            || !TryReadNumber(words[1], out byte protocol)
            || !TryReadNumber(words[2], out byte algorithm)
            || !Convert.TryFromBase64String(rest, octets, out int length))
        {
            return null;
        }

        byte[] data = [(byte)(flags >> 8), (byte)flags, protocol, algorithm, .. octets.AsSpan(0, length)];
        return ZoneKey.TryRead(data, out ZoneKey? key) && key.IsUsable
            ? new DelegationSigner(key.Tag, algorithm, KeyDigest.Sha256, KeyDigest.Of(KeyDigest.Sha256, zone, key))
            : null;
    }

    private static byte[]? Hex(string text) =>
        text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    private static bool TryReadNumber<T>(string word, out T number)
        where T : struct, System.Numerics.IBinaryInteger<T> =>
        T.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool IsWord(string word, string expected) => word.Equals(expected, StringComparison.OrdinalIgnoreCase);
}
