using System.Text;

namespace Waxseal.Protocol.Names;

/// <summary>
/// The names under which independent parties register names of their own, by the list of publicsuffix.org, of which
/// this library carries a copy. Private suffixes such as <c>github.io</c> count too.
/// </summary>
public static class PublicSuffixList
{
    /// <summary>Whether independent parties register names directly below <paramref name="name"/>.</summary>
    /// <param name="name">Any name; a top-level domain not on the list is a public suffix.</param>
    public static bool IsPublicSuffix(DomainName name) => OffsetOfPublicSuffix(name) == 0;

    /// <summary>
    /// The name of the organisation that <paramref name="name"/> belongs to: the public suffix and one label more.
    /// Null for a public suffix.
    /// </summary>
    // RFC 7489 §3.2: the Organizational Domain is the public suffix with the next label added.
    public static DomainName? OrganisationalDomain(DomainName name)
    {
        int suffix = OffsetOfPublicSuffix(name);
        if (suffix == 0)
            return null;

        int endOfLabel = suffix - ".".Length;
        return name.From(name.Value.LastIndexOf('.', endOfLabel - 1) + 1);
    }

    // The list's own rules: an exception beats all, then the rule of most labels counts, and without any the top label.
    private static int OffsetOfPublicSuffix(DomainName name)
    {
        Span<byte> text = stackalloc byte[DomainName.MaxLength];
        text = text[..Encoding.ASCII.GetBytes(name.Value, text)];
        PublicSuffixRules rules = PublicSuffixRules.Instance;

        int longest = -1;
        for (int start = 0; ;)
        {
            ReadOnlySpan<byte> suffix = text[start..];
            int dot = suffix.IndexOf((byte)'.');
            if (rules.HasException(suffix))
                return start + dot + 1;
            if (longest < 0 && (rules.HasName(suffix) || (dot >= 0 && rules.HasWildcard(suffix[(dot + 1)..]))))
                longest = start;
            if (dot < 0)
                return longest < 0 ? start : longest;
            start += dot + 1;
        }
    }
}
