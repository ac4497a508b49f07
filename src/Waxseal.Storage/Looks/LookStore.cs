using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Storage.Reports;
using Waxseal.Storage.Retention;
using Waxseal.Storage.Writing;

namespace Waxseal.Storage.Looks;

/// <summary>Keeps looks, and gives each policy domain that is due to one of those that ask for it.</summary>
internal sealed class LookStore(WriteQueue writes)
{
    // One statement, so that of two processes that come at the same moment one waits for the other's row and then finds it taken.
    private const string Claim = """
        INSERT INTO monitored_domain (policy_domain, next_look_at, lease_owner, lease_until) VALUES (@policy_domain, @now, @owner, @until)
        ON CONFLICT (policy_domain) DO UPDATE SET lease_owner = @owner, lease_until = @until
            WHERE monitored_domain.next_look_at <= @now AND monitored_domain.lease_until <= @now
        """;

    private const string Release = """
        UPDATE monitored_domain SET next_look_at = @next, lease_owner = '', lease_until = 0
        WHERE policy_domain = @policy_domain AND lease_owner = @owner
        """;

    private const string InsertLook = """
        INSERT INTO look (policy_domain, looked_at, elapsed_ms, standing, errors, warnings, headline, omitted, summary)
        VALUES (@policy_domain, @at, @elapsed_ms, @standing, @errors, @warnings, @headline, @omitted, @summary)
        """;

    private const string InsertDocument = "INSERT INTO look_document (policy_domain, looked_at, document) VALUES (@policy_domain, @at, @document)";

    private const string PruneDocuments = $"DELETE FROM look_document WHERE {Outlived.Documents}";
    private const string PruneLooks = $"DELETE FROM look WHERE {Outlived.Looks}";
    private const string PruneValues = $"DELETE FROM observed_value WHERE {Outlived.Values}";
    private const string PruneCertificates = $"DELETE FROM observed_certificate WHERE {Outlived.Certificates}";

    /// <summary>Takes the right to look at a policy domain, if it is due and nobody has it.</summary>
    /// <param name="lease">The policy domain, and who asks.</param>
    /// <param name="now">Now.</param>
    /// <param name="until">When others may take it in any case, because whoever has it must be gone.</param>
    /// <param name="cancellationToken">Ends the wait for a place in the queue.</param>
    public Task<bool> ClaimAsync(LookLease lease, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async (session, token) => await session.RunAsync(Claim, token,
                ("policy_domain", lease.PolicyDomain), ("owner", lease.Owner), ("now", now.ToUnixTimeMilliseconds()), ("until", until.ToUnixTimeMilliseconds())).ConfigureAwait(false) > 0,
            cancellationToken);

    /// <summary>Gives the right back without a look.</summary>
    /// <param name="lease">The right.</param>
    /// <param name="next">When the policy domain is due again.</param>
    /// <param name="cancellationToken">Ends the wait for a place in the queue.</param>
    public Task<bool> ReleaseAsync(LookLease lease, DateTimeOffset next, CancellationToken cancellationToken) =>
        writes.RunAsync((session, token) => ReleaseAsync(session, lease, next, token), cancellationToken);

    /// <summary>Keeps a look and what it showed, and gives the right to look back.</summary>
    /// <param name="lease">The right to this look.</param>
    /// <param name="look">The look.</param>
    /// <param name="document">Findings and facts, gzip.</param>
    /// <param name="observed">What it showed.</param>
    /// <param name="next">When the policy domain is due again.</param>
    /// <param name="cancellationToken">Ends the wait for a place in the queue.</param>
    /// <returns>What changed; null when the right had gone to another meanwhile, and nothing was kept.</returns>
    public Task<IReadOnlyList<ObservedChange>?> AddAsync(
        LookLease lease, Look look, ReadOnlyMemory<byte> document, Observed observed, DateTimeOffset next, CancellationToken cancellationToken) =>
        writes.RunAsync<IReadOnlyList<ObservedChange>?>(
            async (session, token) =>
            {
                if (!await ReleaseAsync(session, lease, next, token).ConfigureAwait(false))
                    return null;
                await session.RunAsync(InsertLook, token,
                    ("policy_domain", look.PolicyDomain), ("at", look.At.ToUnixTimeMilliseconds()), ("elapsed_ms", (long)look.Elapsed.TotalMilliseconds),
                    ("standing", look.Standing.ToWord()), ("errors", look.Errors), ("warnings", look.Warnings), ("headline", ReportRow.Storable(look.Headline)),
                    ("omitted", SessionRows.Json(look.Omitted)), ("summary", look.Summary)).ConfigureAwait(false);
                await session.RunAsync(InsertDocument, token,
                    ("policy_domain", look.PolicyDomain), ("at", look.At.ToUnixTimeMilliseconds()), ("document", document.ToArray())).ConfigureAwait(false);
                return await ObservedRows.PutAsync(session, look.PolicyDomain, observed, token).ConfigureAwait(false);
            },
            cancellationToken);

    /// <summary>Deletes what is older than it is to be kept.</summary>
    /// <returns>How many looks lost their findings and facts, and how many looks and earlier values went.</returns>
    public Task<(long Documents, long Looks, long Values)> PruneAsync(
        DateTimeOffset documentsBefore, DateTimeOffset looksBefore, DateTimeOffset valuesBefore, CancellationToken cancellationToken) =>
        writes.RunAsync(
            async (session, token) =>
            {
                async Task<long> run(string statement, DateTimeOffset before) =>
                    await session.RunAsync(statement, token, ("before", before.ToUnixTimeMilliseconds())).ConfigureAwait(false);
                long documents = await run(PruneDocuments, Outlived.Later(documentsBefore, looksBefore)).ConfigureAwait(false);
                long looks = await run(PruneLooks, looksBefore).ConfigureAwait(false);
                long values = await run(PruneValues, valuesBefore).ConfigureAwait(false) + await run(PruneCertificates, valuesBefore).ConfigureAwait(false);
                return (documents, looks, values);
            },
            cancellationToken);

    private static async Task<bool> ReleaseAsync(WriteSession session, LookLease lease, DateTimeOffset next, CancellationToken cancellationToken) =>
        await session.RunAsync(Release, cancellationToken,
            ("policy_domain", lease.PolicyDomain), ("owner", lease.Owner), ("next", next.ToUnixTimeMilliseconds())).ConfigureAwait(false) > 0;
}
