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
    private const string InsertPolicy = """
        INSERT INTO reported_policy (policy_domain, day, report_key, ordinal, report_domain, reporter, policy_type, policy_string, mx_patterns, successful, failed, counted_elsewhere)
        VALUES (@policy_domain, @day, @report_key, @ordinal, @report_domain, @reporter, @policy_type, @policy_string, @mx_patterns, @successful, @failed, @counted_elsewhere)
        """;

    private const string InsertFailure = """
        INSERT INTO reported_failure (policy_domain, day, report_key, ordinal, detail, reporter, result_type, sessions, sending_ip, mx_host, mx_helo, receiving_ip, failure_reason, more_information)
        VALUES (@policy_domain, @day, @report_key, @ordinal, @detail, @reporter, @result_type, @sessions, @sending_ip, @mx_host, @mx_helo, @receiving_ip, @failure_reason, @more_information)
        """;

    private const string DeletePolicies = "DELETE FROM reported_policy WHERE policy_domain = @policy_domain AND day = @day AND report_key = @report_key";
    private const string DeleteFailures = "DELETE FROM reported_failure WHERE policy_domain = @policy_domain AND day = @day AND report_key = @report_key";

    private readonly string _reportDomain;
    private readonly byte[] _key;
    private readonly string _reporter;
    private readonly ImmutableArray<PolicySessions> _policies;

    private SessionRows(string reportDomain, byte[] key, ReportEvidence evidence)
    {
        _reportDomain = reportDomain;
        _key = key;
        Day = Reports.Day.Number(evidence.Report.DateRange.FirstDay);
        _reporter = ReportRow.Storable(KnownReporters.Identify(evidence.Report).Name)!;
        _policies = PolicySessions.Of(evidence);
    }

    /// <summary>The day they stand under.</summary>
    public int Day { get; }

    /// <summary>The policy domains they stand under.</summary>
    public ImmutableArray<string> PolicyDomains => [.. _policies.Select(policy => policy.PolicyDomain).Distinct()];

    public static SessionRows Of(string reportDomain, byte[] key, ReportEvidence evidence) => new(reportDomain, key, evidence);

    public async Task InsertAsync(WriteSession session, CancellationToken cancellationToken)
    {
        for (int i = 0; i < _policies.Length; i++)
        {
            PolicySessions sessions = _policies[i];
            await session.RunAsync(InsertPolicy, cancellationToken,
                ("policy_domain", ReportRow.Storable(sessions.PolicyDomain)), ("day", Day), ("report_key", _key), ("ordinal", i), ("report_domain", _reportDomain), ("reporter", _reporter),
                ("policy_type", ReportRow.Storable(sessions.Policy.TypeText)), ("policy_string", Json(sessions.Policy.PolicyString)), ("mx_patterns", Json(sessions.Policy.MxHosts)),
                ("successful", sessions.Policy.SuccessfulSessions), ("failed", sessions.Policy.FailedSessions),
                ("counted_elsewhere", sessions.CountedElsewhere ? 1 : 0)).ConfigureAwait(false);
            for (int detail = 0; detail < sessions.Policy.Failures.Length; detail++)
                await InsertAsync(session, sessions.PolicyDomain, i, detail, sessions.Policy.Failures[detail], cancellationToken).ConfigureAwait(false);
        }
    }

    public static async Task DeleteAsync(WriteSession session, byte[] key, IEnumerable<string> policyDomains, long day, CancellationToken cancellationToken)
    {
        foreach (string policyDomain in policyDomains)
        {
            foreach (string statement in new[] { DeletePolicies, DeleteFailures })
                await session.RunAsync(statement, cancellationToken, ("policy_domain", policyDomain), ("day", day), ("report_key", key)).ConfigureAwait(false);
        }
    }

    private Task<int> InsertAsync(WriteSession session, string policyDomain, int ordinal, int detail, FailureDetail failure, CancellationToken cancellationToken) =>
        session.RunAsync(InsertFailure, cancellationToken,
            ("policy_domain", ReportRow.Storable(policyDomain)), ("day", Day), ("report_key", _key), ("ordinal", ordinal), ("detail", detail), ("reporter", _reporter),
            ("result_type", ReportRow.Storable(failure.TypeText)), ("sessions", failure.FailedSessions), ("sending_ip", ReportRow.Storable(failure.SendingMtaIp)),
            ("mx_host", ReportRow.Storable(failure.ReceivingMxHost)), ("mx_helo", ReportRow.Storable(failure.ReceivingMxHelo)), ("receiving_ip", ReportRow.Storable(failure.ReceivingIp)),
            ("failure_reason", ReportRow.Storable(failure.FailureReasonCode)), ("more_information", ReportRow.Storable(failure.AdditionalInformation)));

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
