using System.Collections.Immutable;
using Waxseal.Dashboard.Readings;

namespace Waxseal.Dashboard.Api.Documents;

/// <summary>All policy domains.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="From">The first UTC day of the week that is summed up, the last seven days that ended.</param>
/// <param name="To">Its last day.</param>
/// <param name="Domains">The policy domains, by name.</param>
/// <param name="Next">Where the list goes on; null at the end.</param>
internal sealed record DomainListJson(int Version, DateOnly From, DateOnly To, ImmutableArray<DomainLineJson> Domains, string? Next)
{
    public static DomainListJson Of(DomainTable table, string? next) => new(1, table.Span.First, table.Span.Last, [.. table.Lines.Select(DomainLineJson.Of)], next);
}

/// <summary>One policy domain among all.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="State">How it stands: fine, mended, needs-a-look, broken or no-reports.</param>
/// <param name="Week">Its sessions of a week.</param>
/// <param name="OpenFindings">How many findings are open.</param>
/// <param name="LookedAt">When it was last looked at; null when nobody looks.</param>
/// <param name="Reporters">Who reported within two weeks.</param>
internal sealed record DomainLineJson(string PolicyDomain, string State, WeekJson Week, int OpenFindings, DateTimeOffset? LookedAt, ImmutableArray<LastReportedJson> Reporters)
{
    public static DomainLineJson Of(DomainLine line) => new(
        line.PolicyDomain, StateOf(line.Tone), WeekJson.Of(line.Week), line.Open.Length, line.Look?.At,
        [.. line.Reporters.Select(sum => new LastReportedJson(sum.Reporter, sum.LastDay))]);

    /// <summary>How something stands, in a word.</summary>
    public static string StateOf(Tone tone) => tone.Word.Replace(' ', '-');
}

/// <summary>Sessions of a week and of the one before.</summary>
/// <param name="Successful">Sessions that met the policy.</param>
/// <param name="Failed">Sessions that did not.</param>
/// <param name="SuccessfulBefore">The same in the week before.</param>
/// <param name="FailedBefore">The same in the week before.</param>
/// <param name="Change">By how many points of a hundred the share of successes changed; null when there is nothing to compare.</param>
internal sealed record WeekJson(long Successful, long Failed, long SuccessfulBefore, long FailedBefore, double? Change)
{
    public static WeekJson Of(WeekSum sum) =>
        new(sum.Successful, sum.Failed, sum.SuccessfulBefore, sum.FailedBefore, sum.Change is { } change ? Math.Round(change, 4) : null);
}

/// <summary>Until when a reporter reported.</summary>
/// <param name="Reporter">The reporter.</param>
/// <param name="LastDay">The last UTC day it reported of.</param>
internal sealed record LastReportedJson(string Reporter, DateOnly LastDay);
