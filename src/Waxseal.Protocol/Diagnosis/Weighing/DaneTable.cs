using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;

namespace Waxseal.Protocol.Diagnosis.Weighing;

/// <summary>The decision table for DANE, DNSSEC, and the way of the reports.</summary>
internal static class DaneTable
{
    // SHA-256 of no bytes: what a generator writes that read an empty file.
    private const string DigestOfNothing = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855";

    public static ImmutableArray<DecisionRow> Rows { get; } =
    [
        Row("tlsa-digest-of-nothing", "a TLSA record holds the digest of no bytes",
            FaultFamily.Tlsa, i => i.TlsaRecords.Any(record => record.EndsWith(DigestOfNothing, StringComparison.OrdinalIgnoreCase)),
            [("L02", .9)]),
        Row("tlsa-unusable", "no TLSA record can be used",
            FaultFamily.Tlsa, i => i.NoTlsaRecordUsable,
            [("L05", .6), ("L28", .15), ("L27", .08), ("L25", .03), ("L26", .03)]),
        Row("tlsa-short-while", "it failed for a short while, and works since",
            FaultFamily.Tlsa, i => i.IsOneEvent && i.SucceededAfter,
            [("L16", .65), ("L01", .15), ("L21", .05)]),
        Row("tlsa-usage-2", "the TLSA records name a CA certificate (usage 2)",
            FaultFamily.Tlsa, i => i.TlsaRecords.Any() && !i.TlsaRecords.Any(record => record.StartsWith('3')),
            [("L04", .75), ("L01", .1)]),
        Row("tlsa-one-mx-host", "all failures lie at one MX host, and other sessions match the TLSA records",
            FaultFamily.Tlsa, i => i.IsAtOneMxHost,
            [("L21", .65), ("L17", .1), ("L07", .08), ("L16", .05)]),
        Row("tlsa-some-sessions", "some sessions match the TLSA records and others do not",
            FaultFamily.Tlsa, i => i.FailedSessions < i.SessionsThen || i.MixedDays > 0,
            [("L21", .3), ("L17", .3), ("L07", .2)]),
        Row("tlsa-whole-certificate", "the TLSA records pin the whole certificate (3 0 1)",
            FaultFamily.Tlsa, i => i.TlsaRecords.Any() && i.TlsaRecords.All(record => record.StartsWith("3 0", StringComparison.Ordinal)),
            [("L06", .7), ("L01", .2)]),
        Row("tlsa-all", "no session matches the TLSA records",
            FaultFamily.Tlsa, _ => true,
            [("L01", .6), ("L06", .1), ("L04", .08), ("L07", .05), ("L02", .05)]),
        Row("dnssec-one-sender", "one sender finds DNSSEC broken, and others are content on the same day",
            FaultFamily.Dnssec, i => i.FailingReporters.Length == 1 && !i.AllReportersFail,
            [("L10", .4), ("L12", .35), ("L13", .05)]),
        Row("dnssec-all", "every sender that applies DANE finds DNSSEC broken",
            FaultFamily.Dnssec, _ => true,
            [("L13", .4), ("L14", .3), ("L10", .2)]),
        Row("dane-required", "the reporter says that it demands DANE",
            FaultFamily.DaneRequired, _ => true,
            [("L22", .75), ("L15", .1), ("L10", .05)]),
        Row("dane-vanished", "sessions under DANE ended without a failure, and their reporters go on reporting",
            FaultFamily.DaneVanished, _ => true,
            [("L15", .75), ("L10", .05)]),
        Row("reporter-silent", "Google sent reports for a week or more, and Microsoft none",
            FaultFamily.ReporterSilent, _ => true,
            [("M07", .3), ("M11", .35), ("M06", .15)]),
    ];

    private static DecisionRow Row(
        string id,
        string pattern,
        FaultFamily family,
        Func<Incident, bool> fits,
        ImmutableArray<(string CauseId, double Share)> starts) =>
        new(id, pattern, incident => incident.Family == family && fits(incident), starts);
}
