using System.Collections.Immutable;
using System.Data.Common;
using Waxseal.Storage.Engines;
using Waxseal.Storage.Reports;

namespace Waxseal.Storage;

/// <summary>Sums up what is in the store.</summary>
internal sealed class StoreSummaries(Engine engine)
{
    private const string Counts = """
        SELECT state, channel, trust, NULL AS fault, COUNT(*) FROM report WHERE state <> 'quarantined' GROUP BY state, channel, trust
        UNION ALL
        SELECT state, channel, trust, fault, COUNT(*) FROM report WHERE state = 'quarantined' GROUP BY state, channel, trust, fault
        ORDER BY 1, 2, 3
        """;

    private const string Newest = "SELECT MAX(received_at) FROM report";

    private const string Days = $"""
        {LooseScan.PolicyDomains}
        SELECT COUNT(*), MIN((SELECT MIN(day) FROM reported_policy WHERE policy_domain = name)), MAX((SELECT MAX(day) FROM reported_policy WHERE policy_domain = name))
        FROM domain WHERE name IS NOT NULL
        """;

    private const string Largest = """
        SELECT policy_domain, COUNT(*), MAX(received_at) FROM report WHERE state = 'counted'
        GROUP BY policy_domain ORDER BY COUNT(*) DESC, policy_domain LIMIT @rows
        """;

    private const string Step = "SELECT MAX(number) FROM schema_step";

    /// <summary>Sums it up.</summary>
    /// <param name="mostDomains">How many of the largest policy domains are told.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<StoreSummary> ReadAsync(int mostDomains, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await engine.OpenAsync(cancellationToken).ConfigureAwait(false);
        ImmutableArray<(long Domains, long? First, long? Last)> days = await ReadAsync(connection, Days, [],
            row => (row.GetInt64(0), row.IsDBNull(1) ? (long?)null : row.Whole(1), row.IsDBNull(2) ? (long?)null : row.Whole(2)), cancellationToken).ConfigureAwait(false);
        return new()
        {
            Counts = await ReadAsync(connection, Counts, [],
                row => new ReportCount(Words.StateOf(row.GetString(0)), Words.ChannelOf(row.GetString(1)), Words.TrustOf(row.GetString(2)), row.GetInt64(4)) { Fault = row.TextOrNull(3) }, cancellationToken).ConfigureAwait(false),
            FirstDay = days[0].First is { } first ? Day.Of(first) : null,
            LastDay = days[0].Last is { } last ? Day.Of(last) : null,
            NewestArrival = (await ReadAsync(connection, Newest, [], row => row.NumberOrNull(0), cancellationToken).ConfigureAwait(false))[0] is { } newest ? DateTimeOffset.FromUnixTimeMilliseconds(newest) : null,
            PolicyDomains = days[0].Domains,
            Largest = await ReadAsync(connection, Largest, [("rows", (long)mostDomains)],
                row => new DomainCount(row.GetString(0), row.GetInt64(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))), cancellationToken).ConfigureAwait(false),
            Size = await engine.SizeAsync(cancellationToken).ConfigureAwait(false),
            SchemaStep = (await ReadAsync(connection, Step, [], row => row.Whole(0), cancellationToken).ConfigureAwait(false))[0],
        };
    }

    private static async Task<ImmutableArray<T>> ReadAsync<T>(
        DbConnection connection, string query, (string, object?)[] values, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        await using DbCommand command = connection.Command(query, values);
        await using DbDataReader rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        ImmutableArray<T>.Builder all = ImmutableArray.CreateBuilder<T>();
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            all.Add(read(rows));
        return all.ToImmutable();
    }
}
