using System.Collections.Immutable;
using Waxseal.Answers;
using Waxseal.Dashboard.Readings;
using Waxseal.Storage.Findings;

namespace Waxseal.Dashboard.Api.Documents;

/// <summary>Findings.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Findings">The findings: of one policy domain the most urgent first, of all by policy domain.</param>
/// <param name="Next">Where the list goes on; null at the end.</param>
internal sealed record FindingListJson(int Version, ImmutableArray<KeptFindingJson> Findings, string? Next)
{
    public static FindingListJson Of(IEnumerable<KeptFinding> findings, string? next) => new(1, [.. findings.Select(KeptFindingJson.Of)], next);
}

/// <summary>A finding in lists.</summary>
/// <param name="Id">By what it is known within its policy domain.</param>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Source">What it was made from: reports or look.</param>
/// <param name="Severity">How much it matters: info, warning or error.</param>
/// <param name="State">Whether it is still so: unknown, lasting, probably-over, over or present.</param>
/// <param name="Open">Whether it stands and is not known to be over.</param>
/// <param name="Title">A headline.</param>
/// <param name="InShort">The whole finding in a few sentences.</param>
/// <param name="SeenBy">The reporters that saw it.</param>
/// <param name="FailedSessions">Sessions that failed, each counted once.</param>
/// <param name="FirstMadeAt">When it was first made.</param>
/// <param name="LastMadeAt">When it was made last.</param>
/// <param name="ChangedAt">When it last said something else.</param>
/// <param name="GoneAt">Since when it is not made any more; null while it is.</param>
internal sealed record KeptFindingJson(
    string Id, string PolicyDomain, string Source, string Severity, string State, bool Open, string Title, string InShort, ImmutableArray<string> SeenBy, long FailedSessions,
    DateTimeOffset FirstMadeAt, DateTimeOffset LastMadeAt, DateTimeOffset ChangedAt, DateTimeOffset? GoneAt)
{
    public static KeptFindingJson Of(KeptFinding kept) => new(
        kept.Id, kept.Made.PolicyDomain, kept.Made.Source.ToWord(), kept.Made.Severity, kept.Made.State, kept.IsOpen, kept.Made.Title, kept.Made.InShort, kept.Made.SeenBy, kept.Made.FailedSessions,
        kept.FirstMadeAt, kept.LastMadeAt, kept.ChangedAt, kept.GoneAt);
}

/// <summary>One finding, whole.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Kept">When it was made, and whether it still is.</param>
/// <param name="Finding">What it says.</param>
internal sealed record WholeFindingJson(int Version, KeptFindingJson Kept, FindingJson Finding)
{
    public static WholeFindingJson Of(WholeFinding whole) => new(1, KeptFindingJson.Of(whole.Kept), whole.Finding);
}
