using Waxseal.Storage.Writing;
using static Waxseal.Storage.Writing.ColumnKind;

namespace Waxseal.Storage.Reports;

/// <summary>The statements that write reports, for many at once.</summary>
internal static class ReportTables
{
    /// <summary>The tables that grow with the days.</summary>
    public static readonly string[] ByDay = ["reported_policy", "reported_failure"];

    /// <summary>The columns of a report; its row has them in this order.</summary>
    public static readonly (string Name, ColumnKind Kind)[] Columns =
    [
        ("policy_domain", Text), ("report_key", Bytes), ("identity", Bytes), ("state", Text), ("received_at", Whole), ("times_received", Whole),
        ("last_received_at", Whole), ("channel", Text), ("origin", Text), ("trust", Text), ("trust_reason", Text), ("submitter", Text), ("reporter", Text),
        ("organization_name", Text), ("contact_info", Text), ("report_id", Text), ("range_start", Whole), ("range_end", Whole), ("first_day", Whole),
        ("last_day", Whole), ("policy_domains", Text), ("successful", Whole), ("failed", Whole), ("defects", Text), ("fault", Text), ("reader", Whole),
    ];

    public static readonly RowStatement InsertReports = RowStatement.InsertInto("report", Columns);

    public static readonly RowStatement InsertBodies = RowStatement.InsertInto("report_body", ("policy_domain", Text), ("report_key", Bytes), ("body", Bytes));

    public static readonly RowStatement InsertPolicies = RowStatement.InsertInto("reported_policy",
        ("policy_domain", Text), ("day", Whole), ("report_key", Bytes), ("ordinal", Whole), ("report_domain", Text), ("reporter", Text), ("policy_type", Text),
        ("policy_string", Text), ("mx_patterns", Text), ("successful", Whole), ("failed", Whole), ("counted_elsewhere", Whole));

    public static readonly RowStatement InsertFailures = RowStatement.InsertInto("reported_failure",
        ("policy_domain", Text), ("day", Whole), ("report_key", Bytes), ("ordinal", Whole), ("detail", Whole), ("reporter", Text), ("result_type", Text),
        ("sessions", Whole), ("sending_ip", Text), ("mx_host", Text), ("mx_helo", Text), ("receiving_ip", Text), ("failure_reason", Text), ("more_information", Text));

    /// <summary>The reports of an identity; each key begins with it.</summary>
    public static readonly RowStatement Related = new(
        """
        SELECT report.policy_domain, report.report_key, report.state, report.trust
        FROM {given} JOIN report ON report.policy_domain = given.policy_domain AND report.report_key BETWEEN given.first_key AND given.last_key
        """,
        ("policy_domain", Text), ("first_key", Bytes), ("last_key", Bytes));

    /// <summary>Reports of which it is proved who sent them, and that say the same as one of which it is not; with the key of the latter.</summary>
    public static readonly RowStatement ProvedSame = new(
        """
        SELECT report.policy_domain, report.report_key, report.state, report.trust, given.report_key
        FROM {given} JOIN report ON report.policy_domain = given.policy_domain AND substr(report.report_key, 17) = given.content
            AND report.reporter = given.reporter AND report.range_start = given.range_start AND report.range_end = given.range_end
            AND COALESCE(report.report_id, '') = given.report_id
        WHERE report.state = 'counted' AND report.trust IN ('verified', 'relayed')
        """,
        ("policy_domain", Text), ("report_key", Bytes), ("content", Bytes), ("reporter", Text), ("range_start", Whole), ("range_end", Whole), ("report_id", Text));

    public static readonly RowStatement CountAgain = new(
        """
        UPDATE report SET times_received = report.times_received + given.times, last_received_at = given.at
        FROM {given} WHERE report.policy_domain = given.policy_domain AND report.report_key = given.report_key
        """,
        ("policy_domain", Text), ("report_key", Bytes), ("times", Whole), ("at", Whole));

    /// <summary>A report that is there, as it came by a better way; one that begins to count arrived when it came so.</summary>
    public static readonly RowStatement UpdateReports = new(
        $"""
        UPDATE report SET times_received = report.times_received + given.times_received,
            received_at = CASE WHEN report.state = given.state THEN report.received_at ELSE given.received_at END,
            {string.Join(", ", Columns.Select(column => column.Name).Where(name => name is not ("policy_domain" or "report_key" or "identity" or "times_received" or "received_at")).Select(name => $"{name} = given.{name}"))}
        FROM {"{given}"} WHERE report.policy_domain = given.policy_domain AND report.report_key = given.report_key
        """,
        Columns);

    public static readonly RowStatement SetState = new(
        "UPDATE report SET state = given.state FROM {given} WHERE report.policy_domain = given.policy_domain AND report.report_key = given.report_key",
        ("policy_domain", Text), ("report_key", Bytes), ("state", Text));

    public static readonly RowStatement DeletePolicies = Delete("reported_policy");

    public static readonly RowStatement DeleteFailures = Delete("reported_failure");

    private static RowStatement Delete(string table) => new(
        $"DELETE FROM {table} WHERE (policy_domain, day, report_key) IN (SELECT policy_domain, day, report_key FROM {{given}})",
        ("policy_domain", Text), ("day", Whole), ("report_key", Bytes));
}
