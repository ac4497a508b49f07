using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage.Reports;

namespace Waxseal.Answers;

/// <summary>A report with all that is known of it. Members are only ever added; <c>version</c> changes when one must go.</summary>
internal sealed record WholeReportJson : ReportJson
{
    public WholeReportJson()
    {
    }

    [SetsRequiredMembers]
    private WholeReportJson(ReportJson listed, StoredReport report, ImmutableArray<PolicySessions> policies)
        : base(listed)
    {
        Origin = report.Arrival.Origin;
        TrustReason = report.Arrival.TrustReason;
        LastReceivedAt = report.LastReceivedAt;
        ContactInfo = report.ContactInfo;
        Defects = DefectJson.In(report.Defects);
        Policies = [.. policies.Select(PolicySessionsJson.Of)];
    }

    /// <summary>The version of this form.</summary>
    [JsonPropertyOrder(-1)]
    public int Version { get; init; } = 1;

    /// <summary>Where it came from.</summary>
    [JsonPropertyOrder(1)]
    public required string Origin { get; init; }

    /// <summary>What the trust rests on; may be empty.</summary>
    [JsonPropertyOrder(1)]
    public required string TrustReason { get; init; }

    /// <summary>When it came last.</summary>
    [JsonPropertyOrder(1)]
    public required DateTimeOffset LastReceivedAt { get; init; }

    /// <summary>Whom to ask, by its own words.</summary>
    [JsonPropertyOrder(1)]
    public required string? ContactInfo { get; init; }

    /// <summary>How it departs from the standard.</summary>
    [JsonPropertyOrder(1)]
    public required ImmutableArray<DefectJson> Defects { get; init; }

    /// <summary>What it says of each policy.</summary>
    [JsonPropertyOrder(1)]
    public required ImmutableArray<PolicySessionsJson> Policies { get; init; }

    public static WholeReportJson Of(StoredReport report, ImmutableArray<PolicySessions> policies) => new(ReportJson.Of(report), report, policies);
}

/// <summary>A departure of a report from the standard.</summary>
/// <param name="Code">Its name.</param>
/// <param name="At">Where in the JSON it is, as a JSON pointer.</param>
/// <param name="Offset">The byte at which it is, from 0.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record DefectJson(string Code, string At, long Offset, string Message)
{
    /// <summary>Reads what is stored.</summary>
    public static ImmutableArray<DefectJson> In(string stored) => JsonSerializer.Deserialize(stored, StoreJsonContext.Default.ImmutableArrayDefectJson);
}

/// <summary>What a report says of one policy.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="PolicyType">The policy type.</param>
/// <param name="PolicyString">The lines of the policy.</param>
/// <param name="MxHosts">The MX patterns of the policy.</param>
/// <param name="Successful">Sessions that met the policy.</param>
/// <param name="Failed">Sessions that did not.</param>
/// <param name="CountedElsewhere">Whether the same sessions stand under another policy type and count there.</param>
/// <param name="Failures">The failures.</param>
internal sealed record PolicySessionsJson(
    string PolicyDomain, string PolicyType, ImmutableArray<string> PolicyString, ImmutableArray<string> MxHosts, long Successful, long Failed, bool CountedElsewhere, ImmutableArray<FailureJson> Failures)
{
    public static PolicySessionsJson Of(PolicySessions policy) => new(
        policy.PolicyDomain,
        policy.Policy.TypeText,
        policy.Policy.PolicyString,
        policy.Policy.MxHosts,
        policy.Policy.SuccessfulSessions,
        policy.Policy.FailedSessions,
        policy.CountedElsewhere,
        [.. policy.Policy.Failures.Select(FailureJson.Of)]);
}

/// <summary>Sessions that failed alike.</summary>
/// <param name="ResultType">The result type.</param>
/// <param name="Sessions">How many sessions.</param>
/// <param name="SendingMtaIp">The address of the sending MTA.</param>
/// <param name="ReceivingMxHost">The name of the receiving MX host.</param>
/// <param name="ReceivingMxHelo">The name by which it greets.</param>
/// <param name="ReceivingIp">Its address.</param>
/// <param name="FailureReasonCode">The sender's own detail.</param>
/// <param name="AdditionalInformation">Where the sender says more.</param>
internal sealed record FailureJson(
    string ResultType, long Sessions, string? SendingMtaIp, string? ReceivingMxHost, string? ReceivingMxHelo, string? ReceivingIp, string? FailureReasonCode, string? AdditionalInformation)
{
    public static FailureJson Of(FailureDetail failure) => new(
        failure.TypeText,
        failure.FailedSessions,
        failure.SendingMtaIp,
        failure.ReceivingMxHost,
        failure.ReceivingMxHelo,
        failure.ReceivingIp,
        failure.FailureReasonCode,
        failure.AdditionalInformation);
}
