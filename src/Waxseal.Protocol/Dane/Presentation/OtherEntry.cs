using System.Text;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Dane.Presentation;

/// <summary>Knows the entries of a zone file that are records of other types than TLSA.</summary>
internal static class OtherEntry
{
    // Owner, TTL, class: the type is the fourth word at the latest.
    private const int MaxWords = 3;

    // IANA, Resource Record (RR) TYPEs: those that zone files hold.
    private static readonly string[] Types =
    [
        "A", "AAAA", "AFSDB", "APL", "CAA", "CDNSKEY", "CDS", "CERT", "CNAME", "CSYNC", "DHCID", "DNAME", "DNSKEY", "DS", "HINFO",
        "HIP", "HTTPS", "IPSECKEY", "KEY", "LOC", "MX", "NAPTR", "NS", "NSEC", "NSEC3", "NSEC3PARAM", "OPENPGPKEY", "PTR", "RP",
        "RRSIG", "SIG", "SMIMEA", "SOA", "SPF", "SRV", "SSHFP", "SVCB", "TXT", "URI", "ZONEMD",
    ];

    /// <summary>Whether an entry is a record of another type, from its first words.</summary>
    // RFC 1035 §5.1: an entry that begins with its line begins with its owner name, which may read like a type.
    public static bool Is(ReadOnlySpan<byte> text, IReadOnlyList<Piece> words)
    {
        // Three numbers are usage, selector and matching type; no head of an entry has so many. The data may read like a type.
        if (StartsWithNumbers(text, words))
            return false;

        for (int i = HasOwner(text, words) ? 1 : 0; i <= MaxWords && i < words.Count; i++)
        {
            ReadOnlySpan<byte> word = words[i].In(text);
            if (Ascii.EqualsIgnoreCase(word, "TLSA"u8))
                return false;
            foreach (string type in Types)
            {
                if (Ascii.EqualsIgnoreCase(word, type))
                    return true;
            }
        }

        return false;
    }

    private static bool StartsWithNumbers(ReadOnlySpan<byte> text, IReadOnlyList<Piece> words)
    {
        int numbers = 0;
        while (numbers < Math.Min(MaxWords, words.Count)
            && !words[numbers].In(text).ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            numbers++;
        }

        return numbers == MaxWords;
    }

    /// <summary>Whether an entry begins with an owner name.</summary>
    public static bool HasOwner(ReadOnlySpan<byte> text, IReadOnlyList<Piece> words) =>
        words[0].Offset == 0 || text[words[0].Offset - 1] == '\n';
}
