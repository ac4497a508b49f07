namespace Waxseal.Storage.Retention;

/// <summary>Since when what is stored stays. What is older goes with the next clean-up.</summary>
/// <param name="Bodies">The bytes of reports that count.</param>
/// <param name="Refused">Reports that do not count.</param>
/// <param name="Numbers">Numbers of sessions, and alerts that are over.</param>
/// <param name="Facts">Findings and facts of looks.</param>
/// <param name="Looks">How looks came out.</param>
/// <param name="Changes">What was there earlier, and findings that are gone.</param>
internal sealed record Cutoffs(DateTimeOffset Bodies, DateTimeOffset Refused, DateTimeOffset Numbers, DateTimeOffset Facts, DateTimeOffset Looks, DateTimeOffset Changes);

/// <summary>What a clean-up deleted.</summary>
/// <param name="Bodies">Reports that lost their bytes.</param>
/// <param name="Reports">Reports that went whole.</param>
/// <param name="Documents">Looks that lost their findings and facts.</param>
/// <param name="Looks">Looks that went whole.</param>
/// <param name="Values">Earlier values, and certificates.</param>
/// <param name="Alerts">Alerts that were over.</param>
/// <param name="Findings">Findings that were gone.</param>
internal sealed record Cleaned(long Bodies, long Reports, long Documents, long Looks, long Values, long Alerts, long Findings);

/// <summary>One kind of what is stored.</summary>
/// <param name="Key">By which setting it is kept.</param>
/// <param name="What">What it is, in words.</param>
/// <param name="Rows">How many there are.</param>
/// <param name="Octets">How many octets these are, where that is told apart.</param>
/// <param name="OldestAt">When the oldest came or was seen; null without any.</param>
/// <param name="Outlived">How many go with the next clean-up.</param>
internal sealed record Holding(string Key, string What, long Rows, long? Octets, DateTimeOffset? OldestAt, long Outlived);
