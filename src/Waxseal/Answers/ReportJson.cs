using System.Collections.Immutable;
using Waxseal.Storage.Reports;

namespace Waxseal.Answers;

/// <summary>A report, in lists.</summary>
internal record ReportJson
{
    /// <summary>By what it is known.</summary>
    public required string Id { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>How often it came.</summary>
    public required long TimesReceived { get; init; }

    /// <summary>What it is about; empty when it does not say.</summary>
    public required string PolicyDomain { get; init; }

    /// <summary>Who made it, for people.</summary>
    public required string Reporter { get; init; }

    /// <summary>Who made it, by its own words.</summary>
    public required string? OrganizationName { get; init; }

    /// <summary>Its name, by its own words.</summary>
    public required string? ReportId { get; init; }

    /// <summary>The beginning of the time it speaks of.</summary>
    public required DateTimeOffset? Start { get; init; }

    /// <summary>The end of that time.</summary>
    public required DateTimeOffset? End { get; init; }

    /// <summary>What it is: counted, quarantined, replaced, conflicting, foreign or unreadable.</summary>
    public required string State { get; init; }

    /// <summary>Why it does not count; null when it does.</summary>
    public required string? Reason { get; init; }

    /// <summary>What to do about that; null when it counts.</summary>
    public required string? Remedy { get; init; }

    /// <summary>How far it is proved who sent it.</summary>
    public required string Trust { get; init; }

    /// <summary>Who is proved to have sent it, or claims to have.</summary>
    public required string? Submitter { get; init; }

    /// <summary>The way it came by.</summary>
    public required string Channel { get; init; }

    /// <summary>Sessions that met a policy, each counted once.</summary>
    public required long Successful { get; init; }

    /// <summary>Sessions that did not.</summary>
    public required long Failed { get; init; }

    public static ReportJson Of(StoredReport report)
    {
        WhyNotCounted? why = WhyNotCounted.Of(report);
        return new()
        {
            Id = report.Reference.Id,
            ReceivedAt = report.Arrival.At,
            TimesReceived = report.TimesReceived,
            PolicyDomain = report.Reference.PolicyDomain,
            Reporter = report.Reporter,
            OrganizationName = report.OrganizationName,
            ReportId = report.ReportId,
            Start = report.DateRange?.Start,
            End = report.DateRange?.End,
            State = report.State.ToWord(),
            Reason = why?.Reason,
            Remedy = why?.Remedy,
            Trust = report.Arrival.Trust.ToWord(),
            Submitter = report.Arrival.Submitter,
            Channel = report.Arrival.Channel.ToWord(),
            Successful = report.Successful,
            Failed = report.Failed,
        };
    }
}

/// <summary>Some reports, newest first. Members are only ever added; <c>version</c> changes when one must go.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Reports">The reports.</param>
/// <param name="Next">The place at which the list goes on; null at its end.</param>
internal sealed record ReportListJson(int Version, ImmutableArray<ReportJson> Reports, string? Next)
{
    public static ReportListJson Of(ReportPage page) => new(1, [.. page.Reports.Select(ReportJson.Of)], page.Next?.ToString());
}
