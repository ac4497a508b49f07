using System.Collections.Immutable;
using Waxseal.Dashboard.Readings;
using Waxseal.Storage.Reports;

namespace Waxseal.Dashboard.Api.Documents;

/// <summary>Who failed and who did not, day by day.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="From">The first UTC day.</param>
/// <param name="To">The last UTC day.</param>
/// <param name="Successful">Sessions that met the policy.</param>
/// <param name="Failed">Sessions that did not.</param>
/// <param name="Reporters">The reporters, those with most sessions first.</param>
internal sealed record DayListJson(int Version, string PolicyDomain, DateOnly From, DateOnly To, long Successful, long Failed, ImmutableArray<ReporterDaysJson> Reporters)
{
    public static DayListJson Of(Matrix matrix, DateOnly from, DateOnly to) =>
        new(1, matrix.PolicyDomain, from, to, matrix.Successful, matrix.Failed, [.. matrix.Rows.Select(ReporterDaysJson.Of)]);
}

/// <summary>What one reporter counted.</summary>
/// <param name="Reporter">The reporter.</param>
/// <param name="Successful">Sessions that met the policy.</param>
/// <param name="Failed">Sessions that did not.</param>
/// <param name="Days">The days it reported of.</param>
internal sealed record ReporterDaysJson(string Reporter, long Successful, long Failed, ImmutableArray<DayJson> Days)
{
    public static ReporterDaysJson Of(MatrixRow row) => new(row.Reporter, row.Successful, row.Failed, [.. row.Cells.OfType<DaySum>().Select(DayJson.Of)]);
}

/// <summary>What one reporter counted on one day.</summary>
/// <param name="Day">The UTC day.</param>
/// <param name="Reports">How many reports.</param>
/// <param name="Successful">Sessions that met the policy.</param>
/// <param name="Failed">Sessions that did not.</param>
internal sealed record DayJson(DateOnly Day, long Reports, long Successful, long Failed)
{
    public static DayJson Of(DaySum sum) => new(sum.Day, sum.Reports, sum.Successful, sum.Failed);
}
