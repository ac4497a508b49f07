using System.Text;

namespace Waxseal.Protocol.Dane.Presentation;

/// <summary>The acronyms people use for the numbers of TLSA records. Zone files must have the numbers.</summary>
internal static class Acronyms
{
    // RFC 7218 §2
    private static readonly (RecordPart Part, byte Number, string Word)[] Words =
    [
        (RecordPart.Usage, 0, "PKIX-TA"),
        (RecordPart.Usage, 1, "PKIX-EE"),
        (RecordPart.Usage, 2, "DANE-TA"),
        (RecordPart.Usage, 3, "DANE-EE"),
        (RecordPart.Usage, 255, "PrivCert"),
        (RecordPart.Selector, 0, "Cert"),
        (RecordPart.Selector, 1, "SPKI"),
        (RecordPart.Selector, 255, "PrivSel"),
        (RecordPart.MatchingType, 0, "Full"),
        (RecordPart.MatchingType, 1, "SHA2-256"),
        (RecordPart.MatchingType, 2, "SHA2-512"),
        (RecordPart.MatchingType, 255, "PrivMatch"),
    ];

    /// <summary>The word for a number with the number behind it, such as <c>DANE-EE(3)</c>.</summary>
    // RFC 7218 §2: numbers that are not assigned have no word.
    public static string Describe(RecordPart part, byte number) =>
        $"{Array.Find(Words, entry => entry.Part == part && entry.Number == number).Word ?? "Unassigned"}({number})";

    /// <summary>The number a word stands for, in any case.</summary>
    public static bool TryFind(RecordPart part, ReadOnlySpan<byte> word, out byte number)
    {
        foreach ((RecordPart entryPart, byte entryNumber, string entryWord) in Words)
        {
            if (entryPart != part || !Ascii.EqualsIgnoreCase(word, entryWord))
                continue;
            number = entryNumber;
            return true;
        }

        number = 0;
        return false;
    }
}
