using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.Reporters;

namespace Waxseal.Protocol.Diagnosis.Weighing;

/// <summary>
/// The decision table for a policy that was not obtained. The first row that fits counts, so the most telling come first.
/// Where a probe would tell neighbouring causes apart, a row holds them all, each with its share.
/// </summary>
internal static class PolicyFetchTable
{
    public static ImmutableArray<DecisionRow> Rows { get; } =
    [
        // What a reporter says in so many words is taken as a fact.
        Row("fetch-several-statuses", "the reporter names 404 and a status of a failing server",
            i => HasStatus(i, 404, 404) && HasStatus(i, 500, 599),
            [("G01", .45), ("G07", .4), ("G13", .05)]),
        Row("fetch-status-404", "the reporter names the HTTP status 404 or 410",
            i => HasStatus(i, 404, 404) || HasStatus(i, 410, 410),
            [("G01", .8), ("G13", .1)]),
        Row("fetch-status-forbidden", "the reporter names the HTTP status 401 or 403",
            i => HasStatus(i, 401, 401) || HasStatus(i, 403, 403),
            [("G03", .45), ("G04", .2), ("G05", .15), ("G06", .1)]),
        Row("fetch-status-throttled", "the reporter names the HTTP status 402 or 429",
            i => HasStatus(i, 402, 402) || HasStatus(i, 429, 429),
            [("G16", .85)]),
        Row("fetch-status-redirect", "the reporter names an HTTP redirect",
            i => HasStatus(i, 300, 399),
            [("G02", .9)]),
        Row("fetch-status-5xx", "the reporter names an HTTP status of a failing server",
            i => HasStatus(i, 500, 599),
            [("G07", .75), ("G15", .15)]),
        Row("fetch-status-other", "the reporter names another HTTP status than 200",
            i => !i.HttpStatuses.IsEmpty,
            [("G13", .3), ("G04", .2), ("G03", .1), ("G07", .1)]),
        Row("fetch-record-several", "the reporter says that there are several records",
            i => HasReason(i, StatedReason.SeveralRecords),
            [("A03", .9)]),
        Row("fetch-record-lookup", "the reporter says that the look-up of the record failed",
            i => HasReason(i, StatedReason.RecordLookup),
            [("A20", .6), ("B02", .1), ("B04", .1), ("N06", .1)]),
        Row("fetch-record-grammar", "the reporter says that it could not read the record",
            i => OnlyKinds(i, FaultKind.Record),
            [("A04", .7), ("A05", .2)]),

        // The text of the policy.
        Row("grammar-page-for-policy", "only senders that do not look at the HTTP status call the policy invalid, and others do not get it",
            i => CalledInvalidWithoutStatus(i) && !OnlyKinds(i, FaultKind.PolicyGrammar),
            [("G01", .4), ("G02", .3), ("G03", .1), ("G09", .1)]),
        Row("grammar-strict-only", "some senders call the policy invalid, and others take it on the same day",
            i => HasKind(i, FaultKind.PolicyGrammar) && !i.AllReportersFail,
            [("H09", .25), ("H12", .2), ("H13", .15), ("H04", .15), ("I02", .1)]),
        Row("grammar-or-page", "the sender that calls the policy invalid does not look at the HTTP status",
            CalledInvalidWithoutStatus,
            [("G01", .2), ("G02", .15), ("G09", .1), ("H02", .1), ("H05", .08), ("H01", .07), ("H03", .07), ("G03", .05)]),
        Row("grammar-all", "every sender calls the policy invalid",
            i => HasKind(i, FaultKind.PolicyGrammar),
            [("H02", .2), ("H05", .15), ("H01", .15), ("H03", .15), ("H04", .1), ("G09", .15)]),

        // The certificate of the policy host.
        Row("certificate-chain-incomplete", "senders on OpenSSL, Go or rustls refuse the certificate, and Microsoft takes it",
            i => HasKind(i, FaultKind.PolicyHostCertificate) && i.SucceededSameDay.Any(reporter => reporter.Profile.CompletesChains),
            [("F04", .85), ("F06", .05)]),
        Row("certificate-some", "some senders refuse the certificate, and others take it on the same day",
            i => HasKind(i, FaultKind.PolicyHostCertificate) && !i.AllReportersFail,
            [("F04", .3), ("F12", .25), ("F06", .1), ("G14", .1), ("F02", .1)]),
        Row("certificate-once", "the certificate was refused once, and held before and after",
            i => HasKind(i, FaultKind.PolicyHostCertificate) && i.SucceededBefore && i.SucceededAfter,
            [("F02", .5), ("F12", .15), ("F15", .1)]),
        Row("certificate-at-first", "the certificate was refused at first and holds since",
            i => HasKind(i, FaultKind.PolicyHostCertificate) && i.SucceededAfter,
            [("C06", .35), ("C02", .2), ("F01", .15), ("F03", .1)]),
        Row("certificate-since", "the certificate held, and is refused since a day",
            i => HasKind(i, FaultKind.PolicyHostCertificate) && i.SucceededBefore,
            [("F02", .75), ("F15", .05), ("F01", .05)]),
        Row("certificate-never", "the certificate has never held",
            i => HasKind(i, FaultKind.PolicyHostCertificate),
            [("F01", .4), ("F03", .2), ("F04", .15), ("E04", .05), ("F02", .05)]),

        // Only the refresh failed.
        Row("fetch-cached", "the failing reports carry a policy, which came from a cache",
            i => i.Failing.All(i.ShowsCachedPolicy) && i.AllReportersFail && !i.SucceededAfter,
            [("A14", .2), ("C15", .15), ("F02", .12), ("D08", .1), ("G01", .08), ("D03", .05), ("D10", .04), ("E04", .04), ("G02", .04)]),

        // Who fails, and when.
        Row("fetch-impatient", "only senders with a short limit of time fail, and others succeed on the same day",
            i => !i.AllReportersFail && i.Failing.All(policy => policy.Reporter.Profile.ShortFetchLimit is not null
                || i.FaultsOfFamily(policy).All(fault => fault.Stated == StatedReason.Timeout)),
            [("G12", .55), ("D12", .2), ("D07", .1)]),
        Row("fetch-one-of-many-domains", "this policy domain alone always fails, and its neighbours work",
            i => i.HealthyNeighbours >= 3 && i.Successes.IsEmpty,
            [("G19", .35), ("F01", .2), ("B01", .1), ("G13", .07)]),
        Row("fetch-burst", "all reporters failed for a short while, and succeeded before and after",
            i => i.FailingReporters.Length > 1 && i.IsOneEvent && i.SucceededBefore && i.SucceededAfter,
            [("D08", .55), ("B11", .25), ("G15", .1)]),
        Row("fetch-some-days", "it failed for some days on end, and worked before and after",
            i => i.IsUnbroken && !i.IsOneEvent && i.SucceededBefore && i.SucceededAfter,
            [("F02", .25), ("D08", .2), ("G07", .1), ("B11", .1), ("B04", .06), ("G13", .06), ("C10", .03)]),
        Row("fetch-since-a-day", "it worked before, and every reporter fails since one day",
            i => i.AllReportersFail && i.SucceededBefore && !i.SucceededAfter
                && (i.FailingReporters.Length > 1 || i.FailingDays.Length > 1),
            [("F02", .3), ("D08", .12), ("B09", .07), ("B11", .07), ("G07", .07), ("B03", .05), ("G13", .05), ("B04", .04), ("C10", .03), ("B15", .03)]),
        Row("fetch-never-worked", "every reporter fails, and none has ever succeeded",
            i => i.Successes.IsEmpty && (i.FailingReporters.Length > 1 || !i.IsOneEvent),
            [("B01", .16), ("F01", .11), ("G01", .11), ("D03", .08), ("D10", .08), ("G02", .08), ("E04", .06), ("F03", .05), ("F04", .05), ("D13", .03), ("G03", .03), ("E01", .02)]),
        Row("fetch-mixed", "success and failure are mixed on the same days, for many days",
            i => i.MixedDays >= 3,
            [("B02", .16), ("D12", .14), ("D09", .12), ("F12", .08), ("G14", .08), ("B03", .08), ("G12", .08), ("D07", .06), ("B14", .06), ("A15", .04)]),
        Row("fetch-one-reporter-every-day-microsoft", "only Microsoft fails, every day, and others succeed on these days",
            i => OneReporterEveryDay(i) && i.FailingReporters[0].Profile.FetchesWithoutUserAgent,
            [("G05", .28), ("D05", .14), ("D01", .14), ("G14", .12), ("B12", .07), ("F06", .05), ("D06", .05), ("E03", .04), ("G06", .04), ("B05", .03), ("D02", .03)]),
        Row("fetch-one-reporter-every-day", "one reporter fails every day, and others succeed on these days",
            OneReporterEveryDay,
            [("D05", .27), ("B12", .13), ("F04", .12), ("E03", .08), ("G06", .09), ("D06", .09), ("B04", .05), ("B05", .05), ("D01", .04), ("G08", .03)]),

        // One report of failure is little to go by.
        Row("fetch-obtained-that-day", "some sessions had no policy, and others of the same day did",
            i => i.IsObtainedOnFailingDay && !i.SucceededBefore,
            [("C01", .4), ("C02", .25), ("C06", .1), ("N06", .08), ("B11", .06), ("D05", .05), ("G05", .05), ("D08", .05)]),
        Row("fetch-several-reporters-first-day", "several reporters failed on the first day, and it worked later",
            i => i.FailingReporters.Length > 1 && i.IsOneEvent && WorkedOnlyLater(i),
            [("C02", .4), ("C06", .2), ("C01", .15), ("D08", .1), ("B11", .1)]),
        Row("fetch-at-first", "it failed for some days from the first one on, and works since",
            i => !i.IsOneEvent && WorkedOnlyLater(i),
            [("C02", .15), ("B01", .12), ("F01", .12), ("G01", .12), ("F03", .06), ("E04", .06), ("D03", .06), ("C06", .05), ("G02", .05)]),
        Row("fetch-one-reporter-first-day", "one reporter failed on the first day there is a report of, and it worked later",
            WorkedOnlyLater,
            [("C01", .35), ("C02", .2), ("C06", .15), ("D05", .1), ("G05", .1), ("N06", .1), ("B11", .1), ("G01", .05), ("F01", .05)]),
        Row("fetch-one-reporter-one-day-others-fine", "one reporter failed on one day, and others succeeded on that day",
            i => i.FailingReporters.Length == 1 && i.IsOneEvent && !i.AllReportersFail,
            [("N06", .2), ("D05", .15), ("C01", .12), ("G05", .1), ("D06", .1), ("B11", .1), ("B12", .05)]),
        Row("fetch-once", "it failed once, and worked before",
            i => i.IsOneEvent && i.SucceededBefore,
            [("N06", .2), ("B11", .18), ("D08", .15), ("D12", .08), ("G07", .05), ("B14", .05)]),
        Row("fetch-alone", "one report of one day is all there is",
            i => i.FailingReporters.Length == 1 && i.IsOneEvent,
            [("C01", .1), ("C02", .08), ("D05", .08), ("G05", .08), ("B01", .07), ("N06", .06), ("B11", .06), ("D01", .05), ("C06", .04)]),
        Row("fetch-now-and-then", "it fails now and then",
            _ => true,
            [("D06", .12), ("B02", .12), ("D12", .1), ("D07", .1), ("N06", .08), ("B12", .07), ("D08", .07), ("B14", .06), ("G12", .05)]),
    ];

