using System.Text;
using Waxseal.Protocol.Names;

namespace Waxseal.Fuzz.Targets;

/// <summary>The parsers of <c>Names/</c>.</summary>
internal static class NameTargets
{
    public static readonly FuzzTarget Text = new(
        "domain-name",
        text => ReadDomainName(Encoding.UTF8.GetString(text)),
        () => [.. Seeds.Vectors("mx-match"), .. Seeds.Texts("münchen.bücher.example", "例え.example", "xn--mnchen-3ya.example", "example.com.")],
        "xn--", "ü", "ß", "İ", "\u0308", "\u200D", "。", "_", "*.");

    private static void ReadDomainName(string text)
    {
        if (!DomainName.TryParse(text, out DomainName? name, out DomainNameError? error))
        {
            Promise.Kept(error.Offset >= 0 && error.Offset <= text.Length, "The error lies within the text.");
            Promise.Kept(error.Text.Length > 0, "The error has words.");
            return;
        }

        Promise.Kept(name.Value.Length <= DomainName.MaxLength, "A name keeps its limit.");
        Promise.Kept(Ascii.IsValid(name.Value) && !name.Value.Any(char.IsAsciiLetterUpper), "A name is lower-case ASCII.");
        Promise.Kept(DomainName.TryParseALabels(name.Value, out DomainName? again, out _) && again == name, "A name reads back.");
        Promise.Kept(name.Parent is not { } parent || name.IsBelow(parent), "A name lies below its parent.");
        Promise.Kept(PublicSuffixList.OrganisationalDomain(name) is not { } owner || owner == name || name.IsBelow(owner), "A name lies in its organisational domain.");
    }
}
