using System.Collections.Immutable;
using Waxseal.Answers;
using Waxseal.Protocol.Diagnosis.History;

namespace Waxseal.Dashboard.Readings;

/// <summary>The changes of a policy domain as rows under the matrix, on the same days.</summary>
internal static class Timeline
{
    private static readonly ImmutableArray<(string Title, ObservedKind[] Kinds)> Lines =
    [
        ("Record", [ObservedKind.StsRecord, ObservedKind.TlsRptRecord]),
        ("Policy", [ObservedKind.Policy]),
        ("Certificates", [ObservedKind.Certificates]),
        ("MX", [ObservedKind.Mx, ObservedKind.Addresses]),
        ("TLSA, DNSSEC", [ObservedKind.Tlsa, ObservedKind.Signing]),
    ];

    /// <summary>Whether changes of a kind are shown; serials change too often to tell anything.</summary>
    public static bool Shows(ObservedKind kind) => Lines.Any(line => line.Kinds.Contains(kind));

    /// <summary>The rows: for each line its title, and for each day what changed.</summary>
    public static IEnumerable<(string Title, ImmutableArray<ImmutableArray<ObservedChange>> Days)> Of(ImmutableArray<ObservedChange> changes, ImmutableArray<DateOnly> days) =>
        Lines.Select(line => (line.Title, days.Select(day => changes.Where(change => line.Kinds.Contains(change.Kind) && DateOnly.FromDateTime(change.By.UtcDateTime) == day).ToImmutableArray()).ToImmutableArray()));

    /// <summary>A change in words: what went and what came.</summary>
    public static (string Gone, string Come) InWords(ObservedChange change)
    {
        string[] before = change.Before.Value?.Split('\n') ?? [], then = change.Then.Value?.Split('\n') ?? [];
        return (Told(before.Except(then)), Told(then.Except(before)));
    }

    private static string Told(IEnumerable<string> lines) => string.Join('\n', lines.Select(ObservedWords.Short).DefaultIfEmpty("(nothing)"));
}
