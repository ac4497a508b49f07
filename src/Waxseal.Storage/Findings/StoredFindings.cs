using System.Data.Common;
using Waxseal.Storage.Engines;
using Waxseal.Storage.Reports;

namespace Waxseal.Storage.Findings;

/// <summary>Gives findings out.</summary>
internal sealed class StoredFindings(Engine engine)
{
    private const int Most = 1000;

    private const string Columns = """
        finding_id, policy_domain, source, subject, severity, state, title, in_short, seen_by, failed_sessions, first_made_at, last_made_at, changed_at, gone_at
        """;

    private const string Order = """
        ORDER BY CASE WHEN gone_at IS NULL THEN 0 ELSE 1 END, CASE state WHEN 'over' THEN 1 ELSE 0 END,
            CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, failed_sessions DESC, changed_at DESC, policy_domain, finding_id
        """;

    private static readonly string Standing = $"SELECT {Columns}, '' FROM finding WHERE gone_at IS NULL {Order} LIMIT {Most}";
    private static readonly string OfDomain = $"SELECT {Columns}, '' FROM finding WHERE policy_domain = @policy_domain {Order} LIMIT {Most}";
    private static readonly string One = $"SELECT {Columns}, document FROM finding WHERE policy_domain = @policy_domain AND finding_id = @finding_id";

    /// <summary>Those that are made now, most urgent first, without their documents.</summary>
    public Task<List<KeptFinding>> StandingAsync(CancellationToken cancellationToken) => engine.ListAsync(Standing, Of, cancellationToken);

    /// <summary>Those about one policy domain, also such as are gone, without their documents.</summary>
    public Task<List<KeptFinding>> OfAsync(string policyDomain, CancellationToken cancellationToken) =>
        engine.ListAsync(OfDomain, Of, cancellationToken, ("policy_domain", policyDomain));

    /// <summary>One finding, whole; null when there is none.</summary>
    public async Task<KeptFinding?> FindAsync(string policyDomain, string id, CancellationToken cancellationToken) =>
        (await engine.ListAsync(One, Of, cancellationToken, ("policy_domain", policyDomain), ("finding_id", id)).ConfigureAwait(false)).FirstOrDefault();

    private static KeptFinding Of(DbDataReader row) => new(
        row.GetString(0),
        new MadeFinding(row.GetString(1), FindingWords.SourceOf(row.GetString(2)), row.GetString(3))
        {
            Severity = row.GetString(4),
            State = row.GetString(5),
            Title = row.GetString(6),
            InShort = row.GetString(7),
            SeenBy = SessionRows.TextsIn(row.GetString(8)),
            FailedSessions = row.GetInt64(9),
            Document = row.GetString(14),
        },
        Time(row, 10),
        Time(row, 11),
        Time(row, 12),
        row.IsDBNull(13) ? null : Time(row, 13));

    private static DateTimeOffset Time(DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
