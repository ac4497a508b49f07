using System.Text.Json;
using Waxseal.Answers;
using Waxseal.Storage.Findings;

namespace Waxseal.Dashboard.Readings;

/// <summary>One finding, whole.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Kept">When it was made, and whether it still is.</param>
/// <param name="Finding">What it says.</param>
internal sealed record WholeFinding(Frame Frame, KeptFinding Kept, FindingJson Finding) : IFramed
{
    /// <summary>Reads it; null when there is none.</summary>
    public static async Task<WholeFinding?> ReadAsync(Asked asked) =>
        await asked.Store.FindingAsync(asked.Names["domain"], asked.Names["finding"], asked.Cancelled) is { } kept
        && JsonSerializer.Deserialize(kept.Made.Document, CheckJsonContext.Default.FindingJson) is { } finding
            ? new(asked.Frame($"{kept.Made.PolicyDomain}: {kept.Made.Title}", "overview"), kept, finding)
            : null;
}