    private static DecisionRow Row(
        string id, string pattern, Func<Incident, bool> fits, ImmutableArray<(string CauseId, double Share)> starts) =>
        new(id, pattern, incident => incident.Family == FaultFamily.PolicyNotObtained && fits(incident), starts);

    private static bool WorkedOnlyLater(Incident incident) =>
        !incident.SucceededBefore && incident.SucceededAfter && incident.IsUnbroken;

    private static bool CalledInvalidWithoutStatus(Incident incident) =>
        HasKind(incident, FaultKind.PolicyGrammar)
        && ReportersOf(incident, FaultKind.PolicyGrammar).All(reporter => reporter.Profile.IgnoresHttpStatus);

    private static bool OneReporterEveryDay(Incident incident) =>
        incident.FailingReporters.Length == 1
        && incident.FailingDays.Length >= 2
        && !incident.AllReportersFail
        && incident.FailsEveryDaySince(incident.FailingReporters[0]);

    private static bool HasStatus(Incident incident, int from, int to) =>
        incident.HttpStatuses.Any(status => status >= from && status <= to);

    private static bool HasKind(Incident incident, FaultKind kind) => incident.Kinds.Contains(kind);

    private static bool OnlyKinds(Incident incident, FaultKind kind) => incident.Kinds.All(other => other == kind);

    private static bool HasReason(Incident incident, StatedReason reason) =>
        incident.Faults.All(fault => fault.Stated == reason);

    private static IEnumerable<Reporter> ReportersOf(Incident incident, FaultKind kind) =>
        incident.Failing.Where(policy => policy.Faults.Any(fault => fault.Kind == kind)).Select(policy => policy.Reporter);
}
