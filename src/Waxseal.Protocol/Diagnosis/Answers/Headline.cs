using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.Diagnosis.Weighing;
using Waxseal.Protocol.Diagnosis.Wording;
using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Answers;

/// <summary>The short texts of a finding: title, summary, what happened, verdict.</summary>
internal static class Headline
{
    // From this share on, as it is shown, a cause may be named alone.
    private const int Determined = 50;
    private const int WorthNaming = 5;

    public static string Title(Incident incident) => incident switch
    {
        // Where several MX hosts fail alike, the title says so.
        { MxHosts.Length: > 1, Family: FaultFamily.StartTls } => "MX hosts do not offer STARTTLS",
        { MxHosts.Length: > 1, Family: FaultFamily.MxNotInPolicy } => "MX hosts are not in the policy",
        { MxHosts.Length: > 1, Family: FaultFamily.MxCertificateName } => "certificates of MX hosts are for other names",
        { MxHosts.Length: > 1, Family: FaultFamily.MxCertificateExpired } => "certificates of MX hosts have expired",
        { MxHosts.Length: > 1, Family: FaultFamily.MxCertificateUntrusted } => "certificates of MX hosts are not trusted",
        { MxHosts.Length: > 1, Family: FaultFamily.MxHandshake } => "TLS with MX hosts fails",
        { MxHosts.Length: > 1, Family: FaultFamily.Tlsa } => "certificates of MX hosts match no TLSA record",
        _ => Title(incident.Family),
    };

