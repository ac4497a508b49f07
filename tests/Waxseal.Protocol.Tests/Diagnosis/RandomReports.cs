using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis;

/// <summary>Reports as chance has it: few reporters, days and policy domains, so that they meet in all ways.</summary>
internal static class RandomReports
{
    private const int MostReports = 14;
    private const int MostEntries = 3;
    private const int MostFailures = 3;
    private const int Days = 12;

    private static readonly Gen<SampleReport> Reporters =
        Gen.Elements(Google, Outlook, MailRu, Stalwart, PostfixHouse, Halon, Mox, Named("Acme, Inc."), Named(""));

    private static readonly Gen<string?> PolicyDomains = Gen.Elements("example.com", "example.org", "a.example", null);

    private static readonly Gen<ImmutableArray<string>> StsStrings = Gen.Elements(
        [], Enforced, Tested, Policy("none", 60, "mx.example.com"), Policy("enforce", 31_557_600, "example.com", "*.mx.example.net"));

    private static readonly Gen<ImmutableArray<string>> TlsaStrings = Gen.Elements<ImmutableArray<string>>(
        [], ["3 1 1 AB", "3 1 1 CD"], ["2 1 1 AB"], ["3 0 1 AB"], ["1 1 1 AB"]);

    private static readonly Gen<string> ResultTypes = Gen.Elements(
        FetchError, PolicyInvalid, WebPkiInvalid, ValidationFailure, NameMismatch, Expired, NotTrusted, NoStartTls, TlsaInvalid,
        DnssecInvalid, DaneRequired, "word-of-tomorrow", "");

    private static readonly Gen<string?> Reasons = Gen.Elements(
        null, "", "MX_HOSTS_MISMATCH", "Timeout fetching policy.", "dns-lookup", "multiple-mta-sts-records", "policy-syntax-error",
        "bad https response code: 404", "bad https response code: 503", "self-signed_certificate", "all-TLSA-records-unusable", "one\r\ntwo");

    private static readonly Gen<string?> MxHosts = Gen.Elements(null, "", "mx.example.com", "MX2.example.com.", "a.b.mx.example.net", "no name");

    private static readonly Gen<Func<SampleReport, SampleReport>> Failures =
        from resultType in ResultTypes
        from reason in Reasons
        from mxHost in MxHosts
        from sessions in Gen.Choose(0, 5)
        from counts in Gen.Choose(0, 3)
        select (Func<SampleReport, SampleReport>)(report => counts > 0
            ? report.Failed(sessions, resultType, reason, mxHost)
            : report.Detail(sessions, resultType, reason, mxHost));

    private static readonly Gen<Func<SampleReport, SampleReport>> Entries =
        from policyDomain in PolicyDomains
        from kind in Gen.Choose(0, 2)
        from sts in StsStrings
        from tlsa in TlsaStrings
        from successful in Gen.Choose(0, 5)
        from unexplained in Gen.Elements(0, 0, 0, 2)
        from failures in UpTo(MostFailures, Failures)
        select (Func<SampleReport, SampleReport>)(report =>
        {
            report = report.About(policyDomain);
            report = kind == 0 ? report.Sts(sts) : kind == 1 ? report.Tlsa(tlsa) : report.NoPolicy();
            report = report.Succeeded(successful).FailedWithoutDetail(unexplained);
            return failures.Aggregate(report, (made, failure) => failure(made));
        });

    private static readonly Gen<SampleReport> OneReport =
        from reporter in Reporters
        from day in Gen.Choose(0, Days)
        from length in Gen.Elements(0, 0, 0, 0, 6)
        from entries in UpTo(MostEntries, Entries)
        let start = new DateTimeOffset(2024, 10, 20, 0, 0, 0, TimeSpan.Zero).AddDays(day)
        select entries.Aggregate(
            reporter.Between($"{start:yyyy-MM-dd}T00:00:00Z", $"{start.AddDays(length):yyyy-MM-dd}T23:59:59Z"),
            (made, entry) => entry(made));

    public static Arbitrary<SampleReport[]> Some { get; } =
        UpTo(MostReports, OneReport).ToArbitrary();

    /// <summary>The same, with a report-id for each report.</summary>
    public static Arbitrary<SampleReport[]> SomeDistinct { get; } =
        Some.Generator.Select(reports => reports.Select((report, index) => report.WithId($"report {index}")).ToArray()).ToArbitrary();

    private static Gen<T[]> UpTo<T>(int most, Gen<T> one) =>
        from count in Gen.Choose(0, most)
        from made in one.ArrayOf(count)
        select made;
}
