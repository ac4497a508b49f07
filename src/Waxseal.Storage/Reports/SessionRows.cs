using System.Collections.Immutable;
using System.Text.Json;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage.Writing;

namespace Waxseal.Storage.Reports;

/// <summary>The rows of a report's policies and failures, ready to be written.</summary>
internal sealed class SessionRows
{
    private readonly byte[] _key;

    private SessionRows(string reportDomain, byte[] key, ReportEvidence evidence, Reporter reporter)
    {
        _key = key;
        Day = Reports.Day.Number(evidence.Report.DateRange.FirstDay);
        Reporter = ReportRow.Storable(reporter.Name)!;
        ImmutableArray<PolicySessions> policies = PolicySessions.Of(evidence);
        PolicyDomains = [.. policies.Select(policy => ReportRow.Storable(policy.PolicyDomain)!).Distinct()];
        Successful = SessionCount.Sum(policies.Where(policy => !policy.CountedElsewhere).Select(policy => policy.Policy.SuccessfulSessions));
        Failed = SessionCount.Sum(policies.Where(policy => !policy.CountedElsewhere).Select(policy => policy.Policy.FailedSessions));
        Sums =
        [
            .. policies.GroupBy(policy => ReportRow.Storable(policy.PolicyDomain)!).Select(domain => (domain.Key,
                SessionCount.Sum(domain.Where(policy => !policy.CountedElsewhere).Select(policy => policy.Policy.SuccessfulSessions)),
                SessionCount.Sum(domain.Where(policy => !policy.CountedElsewhere).Select(policy => policy.Policy.FailedSessions)))),
        ];
        Policies = [.. policies.Select((policy, ordinal) => Policy(reportDomain, policy, ordinal))];
        Failures = [.. policies.SelectMany((policy, ordinal) => policy.Policy.Failures.Select((failure, detail) => Failure(policy.PolicyDomain, ordinal, detail, failure)))];
    }

    /// <summary>The day they stand under.</summary>
    public int Day { get; }

    /// <summary>Who made the report, for people.</summary>
    public string Reporter { get; }

    /// <summary>The policy domains they stand under.</summary>
    public ImmutableArray<string> PolicyDomains { get; }

    /// <summary>Sessions that met a policy, each counted once.</summary>
    public long Successful { get; }

    /// <summary>Sessions that did not.</summary>
    public long Failed { get; }

    /// <summary>The same for each policy domain.</summary>
    public ImmutableArray<(string PolicyDomain, long Successful, long Failed)> Sums { get; }

    /// <summary>A row for each policy.</summary>
    public ImmutableArray<object?[]> Policies { get; }

    /// <summary>A row for each failure.</summary>
    public ImmutableArray<object?[]> Failures { get; }

    public static SessionRows Of(string reportDomain, byte[] key, ReportEvidence evidence, Reporter reporter) => new(reportDomain, key, evidence, reporter);

    /// <summary>Inserts the rows of reports, and adds them up.</summary>
    public static async Task InsertAsync(WriteSession session, IReadOnlyList<SessionRows> reports, CancellationToken cancellationToken)
    {
        await session.RunAsync(ReportTables.InsertPolicies, [.. reports.SelectMany(report => report.Policies)], cancellationToken).ConfigureAwait(false);
        await session.RunAsync(ReportTables.InsertFailures, [.. reports.SelectMany(report => report.Failures)], cancellationToken).ConfigureAwait(false);
        await SessionSums.AddAsync(session, reports, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes the rows of reports, and takes them off the sums.</summary>
    /// <param name="session">The session.</param>
    /// <param name="places">Policy domain, day and key.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task DeleteAsync(WriteSession session, IReadOnlyList<object?[]> places, CancellationToken cancellationToken)
    {
        await SessionSums.SubtractAsync(session, places, cancellationToken).ConfigureAwait(false);
        await session.RunAsync(ReportTables.DeletePolicies, places, cancellationToken).ConfigureAwait(false);
        await session.RunAsync(ReportTables.DeleteFailures, places, cancellationToken).ConfigureAwait(false);
    }

    private object?[] Policy(string reportDomain, PolicySessions sessions, int ordinal) =>
    [
        ReportRow.Storable(sessions.PolicyDomain), (long)Day, _key, (long)ordinal, reportDomain, Reporter, ReportRow.Storable(sessions.Policy.TypeText),
        Json(sessions.Policy.PolicyString), Json(sessions.Policy.MxHosts), sessions.Policy.SuccessfulSessions, sessions.Policy.FailedSessions, sessions.CountedElsewhere ? 1L : 0L,
    ];

    private object?[] Failure(string policyDomain, int ordinal, int detail, FailureDetail failure) =>
    [
        ReportRow.Storable(policyDomain), (long)Day, _key, (long)ordinal, (long)detail, Reporter, ReportRow.Storable(failure.TypeText), failure.FailedSessions,
        ReportRow.Storable(failure.SendingMtaIp), ReportRow.Storable(failure.ReceivingMxHost), ReportRow.Storable(failure.ReceivingMxHelo), ReportRow.Storable(failure.ReceivingIp),
        ReportRow.Storable(failure.FailureReasonCode), ReportRow.Storable(failure.AdditionalInformation),
    ];

    /// <summary>The texts of a list as it stands in the database.</summary>
    internal static ImmutableArray<string> TextsIn(string json)
    {
        using JsonDocument list = JsonDocument.Parse(json);
        return [.. list.RootElement.EnumerateArray().Select(item => item.GetString() ?? "")];
    }

    internal static string Json(ImmutableArray<string> texts)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartArray();
            foreach (string text in texts)
                json.WriteStringValue(ReportRow.Storable(text));
            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
