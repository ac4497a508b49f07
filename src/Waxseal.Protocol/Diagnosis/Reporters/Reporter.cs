namespace Waxseal.Protocol.Diagnosis.Reporters;

/// <summary>
/// Who sent a report. Reporters of one name are equal, for the software behind a name may show in one report and not in
/// the next.
/// </summary>
/// <param name="Name">The name to show, on one line: "Microsoft", or the organisation as it calls itself.</param>
/// <param name="Profile">What is known of how this kind of sender works and reports.</param>
public sealed record Reporter(string Name, ReporterProfile Profile)
{
    /// <inheritdoc/>
    public bool Equals(Reporter? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);
}

/// <summary>What is known of how one kind of sender works and reports. Figures carry the year they were seen in.</summary>
/// <param name="Id">Short name, such as <c>microsoft</c>; <c>unknown</c> for all others.</param>
public sealed record ReporterProfile(string Id)
{
    /// <summary>When its report of a day is made, counted from the end of that day; null when not known.</summary>
    public TimeSpan? ReportAfter { get; init; }

    /// <summary>How its policy fetch looks in an access log, or null when not known.</summary>
    public string? FetchInAccessLog { get; init; }

    /// <summary>Whether its fetch comes without a User-Agent, as far as was seen.</summary>
    public bool FetchesWithoutUserAgent { get; init; }

    /// <summary>Whether its fetch is known to come with a User-Agent.</summary>
    internal bool FetchesWithUserAgent => FetchInAccessLog is not null && !FetchesWithoutUserAgent;

    /// <summary>Whether it has been seen to fetch over IPv6.</summary>
    public bool FetchesOverIpv6 { get; init; }

    /// <summary>Longest time it waits for a policy, where that is 5 s or less; null else.</summary>
    public TimeSpan? ShortFetchLimit { get; init; }

    /// <summary>Whether it calls a bad certificate of the policy host <c>sts-policy-fetch-error</c>.</summary>
    public bool CallsBadCertificateFetchError { get; init; }

    /// <summary>Whether it judges a page with status 404 as a policy, and so calls it <c>sts-policy-invalid</c>.</summary>
    public bool IgnoresHttpStatus { get; init; }

    /// <summary>Whether its TLS library completes a chain whose intermediate is not sent.</summary>
    public bool CompletesChains { get; init; }
}
