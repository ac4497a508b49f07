using System.Data.Common;
using System.Runtime.CompilerServices;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Storage.Engines;
using Waxseal.Storage.Reports;

namespace Waxseal.Storage.Looks;

/// <summary>Gives looks out, and what they showed.</summary>
internal sealed class StoredLooks(Engine engine)
{
    private const int PageRows = 500;

    private const string LookColumns = "policy_domain, looked_at, elapsed_ms, standing, errors, warnings, headline, omitted, summary";

    private const string Turns = "SELECT policy_domain, next_look_at, lease_until FROM monitored_domain";

    private const string LastOfAll = $"""
        {LooseScan.LookedAt}
        SELECT {LookColumns} FROM domain JOIN look ON policy_domain = domain.name
            AND looked_at = (SELECT MAX(looked_at) FROM look AS other WHERE other.policy_domain = domain.name)
        ORDER BY policy_domain
        """;

    private const string LastOfOne = $"SELECT {LookColumns} FROM look WHERE policy_domain = @policy_domain ORDER BY looked_at DESC LIMIT 1";

    private const string Page = $"""
        SELECT {LookColumns} FROM look
        WHERE policy_domain = @policy_domain AND looked_at > @after AND looked_at < @until ORDER BY looked_at LIMIT @rows
        """;

    private const string Document = "SELECT document FROM look_document WHERE policy_domain = @policy_domain AND looked_at = @at";

    private const string Periods = """
        SELECT kind, subject, value, first_seen, last_seen FROM observed_value WHERE policy_domain = @policy_domain
        ORDER BY kind, subject, first_seen
        """;

    private const string Certificates = """
        SELECT host, fingerprint, key_digest, not_before, not_after, issuer, names, first_seen, last_seen FROM observed_certificate
        WHERE policy_domain = @policy_domain ORDER BY host, first_seen, fingerprint
        """;

    private const string CertificatesNow = """
        SELECT host, fingerprint, key_digest, not_before, not_after, issuer, names, observed_certificate.first_seen, observed_certificate.last_seen,
            observed_certificate.policy_domain
        FROM observed_certificate JOIN observed_value ON observed_value.policy_domain = observed_certificate.policy_domain
            AND kind = 'certificates' AND subject = host AND is_current = 1 AND value LIKE '%' || fingerprint || '%'
        ORDER BY observed_certificate.policy_domain, host, fingerprint
        """;

    private const string Counts = """
        SELECT (SELECT COUNT(DISTINCT policy_domain) FROM look), (SELECT COUNT(*) FROM look),
            (SELECT COUNT(*) FROM observed_value WHERE is_current = 0 AND kind <> 'serial'), (SELECT MAX(looked_at) FROM look)
        """;

    /// <summary>When each policy domain is due that was ever looked at.</summary>
    public async Task<IReadOnlyDictionary<string, LookTurn>> TurnsAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, LookTurn> turns = new(StringComparer.Ordinal);
        foreach ((string domain, LookTurn turn) in await engine.ListAsync(Turns, row => (row.GetString(0), new LookTurn(Time(row, 1), Time(row, 2))), cancellationToken).ConfigureAwait(false))
            turns[domain] = turn;
        return turns;
    }

    /// <summary>The last look at each policy domain, in the order of their names.</summary>
    public Task<List<Look>> LastAsync(CancellationToken cancellationToken) => engine.ListAsync(LastOfAll, LookOf, cancellationToken);

    /// <summary>The last look at one policy domain; empty when there is none.</summary>
    public Task<List<Look>> LastAsync(string policyDomain, CancellationToken cancellationToken) =>
        engine.ListAsync(LastOfOne, LookOf, cancellationToken, ("policy_domain", policyDomain));

    /// <summary>The looks at a policy domain between two times, in the order of time.</summary>
    public async IAsyncEnumerable<Look> ListAsync(
        string policyDomain, DateTimeOffset since, DateTimeOffset until, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long after = since.ToUnixTimeMilliseconds() - 1;
        while (true)
        {
            List<Look> page = await engine.ListAsync(Page, LookOf, cancellationToken,
                ("policy_domain", policyDomain), ("after", after), ("until", until.ToUnixTimeMilliseconds()), ("rows", PageRows)).ConfigureAwait(false);
            foreach (Look look in page)
                yield return look;
            if (page.Count < PageRows)
                yield break;
            after = page[^1].At.ToUnixTimeMilliseconds();
        }
    }

    /// <summary>Findings and facts of a look, as one entry of what <c>check --json</c> writes, gzip; null when they are not kept any more.</summary>
    public async Task<byte[]?> DocumentAsync(string policyDomain, DateTimeOffset at, CancellationToken cancellationToken) =>
        (await engine.ListAsync(Document, row => row.Bytes(0), cancellationToken, ("policy_domain", policyDomain), ("at", at.ToUnixTimeMilliseconds())).ConfigureAwait(false)).FirstOrDefault();

    /// <summary>What was seen of a policy domain, and from when to when.</summary>
    public Task<List<ObservedPeriod>> PeriodsAsync(string policyDomain, CancellationToken cancellationToken) =>
        engine.ListAsync(Periods, PeriodOf, cancellationToken, ("policy_domain", policyDomain));

    /// <summary>The certificates that were seen at the hosts of a policy domain.</summary>
    public Task<List<CertificatePeriod>> CertificatesAsync(string policyDomain, CancellationToken cancellationToken) =>
        engine.ListAsync(Certificates, CertificateOf, cancellationToken, ("policy_domain", policyDomain));

    /// <summary>The certificates that are in use now, by the last look that could tell, of all policy domains.</summary>
    public Task<List<(string PolicyDomain, CertificatePeriod Certificate)>> CertificatesNowAsync(CancellationToken cancellationToken) =>
        engine.ListAsync(CertificatesNow, row => (row.GetString(9), CertificateOf(row)), cancellationToken);

    /// <summary>How much there is.</summary>
    public async Task<LookCounts> CountsAsync(CancellationToken cancellationToken) =>
        (await engine.ListAsync(Counts, row => new LookCounts(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : Time(row, 3)), cancellationToken).ConfigureAwait(false))[0];

    internal static ObservedPeriod PeriodOf(DbDataReader row) =>
        new(LookWords.KindOf(row.GetString(0)), row.GetString(1), row.TextOrNull(2), Time(row, 3), Time(row, 4));

    private static CertificatePeriod CertificateOf(DbDataReader row) => new(
        new(row.GetString(0), row.GetString(1), row.GetString(2), Time(row, 3), Time(row, 4), row.GetString(5), SessionRows.TextsIn(row.GetString(6))),
        Time(row, 7),
        Time(row, 8));

    private static Look LookOf(DbDataReader row) => new(row.GetString(0), Time(row, 1), LookWords.StandingOf(row.GetString(3)), row.GetString(6))
    {
        Elapsed = TimeSpan.FromMilliseconds(row.GetInt64(2)),
        Errors = row.GetInt32(4),
        Warnings = row.GetInt32(5),
        Omitted = SessionRows.TextsIn(row.GetString(7)),
        Summary = row.GetString(8),
    };

    private static DateTimeOffset Time(DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
