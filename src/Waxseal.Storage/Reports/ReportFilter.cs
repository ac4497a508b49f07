using System.Collections.Immutable;

namespace Waxseal.Storage.Reports;

/// <summary>Which reports are asked for.</summary>
internal sealed record ReportFilter
{
    /// <summary>Those about this policy domain alone.</summary>
    public string? PolicyDomain { get; init; }

    /// <summary>Those in this state alone.</summary>
    public ReportState? State { get; init; }

    /// <summary>Those by this reporter alone.</summary>
    public string? Reporter { get; init; }

    /// <summary>Those that arrived at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Those that arrived before this time.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Those that count sessions of this policy domain on days from <see cref="FirstDay"/> to <see cref="LastDay"/>: a report may speak of several.</summary>
    public string? Counting { get; init; }

    /// <summary>Those whose sessions stand under this UTC day or a later one.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>Those whose sessions stand under this UTC day or an earlier one.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>Those about one of these policy domains alone; null for all.</summary>
    public ImmutableArray<string>? Among { get; init; }

    /// <summary>The conditions of a query on the table <c>report</c>, and their values; what is not asked for is no condition, so that an index fits.</summary>
    public (string Text, (string Name, object? Value)[] Values) Conditions
    {
        get
        {
            int? first = FirstDay is { } from ? Day.Number(from) : null, last = LastDay is { } to ? Day.Number(to) : null;
            (string Text, string Name, object? Value)[] all =
            [
                ("report.policy_domain = @domain", "domain", PolicyDomain),
                ("state = @state", "state", State?.ToWord()),
                ("reporter = @reporter", "reporter", Reporter),
                ("received_at >= @since", "since", Since?.ToUnixTimeMilliseconds()),
                ("first_day >= @first_day", "first_day", first),
                ("first_day <= @last_day", "last_day", last),
                ($"(report.policy_domain, report.report_key) IN (SELECT report_domain, report_key FROM reported_policy WHERE policy_domain = @counting{(first is null ? "" : " AND day >= @first_day")}{(last is null ? "" : " AND day <= @last_day")})", "counting", Counting),
                ("received_at < @until", "until", Until?.ToUnixTimeMilliseconds()),
            ];
            all = [.. all.Where(condition => condition.Value is not null)];
            (string within, (string Name, object? Value)[] among) = Among is { } domains ? Statements.In("report.policy_domain", domains) : ("", []);
            string[] texts = [.. all.Select(condition => condition.Text), within];
            return (string.Join(" AND ", texts.Where(text => text.Length > 0).DefaultIfEmpty("1 = 1")), [.. all.Select(condition => (condition.Name, condition.Value)), .. among]);
        }
    }
}
