using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Waxseal.Storage.Reports;
using Waxseal.Storage.Retention;
using Waxseal.Storage.Writing;

namespace Waxseal.Storage.Findings;

/// <summary>Keeps what the diagnosis has to say of each policy domain: a finding that is made again is the same one.</summary>
internal sealed class FindingStore(WriteQueue writes)
{
    private const string Put = """
        INSERT INTO finding (policy_domain, finding_id, source, subject, severity, state, title, in_short, seen_by, failed_sessions, first_made_at, last_made_at, changed_at, document)
        VALUES (@policy_domain, @finding_id, @source, @subject, @severity, @state, @title, @in_short, @seen_by, @failed_sessions, @at, @at, @at, @document)
        ON CONFLICT (policy_domain, source, subject) WHERE gone_at IS NULL DO UPDATE SET severity = excluded.severity, state = excluded.state,
            title = excluded.title, in_short = excluded.in_short, seen_by = excluded.seen_by, failed_sessions = excluded.failed_sessions, last_made_at = excluded.last_made_at,
            changed_at = CASE WHEN finding.document = excluded.document THEN finding.changed_at ELSE excluded.changed_at END, document = excluded.document
        """;

    // What was made again just now has this time.
    private const string End = """
        UPDATE finding SET gone_at = @at, changed_at = @at
        WHERE policy_domain = @policy_domain AND source = @source AND gone_at IS NULL AND last_made_at < @at
        """;

    private const string Prune = $"DELETE FROM finding WHERE {Outlived.Findings}";

    /// <summary>Keeps all findings of one source about a policy domain; those that are not among them any more are gone from now on.</summary>
    /// <param name="policyDomain">The policy domain.</param>
    /// <param name="source">What they were made from.</param>
    /// <param name="findings">The findings.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Ends the wait for a place in the queue.</param>
    public Task<int> KeepAsync(string policyDomain, FindingSource source, IReadOnlyCollection<MadeFinding> findings, DateTimeOffset at, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async (session, token) =>
            {
                long now = at.ToUnixTimeMilliseconds();
                foreach (MadeFinding finding in findings)
                {
                    await session.RunAsync(Put, token,
                        ("policy_domain", policyDomain), ("finding_id", IdOf(finding, at)), ("source", source.ToWord()), ("subject", finding.Subject),
                        ("severity", finding.Severity), ("state", finding.State), ("title", ReportRow.Storable(finding.Title)), ("in_short", ReportRow.Storable(finding.InShort)),
                        ("seen_by", SessionRows.Json(finding.SeenBy)), ("failed_sessions", finding.FailedSessions), ("at", now), ("document", ReportRow.Storable(finding.Document))).ConfigureAwait(false);
                }

                return await session.RunAsync(End, token, ("policy_domain", policyDomain), ("source", source.ToWord()), ("at", now)).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Deletes findings that were gone before a time.</summary>
    /// <returns>How many.</returns>
    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        writes.RunAsync((session, token) => session.RunAsync(Prune, token, ("before", before.ToUnixTimeMilliseconds())), cancellationToken);

    private static string IdOf(MadeFinding finding, DateTimeOffset at)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{finding.PolicyDomain}\n{finding.Source.ToWord()}\n{finding.Subject}\n{at.ToUnixTimeMilliseconds()}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(..10));
    }
}
