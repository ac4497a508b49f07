using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Waxseal.Protocol.Names;

/// <summary>Turns U-labels into A-labels (RFC 5891 §5).</summary>
internal static class ALabels
{
    private static readonly IdnMapping Mapping = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    // The name comes in lower case, with at least one character outside ASCII.
    public static bool TryEncode(
        string folded,
        [NotNullWhen(true)] out string? name,
        [NotNullWhen(false)] out DomainNameError? error)
    {
        name = null;
        int mark = IndexOfCombiningMark(folded);
        if (mark >= 0)
        {
            error = new(DomainNameFault.NotComposed, mark);
            return false;
        }

        try
        {
            name = Mapping.GetAscii(folded);
            error = null;
            return true;
        }
        catch (ArgumentException)
        {
            // The framework has no Try form of this conversion.
            error = new(DomainNameFault.NoALabel, 0);
            return false;
        }
    }

    // RFC 5891 §5.3: the text must be in Normalization Form C. Marks that have no composed form are rare in names
    // and refused too: a wrong refusal is seen at once, a wrong A-label is not.
    private static int IndexOfCombiningMark(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is >= '\u0300' and <= '\u036F')
                return i;
        }

        return -1;
    }
}
