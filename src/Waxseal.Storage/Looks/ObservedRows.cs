using System.Data.Common;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Storage.Reports;
using Waxseal.Storage.Writing;

namespace Waxseal.Storage.Looks;

/// <summary>The rows of what was observed: a value that is seen again is prolonged, another one begins a row.</summary>
internal static class ObservedRows
{
    private const string Now = "SELECT kind, subject, value, first_seen, last_seen FROM observed_value WHERE policy_domain = @policy_domain AND is_current = 1";

    private const string Key = "policy_domain = @policy_domain AND kind = @kind AND subject = @subject AND first_seen = @first_seen";
    private const string Prolong = $"UPDATE observed_value SET last_seen = @at WHERE {Key}";
    private const string End = $"UPDATE observed_value SET is_current = 0 WHERE {Key}";

    private const string Begin = """
        INSERT INTO observed_value (policy_domain, kind, subject, first_seen, last_seen, is_current, value)
        VALUES (@policy_domain, @kind, @subject, @at, @at, 1, @value)
        """;

    private const string PutCertificate = """
        INSERT INTO observed_certificate (policy_domain, host, fingerprint, key_digest, not_before, not_after, issuer, names, first_seen, last_seen)
        VALUES (@policy_domain, @host, @fingerprint, @key_digest, @not_before, @not_after, @issuer, @names, @at, @at)
        ON CONFLICT (policy_domain, host, fingerprint) DO UPDATE SET last_seen = @at WHERE observed_certificate.last_seen < @at
        """;

    /// <summary>Writes what a look showed.</summary>
    /// <returns>What it changed.</returns>
    public static async Task<IReadOnlyList<ObservedChange>> PutAsync(WriteSession session, string policyDomain, Observed observed, CancellationToken cancellationToken)
    {
        Dictionary<(ObservedKind, string), ObservedPeriod> now = await NowAsync(session, policyDomain, cancellationToken).ConfigureAwait(false);
        List<ObservedChange> changes = [];
        foreach (ObservedValue value in observed.Values)
        {
            ObservedPeriod? known = now.GetValueOrDefault((value.Kind, value.Subject));

            // Clocks differ; a look that ended late tells nothing about what was seen after it.
            if (known is not null && known.LastSeen >= observed.At)
                continue;
            if (known is not null && value.Agrees(known.Value))
            {
                await RunAsync(session, Prolong, policyDomain, known, cancellationToken, ("at", observed.At.ToUnixTimeMilliseconds())).ConfigureAwait(false);
                continue;
            }

            ObservedPeriod begun = new(value.Kind, value.Subject, value.Value, observed.At, observed.At);
            if (known is not null)
            {
                await RunAsync(session, End, policyDomain, known, cancellationToken).ConfigureAwait(false);
                changes.Add(new(known, begun));
            }

            await RunAsync(session, Begin, policyDomain, begun, cancellationToken, ("at", observed.At.ToUnixTimeMilliseconds()), ("value", value.Value)).ConfigureAwait(false);
        }

        foreach (ObservedCertificate certificate in observed.Certificates)
            await PutAsync(session, policyDomain, certificate, observed.At, cancellationToken).ConfigureAwait(false);
        return changes;
    }

    private static async Task<Dictionary<(ObservedKind, string), ObservedPeriod>> NowAsync(WriteSession session, string policyDomain, CancellationToken cancellationToken)
    {
        Dictionary<(ObservedKind, string), ObservedPeriod> now = [];
        await using DbDataReader rows = await session.Command(Now, ("policy_domain", policyDomain)).ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            ObservedPeriod period = StoredLooks.PeriodOf(rows);
            now[(period.Kind, period.Subject)] = period;
        }

        return now;
    }

    private static Task<int> RunAsync(
        WriteSession session, string statement, string policyDomain, ObservedPeriod period, CancellationToken cancellationToken, params ReadOnlySpan<(string, object?)> more) =>
        session.RunAsync(statement, cancellationToken,
        [
            ("policy_domain", policyDomain), ("kind", period.Kind.ToWord()), ("subject", period.Subject), ("first_seen", period.FirstSeen.ToUnixTimeMilliseconds()), .. more,
        ]);

    private static Task<int> PutAsync(WriteSession session, string policyDomain, ObservedCertificate certificate, DateTimeOffset at, CancellationToken cancellationToken) =>
        session.RunAsync(PutCertificate, cancellationToken,
            ("policy_domain", policyDomain), ("host", certificate.Host), ("fingerprint", certificate.Fingerprint), ("key_digest", certificate.KeyDigest),
            ("not_before", certificate.NotBefore.ToUnixTimeMilliseconds()), ("not_after", certificate.NotAfter.ToUnixTimeMilliseconds()),
            ("issuer", certificate.Issuer), ("names", SessionRows.Json(certificate.Names)), ("at", at.ToUnixTimeMilliseconds()));
}
