using System.Xml;

namespace Waxseal.Commands.Check.Outputs;

/// <summary>Makes strangers' text fit for XML, which knows no escape for most control characters; the others help nobody either.</summary>
internal static class XmlText
{
    public static string Legal(string text) =>
        text.All(IsLegal) ? text : new([.. text.Select(letter => IsLegal(letter) ? letter : '\uFFFD')]);

    private static bool IsLegal(char letter) => XmlConvert.IsXmlChar(letter) && letter is not (>= '\u007F' and <= '\u009F');
}
