using System.Collections.Immutable;
using Waxseal.Dashboard.Managing;
using Waxseal.Storage.Retention;

namespace Waxseal.Dashboard.Api.Documents;

/// <summary>What is kept how long.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Octets">Octets of the whole database.</param>
/// <param name="Kinds">What is stored, by kind.</param>
internal sealed record RetentionJson(int Version, long Octets, ImmutableArray<KeptKindJson> Kinds)
{
    public static RetentionJson Of(long octets, ImmutableArray<KeptKind> kinds) => new(1, octets, [.. kinds.Select(KeptKindJson.Of)]);
}

/// <summary>One kind of what is stored.</summary>
/// <param name="What">What it is, in words.</param>
/// <param name="Key">The key of the configuration by which it is kept.</param>
/// <param name="KeepSeconds">How long it is kept.</param>
/// <param name="Rows">How many there are.</param>
/// <param name="Octets">How many octets these are; null where that is not told apart.</param>
/// <param name="OldestAt">When the oldest came or was seen; null without any.</param>
/// <param name="Outlived">How many go with the next clean-up.</param>
internal sealed record KeptKindJson(string What, string Key, long KeepSeconds, long Rows, long? Octets, DateTimeOffset? OldestAt, long Outlived)
{
    public static KeptKindJson Of(KeptKind kind) => new(
        kind.Holding.What, $"store.{kind.Holding.Key}", (long)kind.Keep.TotalSeconds, kind.Holding.Rows, kind.Holding.Octets, kind.Holding.OldestAt, kind.Holding.Outlived);
}

/// <summary>What a clean-up deleted.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Bodies">Reports that lost their bytes.</param>
/// <param name="Reports">Reports that went whole.</param>
/// <param name="Documents">Looks that lost their findings and facts.</param>
/// <param name="Looks">Looks that went whole.</param>
/// <param name="Values">Earlier values, and certificates.</param>
/// <param name="Alerts">Alerts that were over.</param>
/// <param name="Findings">Findings that were gone.</param>
internal sealed record CleanedJson(int Version, long Bodies, long Reports, long Documents, long Looks, long Values, long Alerts, long Findings)
{
    public static CleanedJson Of(Cleaned cleaned) => new(1, cleaned.Bodies, cleaned.Reports, cleaned.Documents, cleaned.Looks, cleaned.Values, cleaned.Alerts, cleaned.Findings);
}
