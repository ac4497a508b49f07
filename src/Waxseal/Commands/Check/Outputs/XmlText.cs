using System.Xml;

namespace Waxseal.Commands.Check.Outputs;

/// <summary>Makes strangers' text fit for XML, which knows no escape for control characters.</summary>
internal static class XmlText
{
    public static string Legal(string text) =>
        text.All(XmlConvert.IsXmlChar) ? text : new([.. text.Select(letter => XmlConvert.IsXmlChar(letter) ? letter : '\uFFFD')]);
}
