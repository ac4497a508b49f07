using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Waxseal.Protocol.Names;

/// <summary>Turns U-labels into A-labels (RFC 5891 §5).</summary>
internal static class ALabels
{
    private static readonly IdnMapping Mapping = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    // RFC 3490 §3.1: whenever dots are used as label separators, these characters are dots too.
    private static readonly SearchValues<char> LabelSeparators = SearchValues.Create(".\u3002\uFF0E\uFF61");

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

    /// <summary>Where a label of a name with U-labels begins.</summary>
    /// <param name="text">The name, all its labels within it.</param>
    /// <param name="label">The number of the label, from 0.</param>
    public static int LabelStart(ReadOnlySpan<char> text, int label)
    {
        int start = 0;
        for (; label > 0; label--)
            start += text[start..].IndexOfAny(LabelSeparators) + 1;
        return start;
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