    private static string Title(FaultFamily family) => family switch
    {
        FaultFamily.PolicyNotObtained => "the MTA-STS policy could not be obtained",
        FaultFamily.MxNotInPolicy => "an MX host is not in the policy",
        FaultFamily.StartTls => "an MX host does not offer STARTTLS",
        FaultFamily.MxCertificateName => "the certificate of an MX host is for another name",
        FaultFamily.MxCertificateExpired => "the certificate of an MX host has expired",
        FaultFamily.MxCertificateUntrusted => "the certificate of an MX host is not trusted",
        FaultFamily.MxHandshake => "TLS with an MX host fails",
        FaultFamily.Tlsa => "the certificate of an MX host matches no TLSA record",
        FaultFamily.Dnssec => "DNSSEC of the MX hosts does not hold",
        FaultFamily.DaneRequired => "a sender demands DANE",
        FaultFamily.NoPolicyFound => "some sessions found no policy",
        FaultFamily.DaneVanished => "DANE is no longer used",
        FaultFamily.ReporterSilent => "Microsoft sends no reports",
        FaultFamily.Other => "sessions fail for a reason that is not known",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static string Happened(Incident incident)
    {
        string who = Phrase.Names(incident.FailingReporters);
        string when = Phrase.On(incident.FailingDays);
        string name = Phrase.PolicyDomain(incident.PolicyDomain);
        return incident.Family switch
        {
            FaultFamily.PolicyNotObtained =>
                $"{who} could not obtain the MTA-STS policy of {name} {when} (UTC). {Count(incident)}{Details(incident)}",
            FaultFamily.NoPolicyFound => $"{who} found no policy of {name} {when} (UTC), although reports of other sessions show one.",
            FaultFamily.DaneVanished => $"{who} reported sessions under DANE before, and none from {Phrase.Day(incident.FirstDay)} (UTC) on.",
            FaultFamily.ReporterSilent => $"{who} sent reports for {Phrase.Days(incident.FailingDays)} (UTC). From Microsoft there is no report for any of these days.",
            _ => $"Sessions of {who} with {name} failed {when} (UTC). {Count(incident)}{Details(incident)}",
        };
    }

    /// <summary>The whole finding in a few sentences.</summary>
    public static string InShort(Incident incident, Ranking ranking, Effect effect)
    {
        // Where mail is held back, nothing may wait for the next report.
        string decision = effect.Severity < Severity.Error ? Decision(incident, ranking) : "";
        return $"{Likeliest(incident, ranking)} {effect.InShort}{decision}";
    }

    /// <summary>How the shares fall, by layer. A cause is named alone only when it is well known and likelier than all others together.</summary>
    public static string Verdict(Ranking ranking)
    {
        if (ranking.Causes is not [RankedCause first, ..])
            return "The reports do not say enough to name a cause.";
        if (IsDetermined(ranking))
            return $"Most probably ({Phrase.Percent(first.Percent)}): {first.Cause.Title}.";

        ImmutableArray<(int Percent, string InWords)> layers =
        [
            .. ranking.Causes
                .Where(ranked => ranked.IsWorthShowing)
                .GroupBy(ranked => ranked.Cause.Layer)
                .Select(layer => (Percent: layer.Sum(ranked => ranked.Percent), InWords: $"{layer.Key.InWords()} "
                    + $"({string.Join(", ", layer.Select(ranked => ranked.Cause.Id))})"))
                .Where(layer => layer.Percent >= WorthNaming)
                .OrderByDescending(layer => layer.Percent),
        ];
        int others = 100 - ranking.NotDeterminablePercent - layers.Sum(layer => layer.Percent);
        string rest = others > 0 ? $"others {Phrase.Percent(others)}; " : "";
        return $"By the weight of the evidence: {Phrase.List([.. layers.Select(layer => $"{Phrase.Percent(layer.Percent)} {layer.InWords}")])}; "
            + $"{rest}{Phrase.Percent(ranking.NotDeterminablePercent)} stays open.";
    }

    private static bool IsDetermined(Ranking ranking) =>
        ranking.Causes[0].Percent >= Determined && ranking.Causes[0].Cause.Grade != Grade.Practice;

    private static string Likeliest(Incident incident, Ranking ranking)
    {
        if (ranking.Causes is not [RankedCause first, ..])
            return "The reports do not say enough to name a cause.";
        if (IsDetermined(ranking))
            return $"Most probably {first.Cause.Title}.";

        int timing = ranking.Causes.Where(ranked => ranked.Cause.Id is "C01" or "C02" or "C06").Sum(ranked => ranked.Percent);
        if (timing > ranking.NotDeterminablePercent && timing > first.Percent)
        {
            return $"Likeliest ({Phrase.Percent(timing)}): the policy host was not ready for {Phrase.Names(incident.FailingReporters)}, or its "
                + "address not visible yet, when the TXT record already was.";
        }

        return ranking.NotDeterminable > first.Share
            ? $"Not determinable from these reports; likeliest ({Phrase.Percent(first.Percent)}) is that {first.Cause.Title}."
            : $"Likeliest ({Phrase.Percent(first.Percent)}): {first.Cause.Title}.";
    }

    // Where one report of failure is all there is, and the cause may pass, the next report tells most.
    private static string Decision(Incident incident, Ranking ranking)
    {
        bool mayPass = ranking.Causes is not [{ Cause.Lasts: true }, ..]
            || (!IsDetermined(ranking) && (incident.NoAnswerTold || incident.Family != FaultFamily.PolicyNotObtained));
        if (!mayPass || incident.FailingReportersRecovered || !incident.IsOneEvent || incident.FailingReporters.Length > 1)
            return "";
        var next = NextReport.After(incident, incident.FailingReporters[0]);
        return $" {next.Reporter.Name}'s report for {Phrase.Day(next.Day)} decides whether there is anything to mend.";
    }

    private static string Count(Incident incident)
    {
        string they = incident.FailingReporters.Length > 1 ? "They count" : "It counts";
        return (incident.FailedSessions, incident.SessionsThen) switch
        {
            (0, > 0) when incident.HadCachedPolicy && incident.Failing.All(policy => policy.Failed == 0) =>
                $"{they} {Phrase.Sessions(incident.SessionsThen)}, and none of them failed: the fetch of the policy did, and the cached one "
                + "was applied.",
            (0, _) => $"{they} no sessions for it.",
            (1, 1) => $"{they} 1 session, which failed.",
            (2, 2) => $"{they} 2 sessions, and both failed.",
            var (failed, all) when failed == all => $"{they} {Phrase.Sessions(all)}, and all of them failed.",
            (1, var all) => $"{they} {Phrase.Sessions(all)}; 1 of them failed so.",
            var (failed, all) => $"{they} {Phrase.Sessions(all)}; {Phrase.Number(failed)} of them failed so.",
        };
    }

    private static string Details(Incident incident)
    {
        string hosts = incident.MxHosts switch
        {
            [] => "",
            [var one] => $" MX host: {QuotedText.OneLineName(one)}.",
            var several => $" MX hosts: {Phrase.List([.. several.Select(QuotedText.OneLineName)])}.",
        };
        return TooManyDetails(incident) + hosts + ReportersWords.Of(incident);
    }

    // Some reporters give details that add up to more than they count in all.
    private static string TooManyDetails(Incident incident)
    {
        ImmutableArray<ReportedPolicy> odd =
            [.. incident.Failing.Where(policy => policy.Failed > 0 && DetailsOf(policy) > policy.Failed)];
        return odd.IsEmpty
            ? ""
            : $" The details of {Phrase.Names(odd.Select(policy => policy.Reporter).Distinct())} add up to "
                + $"{Phrase.Sessions(SessionCount.Sum(odd.Select(DetailsOf)))}, more than the "
                + $"{Phrase.Number(SessionCount.Sum(odd.Select(policy => policy.Failed)))} failed in all; the smaller number is counted.";
    }

    private static long DetailsOf(ReportedPolicy policy) => SessionCount.Sum(policy.Faults.Select(fault => fault.Sessions));
}
