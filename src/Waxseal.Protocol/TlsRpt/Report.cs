using System.Collections.Immutable;

namespace Waxseal.Protocol.TlsRpt;

/// <summary>A TLS report: how one organisation's sessions with a policy domain went (RFC 8460 §4).</summary>
public sealed record Report
{
    /// <summary>Who is responsible for the report (<c>organization-name</c>).</summary>
    public required string OrganizationName { get; init; }

    /// <summary>The time the report speaks of.</summary>
    public required ReportDateRange DateRange { get; init; }

    /// <summary>Whom to ask about the report, a mail address as written; null when the reporter gives none.</summary>
    public string? ContactInfo { get; init; }

    /// <summary>The reporter's name for this report, unique among its reports.</summary>
    public required string ReportId { get; init; }

    /// <summary>One entry for each policy the reporter applied.</summary>
    public required ImmutableArray<ReportPolicy> Policies { get; init; }
}

/// <summary>The time a report speaks of, ordinarily one UTC day (RFC 8460 §4.1).</summary>
/// <param name="Start">The first second.</param>
/// <param name="End">The last second, or the midnight after it.</param>
public sealed record ReportDateRange(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>The UTC day of the first second.</summary>
    public DateOnly FirstDay => DateOnly.FromDateTime(Start.UtcDateTime);

    /// <summary>The UTC day of the last second; an end at midnight belongs to the day before (RFC 8460 §4.1).</summary>
    public DateOnly LastDay => DateOnly.FromDateTime(End > Start ? End.UtcDateTime.AddTicks(-1) : End.UtcDateTime);
}

/// <summary>What a report says about one applied policy (RFC 8460 §4.4).</summary>
public sealed record ReportPolicy
{
    /// <summary>The kind of policy, <see cref="PolicyType.Other"/> for a word not known.</summary>
    public required PolicyType Type { get; init; }

    /// <summary>The word of the report for the kind of policy.</summary>
    public required string TypeText { get; init; }

    /// <summary>The policy as the reporter saw it, a line or a TLSA record each; empty when the reporter gave none.</summary>
    public ImmutableArray<string> PolicyString { get; init; } = [];

    /// <summary>The domain of the policy, lower case without root dot; null when the report does not say.</summary>
    public string? PolicyDomain { get; init; }

    /// <summary>The MX patterns of the policy, of <c>sts</c> alone.</summary>
    public ImmutableArray<string> MxHosts { get; init; } = [];

    /// <summary>Sessions that met the policy.</summary>
    public required long SuccessfulSessions { get; init; }

    /// <summary>Sessions that did not.</summary>
    public required long FailedSessions { get; init; }

    /// <summary>The failures in detail. Their counts may overlap and need not add up (RFC 8460 §4).</summary>
    public ImmutableArray<FailureDetail> Failures { get; init; } = [];
}

/// <summary>Failed sessions of one kind (RFC 8460 §4.4).</summary>
public sealed record FailureDetail
{
    /// <summary>The kind of failure, <see cref="ResultType.Other"/> for a word not known.</summary>
    public required ResultType Type { get; init; }

    /// <summary>The word of the report for the kind of failure.</summary>
    public required string TypeText { get; init; }

    /// <summary>How many sessions failed so.</summary>
    public required long FailedSessions { get; init; }

    /// <summary>Address the sending MTA connected from, as written; null when not given.</summary>
    public string? SendingMtaIp { get; init; }

    /// <summary>Name of the receiving MX host, from its MX record; null when not given.</summary>
    public string? ReceivingMxHost { get; init; }

    /// <summary>Name the receiving MX host announced; null when not given.</summary>
    public string? ReceivingMxHelo { get; init; }

    /// <summary>Address of the receiving MX host, as written; null when not given.</summary>
    public string? ReceivingIp { get; init; }

    /// <summary>Where the reporter tells more, a URI; never followed. Null when not given.</summary>
    public string? AdditionalInformation { get; init; }

    /// <summary>The reporter's own words for the reason; null when not given.</summary>
    public string? FailureReasonCode { get; init; }
}
