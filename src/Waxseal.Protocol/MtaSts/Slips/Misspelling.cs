namespace Waxseal.Protocol.MtaSts.Slips;

/// <summary>Finds the known field that an unknown name was probably meant to be.</summary>
internal static class Misspelling
{
    private static readonly string[] PolicyFieldNames = ["version", "mode", "max_age", "mx"];

    /// <param name="name">A field name of at most 32 characters.</param>
    public static string? OfPolicyField(string name) =>
        Array.Find(PolicyFieldNames, known => IsNear(name.ToLowerInvariant(), known));

    private static bool IsNear(string name, string known)
    {
        // Two letters are within one change of too much; one letter added is as far as it goes.
        if (known.Length == 2)
            return name == known || (name.Length == 3 && name.Contains(known, StringComparison.Ordinal));
        return Letters(name) == Letters(known) || IsOneChangeAway(name, known);
    }

    private static string Letters(string name) => new([.. name.Where(char.IsAsciiLetter)]);

    // One letter too many, missing, wrong, or two neighbours swapped.
    private static bool IsOneChangeAway(string name, string known)
    {
        int start = name.AsSpan().CommonPrefixLength(known);
        string rest = name[start..];
        string knownRest = known[start..];
        return (rest.Length - knownRest.Length) switch
        {
            1 => rest[1..] == knownRest,
            -1 => rest == knownRest[1..],
            0 when rest.Length > 0 => rest[1..] == knownRest[1..] || IsSwapped(rest, knownRest),
            0 => true,
            _ => false,
        };
    }

    private static bool IsSwapped(string rest, string knownRest) =>
        rest.Length > 1 && rest[0] == knownRest[1] && rest[1] == knownRest[0] && rest[2..] == knownRest[2..];
}
