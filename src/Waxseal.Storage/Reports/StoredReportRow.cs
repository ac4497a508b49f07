using System.Data.Common;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Storage.Reports;

/// <summary>Reads reports from rows of a query.</summary>
internal static class StoredReportRow
{
    /// <summary>The columns that a query is to ask for, of the table <c>report</c>.</summary>
    public const string Columns = """
        report.policy_domain, report_key, state, received_at, channel, origin, trust, trust_reason, submitter, times_received, reporter,
        organization_name, report_id, range_start, range_end, successful, failed, defects, fault, policy_domains, first_day, reader,
        contact_info, last_received_at
        """;

    public static StoredReport Of(DbDataReader row) => new(
        new(row.GetString(0), row.Bytes(1)),
        Words.StateOf(row.GetString(2)),
        new(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), Words.ChannelOf(row.GetString(4)), row.GetString(5))
        {
            Trust = Words.TrustOf(row.GetString(6)),
            TrustReason = row.GetString(7),
            Submitter = row.TextOrNull(8),
        })
    {
        TimesReceived = row.GetInt64(9),
        Reporter = row.GetString(10),
        OrganizationName = row.TextOrNull(11),
        ReportId = row.TextOrNull(12),
        DateRange = row.NumberOrNull(13) is { } start && row.NumberOrNull(14) is { } end
            ? new ReportDateRange(DateTimeOffset.FromUnixTimeMilliseconds(start), DateTimeOffset.FromUnixTimeMilliseconds(end))
            : null,
        Successful = row.GetInt64(15),
        Failed = row.GetInt64(16),
        Defects = row.GetString(17),
        Fault = row.TextOrNull(18),
        PolicyDomains = SessionRows.TextsIn(row.GetString(19)),
        FirstDay = row.IsDBNull(20) ? null : row.Whole(20),
        Reader = row.Whole(21),
        ContactInfo = row.TextOrNull(22),
        LastReceivedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(23)),
    };
}
