using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Storage.Reports;

/// <summary>A report in the store.</summary>
/// <param name="Reference">By what it is known.</param>
/// <param name="State">What it is.</param>
/// <param name="Arrival">When, how and from whom it came first; of what was kept apart and counts now, the arrival that let it count.</param>
internal sealed record StoredReport(ReportRef Reference, ReportState State, Arrival Arrival)
{
    /// <summary>How often it came.</summary>
    public required long TimesReceived { get; init; }

    /// <summary>Who made it, for people.</summary>
    public required string Reporter { get; init; }

    /// <summary>When it came last.</summary>
    public DateTimeOffset LastReceivedAt { get; init; }

    public string? OrganizationName { get; init; }

    public string? ContactInfo { get; init; }

    public string? ReportId { get; init; }

    /// <summary>The days it speaks of; null when it cannot be read.</summary>
    public ReportDateRange? DateRange { get; init; }

    /// <summary>The policy domains its sessions stand under.</summary>
    public required System.Collections.Immutable.ImmutableArray<string> PolicyDomains { get; init; }

    /// <summary>The day they stand under, such as 20241107; null when it cannot be read.</summary>
    public long? FirstDay { get; init; }

    /// <summary>The version of the reader that read it.</summary>
    public long Reader { get; init; }

    /// <summary>Sessions that met a policy, each counted once.</summary>
    public long Successful { get; init; }

    /// <summary>Sessions that did not.</summary>
    public long Failed { get; init; }

    /// <summary>How it departs from RFC 8460, as JSON.</summary>
    public required string Defects { get; init; }

    /// <summary>Why it cannot be read or cannot be true, or null.</summary>
    public string? Fault { get; init; }
}

/// <summary>Sessions of one reporter on one day.</summary>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Day">The UTC day.</param>
/// <param name="Reporter">Who reports.</param>
/// <param name="Successful">Sessions that met the policy.</param>
/// <param name="Failed">Sessions that did not.</param>
internal sealed record DaySessions(string PolicyDomain, DateOnly Day, string Reporter, long Successful, long Failed);
