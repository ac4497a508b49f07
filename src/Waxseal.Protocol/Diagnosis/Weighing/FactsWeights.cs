using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Protocol.Diagnosis.Weighing;

/// <summary>What a look at the policy domain adds to or takes from a cause.</summary>
internal static class FactsWeights
{
    // A probe that shows the fault now makes its cause eight times as likely, and thirty times where it stops every sender; one that shows it
    // among others, twice.
    private static readonly double ForEverybody = Math.Log(30);
    private static readonly double Reproduced = Math.Log(8);
    private static readonly double Possible = Math.Log(2);
    internal const double NotThere = -2.0;
    internal const double CannotBe = -4.0;
    private const double Certain = 0.5;

    // These lie on the side of the sender, in the past, or in what one network sees of another: no look from here shows them.
    private static readonly ImmutableHashSet<string> Unseen =
    [
        "A12", "A14", "B11", "B12", "D05", "D06", "D07", "D08", "D10", "E03", "E12", "F06", "G06", "G15", "G16", "G19", "I01", "K13", "K15", "K22",
        "L12", "L16", "L22",
    ];

    private static readonly ImmutableHashSet<string> OfIpv6 = ["D01", "D02", "G14"];

    /// <summary>The weight of a look for a cause, or null when it says nothing about it.</summary>
    public static Weight? Of(LookSummary? look, Cause cause)
    {
        if (look is null)
            return null;

        string when = look.At.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        if (look.Seen.Where(seen => seen.CauseId == cause.Id).MaxBy(seen => (seen.Share >= Certain && seen.StopsEverybody, seen.Share)) is { } shown)
            return new(AmountOf(shown), $"seen {when}: {Clause(shown.Seen)}");
        if (!look.HasIpv6 && IsOfIpv6(cause))
            return new(CannotBe, $"the policy host has no IPv6 address ({when})");
        if (Refuted(look, cause) is { } refutation)
            return new(CannotBe, $"{refutation} ({when})");
        return cause.Lasts && look.Layers.Contains(cause.Layer) && !IsUnseen(cause)
            ? new(NotThere, $"looked for {when}, and not there")
            : null;
    }

    /// <summary>How much a cause that shows gains.</summary>
    internal static double AmountOf(SeenCause seen) => !IsCertain(seen) ? Possible : seen.StopsEverybody ? ForEverybody : Reproduced;

    /// <summary>Whether the cause is the likeliest by what was seen.</summary>
    internal static bool IsCertain(SeenCause seen) => seen.Share >= Certain;

    /// <summary>Whether no look from here shows a cause.</summary>
    internal static bool IsUnseen(Cause cause) => Unseen.Contains(cause.Id);

    /// <summary>Whether a cause needs an IPv6 address.</summary>
    internal static bool IsOfIpv6(Cause cause) => OfIpv6.Contains(cause.Id);

    // What was taken away is not there any more.
    private static string? Refuted(LookSummary look, Cause cause) => cause.Id switch
    {
        "A14" when look.HasRecord => "the TXT record is there",
        "A11" or "C15" when look.HasPolicyHost => "the policy host has an address",
        _ => null,
    };

    /// <summary>The causes that the look shows, of those that may be behind an incident.</summary>
    public static IEnumerable<string> Shown(LookSummary? look, Func<Cause, bool> mayBe) =>
        look is null ? [] : look.Seen.Where(seen => seen.Share >= Certain && mayBe(Catalogue.Get(seen.CauseId))).Select(seen => seen.CauseId).Distinct();

    internal static string Clause(string seen)
    {
        string text = seen.TrimEnd('.');
        return text.Length > 160 ? text[..160] + "..." : text;
    }
}
