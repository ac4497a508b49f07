using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Waxseal.Answers;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Storage.Looks;

namespace Waxseal.Commands.Store;

/// <summary>The answer of <c>store history --json</c>. Members are only ever added; <c>version</c> changes when one must go.</summary>
/// <param name="Version">1.</param>
/// <param name="LastLooks">The last look at each policy domain asked for.</param>
/// <param name="Looks">Looks in the order of time, those that came out the same taken together.</param>
/// <param name="Changes">What changed, in the order of time.</param>
/// <param name="Current">What is there.</param>
/// <param name="Certificates">The certificates that were seen.</param>
internal sealed record HistoryJson(
    int Version,
    ImmutableArray<LookJson> LastLooks,
    ImmutableArray<LookJson> Looks,
    ImmutableArray<ChangeJson> Changes,
    ImmutableArray<ObservedPeriod> Current,
    ImmutableArray<CertificatePeriod> Certificates)
{
    public static HistoryJson Of(
        IEnumerable<Look> last, ImmutableArray<HistoryEntry> entries, IEnumerable<ObservedPeriod> now, IEnumerable<CertificatePeriod> certificates) => new(
        1,
        [.. last.Select(look => LookJson.Of(look, look.At, 1))],
        [.. entries.Where(entry => entry.Look is not null).Select(entry => LookJson.Of(entry.Look!, entry.Until, entry.Looks))],
        [.. entries.Where(entry => entry.Change is not null).Select(entry => ChangeJson.Of(entry.Change!))],
        [.. now],
        [.. certificates]);
}

/// <summary>Looks that came out the same.</summary>
internal sealed record LookJson(string PolicyDomain, DateTimeOffset From, DateTimeOffset To, int Looks, CheckStanding Standing, string Headline, int Errors, int Warnings, ImmutableArray<string> Omitted)
{
    public static LookJson Of(Look look, DateTimeOffset to, int looks) => new(look.PolicyDomain, look.At, to, looks, look.Standing, look.Headline, look.Errors, look.Warnings, look.Omitted);
}

/// <summary>A change between two looks.</summary>
internal sealed record ChangeJson(ObservedKind Kind, string Subject, DateTimeOffset After, DateTimeOffset By, string? Before, string? Then)
{
    public static ChangeJson Of(ObservedChange change) => new(change.Kind, change.Subject, change.After, change.By, change.Before.Value, change.Then.Value);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    Converters = [typeof(KebabCase<ObservedKind>), typeof(KebabCase<CheckStanding>)])]
[JsonSerializable(typeof(HistoryJson))]
internal sealed partial class HistoryJsonContext : JsonSerializerContext;
