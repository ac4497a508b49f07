using System.Collections.Immutable;
using Waxseal.Answers;
using Waxseal.Dashboard.Readings;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage.Reports;

namespace Waxseal.Dashboard.Api.Documents;

/// <summary>Who reports.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="From">The first UTC day of what is summed up.</param>
/// <param name="To">The last UTC day.</param>
/// <param name="Reporters">The reporters, by name.</param>
/// <param name="Next">Where the list goes on; null at the end.</param>
internal sealed record ReporterListJson(int Version, DateOnly From, DateOnly To, ImmutableArray<ReporterLineJson> Reporters, string? Next);

/// <summary>One reporter among all.</summary>
/// <param name="Reporter">The reporter.</param>
/// <param name="PolicyDomains">How many policy domains it reported of in these days.</param>
/// <param name="Successful">Sessions that met the policy.</param>
/// <param name="Failed">Sessions that did not.</param>
/// <param name="LastDay">The last UTC day it reported of; null when it reported of none of these.</param>
internal sealed record ReporterLineJson(string Reporter, int PolicyDomains, long Successful, long Failed, DateOnly? LastDay)
{
    public static ReporterLineJson Of(string reporter, ImmutableArray<SpanSum> sums) => new(
        reporter, sums.Length, SessionCount.Sum(sums.Select(sum => sum.Successful)), SessionCount.Sum(sums.Select(sum => sum.Failed)), sums.IsEmpty ? null : sums.Max(sum => sum.LastDay));
}

/// <summary>One reporter.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Reporter">The reporter.</param>
/// <param name="Profile">The short name of what is known of senders of its kind; unknown for all others.</param>
/// <param name="FetchInAccessLog">How its policy fetch looks in an access log; null when not known.</param>
/// <param name="LastDay">The last UTC day it reported of; null when not known.</param>
/// <param name="Silent">Whether it has been silent for longer than its habit allows.</param>
/// <param name="Delays">The hours after the end of a day at which its reports of that day came, sorted.</param>
/// <param name="Domains">What it counted of each policy domain in the last week and in that before.</param>
/// <param name="Reports">Its last reports.</param>
internal sealed record ReporterJson(
    int Version, string Reporter, string Profile, string? FetchInAccessLog, DateOnly? LastDay, bool Silent, ImmutableArray<double> Delays, ImmutableArray<ReporterDomainJson> Domains, ImmutableArray<ReportJson> Reports)
{
    public static ReporterJson Of(OneReporter one) => new(
        1, one.Name, one.Profile.Id, one.Profile.FetchInAccessLog, one.LastDay, one.IsSilent, [.. one.Delays.Select(hours => Math.Round(hours, 2))],
        [.. one.Domains.Select(ReporterDomainJson.Of)], [.. one.Reports.Select(ReportJson.Of)]);
}

/// <summary>What a reporter counted of a policy domain.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Week">The sessions.</param>
/// <param name="LastDay">The last UTC day it reported of.</param>
internal sealed record ReporterDomainJson(string PolicyDomain, WeekJson Week, DateOnly LastDay)
{
    public static ReporterDomainJson Of(SpanSum sum) => new(sum.PolicyDomain, WeekJson.Of(WeekSum.Of(sum)), sum.LastDay);
}
