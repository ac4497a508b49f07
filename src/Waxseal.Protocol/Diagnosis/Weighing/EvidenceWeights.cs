using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Diagnosis.Wording;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Diagnosis.Weighing;

/// <summary>What the evidence adds to or takes from a cause, beyond the decision row it stands in.</summary>
internal static class EvidenceWeights
{
    // More sessions than this in one day are too many for a gap of minutes.
    private const long SessionsOfMinutes = 20;

    // The day Microsoft's client began to break off on session tickets, by its reports.
    internal static readonly DateOnly TicketFaultSince = new(2024, 10, 24);

    public static IEnumerable<Weight> Of(Incident incident, Cause cause) =>
        new[]
        {
            LaterSuccess(incident, cause),
            SeveralReporters(incident, cause),
            FirstDayInferred(incident, cause),
            ManySessions(incident, cause),
            WayOfFetching(incident, cause),
            ObtainedThatDay(incident, cause),
            TextOfPolicy(incident, cause),
            FieldOfTlsaRecord(incident, cause),
            TicketFault(incident, cause),
        }.OfType<Weight>().Concat(StatedReasonWeights.Of(incident, cause));

    // A fault of the policy host that stops every sender and lasts would have stopped the next one too. What a reporter
    // tells of its answer did happen, and what lasted some days was mended in the end.
    private static Weight? LaterSuccess(Incident incident, Cause cause)
    {
        if (!incident.NoAnswerTold || !incident.IsOneEvent || !cause.Lasts || cause.Audience != Audience.Everyone)
            return null;
        if (incident.Successes.FirstOrDefault(success => success.Days.First > incident.LastDay) is not { } success)
            return null;

        return IsFreshFetch(incident, success)
            ? new(-3.0, $"{success.Reporter.Name} fetched the policy on {Phrase.Day(FirstPossibleFetch(success))} or later")
            : new(-1.0, $"{success.Reporter.Name} applied the policy on {success.Days}, though perhaps from a cache");
    }

    /// <summary>Whether a success must rest on a fetch on the last failing day or later, rather than on an older cache.</summary>
    // RFC 8461 §3.2: a policy is used for max_age from its fetch.
    internal static bool IsFreshFetch(Incident incident, ReportedPolicy success) =>
        FirstPossibleFetch(success) >= incident.LastDay;

    /// <summary>The earliest day of the fetch behind a success.</summary>
    internal static DateOnly FirstPossibleFetch(ReportedPolicy success) =>
        success.Policy is { } policy
            ? UtcDay.Add(success.Days.First, -(int)Math.Ceiling(policy.MaxAge.TotalDays))
            : DateOnly.MinValue;

    private static Weight? SeveralReporters(Incident incident, Cause cause) =>
        incident.FailingReporters.Length > 1 && cause.Side == Side.Reporter
            ? new(-1.6, $"{Phrase.Number(incident.FailingReporters.Length)} reporters see the same fault")
            : null;

    private static Weight? FirstDayInferred(Incident incident, Cause cause)
    {
        if (cause.Id is not ("C01" or "C02" or "C03" or "C06"))
            return null;
        return incident.SucceededBefore
            ? new(-3.0, "the policy was in use before")
            : new(-0.2, "that this was the first day is inferred: there is no earlier report here");
    }

    private static Weight? ManySessions(Incident incident, Cause cause) =>
        cause.Id == "C01" && incident.FailedSessions > SessionsOfMinutes
            ? new(-1.0, $"{Phrase.Number(incident.FailedSessions)} sessions are many for a gap of minutes")
            : null;

    private static Weight? WayOfFetching(Incident incident, Cause cause)
    {
        if (incident.Family != FaultFamily.PolicyNotObtained)
            return null;

        return cause switch
        {
            { Id: "G05" } when First(incident, profile => profile.FetchesWithoutUserAgent) is { } name =>
                new(0.3, $"{name}'s fetch was seen without a User-Agent (2020)"),
            { Id: "D01" or "D02" or "G14" or "B05" } when First(incident, profile => profile.FetchesOverIpv6) is { } name =>
                new(0.3, $"{name} was seen to fetch over IPv6 (2020)"),
            { Layer: Layer.PolicyHostCertificate } when incident.NoAnswerTold
                && First(incident, profile => profile.CallsBadCertificateFetchError) is { } name =>
                new(0.7, $"{name} calls a bad certificate sts-policy-fetch-error"),
            _ => null,
        };
    }

    private static string? First(Incident incident, Func<ReporterProfile, bool> isSuch) =>
        incident.FailingReporters.FirstOrDefault(reporter => isSuch(reporter.Profile))?.Name;

    // Whoever obtained the policy on the failing day was not kept away for good, and nothing that lasts stopped everybody.
    private static Weight? ObtainedThatDay(Incident incident, Cause cause) =>
        incident.IsObtainedOnFailingDay && cause.Lasts && (cause.Audience == Audience.Everyone || cause.Id is "B12" or "D05" or "E03" or "G05" or "G06")
            ? new(-2.0, $"{incident.FailingReporters[0].Name} obtained the policy on the same day")
            : null;

    // The text itself shows what is wrong with it, and where it shows that, the other slips are not it.
    private static Weight? TextOfPolicy(Incident incident, Cause cause)
    {
        if (cause.Layer is not (Layer.PolicyGrammar or Layer.Http))
            return null;
        ImmutableArray<(PolicySlip Slip, string? CauseId)> slips =
            [.. incident.Failing.SelectMany(policy => policy.PolicySlips).Select(slip => (slip, CauseOf(slip.Code)))];
        if (slips.All(slip => slip.CauseId is null))
            return null;
        return slips.FirstOrDefault(slip => slip.CauseId == cause.Id).Slip is { } found
            ? new(2.5, Place(found))
            : new(-2.0, "the policy in the report shows another fault");
    }

    private static string Place(PolicySlip slip) =>
        slip.Code.EndsWith("-missing", StringComparison.Ordinal)
            ? $"the policy in the report shows it ({slip.Code})"
            : $"line {Phrase.Number(slip.LineNumber)} of the policy in the report is \"{QuotedText.OneLine(slip.Line)}\" ({slip.Code})";

    private static string? CauseOf(string code) => code switch
    {
        "sts-policy-field-misspelt" or "sts-policy-name-invalid" => "H01",
        "sts-policy-version-missing" or "sts-policy-version-unknown" or "sts-policy-byte-order-mark" => "H02",
        "sts-policy-mode-missing" or "sts-policy-mode-unknown" => "H03",
        "sts-policy-max-age-missing" or "sts-policy-max-age-invalid" or "sts-policy-max-age-too-large" => "H04",
        "sts-policy-mx-missing" => "H05",
        "sts-policy-line-indented" or "sts-policy-space-before-colon" => "H09",
        "sts-policy-blank-line" => "H12",
        "sts-policy-field-repeated" => "H13",
        "sts-policy-html" or "sts-policy-json" => "G09",
        _ => null,
    };

    private static Weight? FieldOfTlsaRecord(Incident incident, Cause cause)
    {
        if (Refutations.Defects(cause.Id) is not { } defects)
            return null;
        return incident.TlsaDefects.FirstOrDefault(judged => defects.Contains(judged.Defect)).Record is { } record
            ? new(3.0, $"the report shows the record \"{QuotedText.OneLine(record)}\"")
            : null;
    }

    private static Weight? TicketFault(Incident incident, Cause cause) =>
        cause.Id == "K13" && incident.FirstDay < TicketFaultSince
            ? new(-3.0, $"it began before {Phrase.Day(TicketFaultSince)}, the first day on which this fault was seen anywhere")
            : null;
}
