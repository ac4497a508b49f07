using System.Collections.Immutable;
using Waxseal.Storage.Reports;

namespace Waxseal.Dashboard.Readings;

/// <summary>Reports, newest first.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Asked">What was asked for.</param>
/// <param name="Reports">The reports.</param>
/// <param name="Next">Where the list goes on; null at its end.</param>
/// <param name="PolicyDomains">The policy domains to choose from.</param>
internal sealed record ReportListing(Frame Frame, ReportQuery Asked, ImmutableArray<StoredReport> Reports, string? Next, ImmutableArray<string> PolicyDomains) : IFramed
{
    private const int PageRows = 100;

    /// <summary>The sessions of those that are shown.</summary>
    public (long Successful, long Failed) Sum { get; } =
        (Protocol.TlsRpt.SessionCount.Sum(Reports.Select(report => report.Successful)), Protocol.TlsRpt.SessionCount.Sum(Reports.Select(report => report.Failed)));

    public static async Task<ReportListing> ReadAsync(Asked asked)
    {
        ReportQuery query = ReportQuery.Of(asked);
        ReportPage page = await asked.Store.ReportsAsync(query.Filter, PageRows, query.After, asked.Cancelled);
        return new(asked.Frame("Reports", "reports"), query, page.Reports, page.Next?.ToString(), [.. await asked.Store.PolicyDomainsAsync(asked.Cancelled)]);
    }
}

/// <summary>Which reports are asked for, in the words of the address.</summary>
internal sealed record ReportQuery(string? PolicyDomain, string? Reporter, string? State, DateOnly? From, DateOnly? To, ReportCursor? After)
{
    public static readonly ImmutableArray<string> States = [.. Enum.GetValues<ReportState>().Select(state => state.ToWord())];

    /// <summary>The same for the store. Of a policy domain and days those are asked for that count its sessions on these days.</summary>
    public ReportFilter Filter => new()
    {
        PolicyDomain = From is null && To is null ? PolicyDomain : null,
        Counting = From is null && To is null ? null : PolicyDomain,
        Reporter = Reporter,
        State = State is null ? From is null && To is null ? null : ReportState.Counted : Words.StateOf(State),
        FirstDay = From,
        LastDay = To,
    };

    public static ReportQuery Of(Asked asked) => new(
        asked.Query("domain"),
        asked.Query("reporter"),
        asked.Query("state") is { } state && States.Contains(state) ? state : null,
        asked.Day("from"),
        asked.Day("to"),
        asked.Query("after") is { } after && ReportCursor.TryParse(after, out ReportCursor? cursor) ? cursor : null);

    /// <summary>The address of what goes on after a place.</summary>
    public string AddressAfter(string? after)
    {
        string address = Links.Reports(PolicyDomain, Reporter, From, To, State);
        return after is null ? address : $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}after={after}";
    }
}
