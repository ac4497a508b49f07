namespace Waxseal.Storage.Reports;

/// <summary>What became of a report that was stored.</summary>
/// <param name="Outcome">What.</param>
/// <param name="State">What the stored report is.</param>
/// <param name="Key">By what it is known.</param>
internal sealed record StoreReceipt(ReportOutcome Outcome, ReportState State, ReportRef Key);

/// <summary>What a report is known by.</summary>
/// <param name="PolicyDomain">What it is about.</param>
/// <param name="Key">A digest of identity and content, 32 octets.</param>
internal sealed record ReportRef(string PolicyDomain, ReadOnlyMemory<byte> Key)
{
    /// <summary>The name for people and links: enough of the digest to be alone.</summary>
    public string Id => Convert.ToHexStringLower(Key.Span);
}

/// <summary>What became of a report.</summary>
internal enum ReportOutcome
{
    /// <summary>It is new.</summary>
    Stored,

    /// <summary>It was there; that it came again is counted.</summary>
    Known,

    /// <summary>It was there and did not count; now it came by a way that lets it count.</summary>
    Accepted,

    /// <summary>It takes the place of one with other numbers.</summary>
    Replaced,
}
