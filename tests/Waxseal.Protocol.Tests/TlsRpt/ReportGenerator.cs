using FsCheck;
using FsCheck.Fluent;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Tests.TlsRpt;

/// <summary>Generates reports for properties: such as conform, and such as may or may not.</summary>
internal static class ReportGenerator
{
    private static readonly Gen<string> Names = Gen.Elements(
        "recipient.example", "MX1.Recipient.Example", "b\u00FCcher.example", "a.b.c.d.example", "localhost",
        "xn--bcher-kva.example.");

    private static readonly Gen<string> Words = Gen.Elements(
        "x", "Soci\u00E9t\u00E9 \"Sender\"", "back\\slash/", "\U0001F4E7 mail", "<script>&'", "[brackets]", "250-",
        "\u0085\u2028");

    private static readonly Gen<string?> Addresses = Gen.Elements<string?>(
        null, "", "192.0.2.7", "2001:0DB8:0:0::7", "::ffff:192.0.2.7", "::", "fe80::1");

    private static readonly Gen<long> Counts = Gen.Elements(0, 1, 2, 303, 5326, 1L << 32, ReportLimits.Sessions);

    private static readonly Gen<string> WildTexts = Gen.OneOf(
        Names,
        Words,
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""),
        Gen.Elements("", "mx: a.example", "[\"a\"]", "half \uD83D", "nul \0", "250 mx.example", "250-a\r\n250 b"),
        Gen.Elements("3 1 1 00", "*.a.example", "192.0.2.07", "https://a.example/ b"));

    private static readonly Gen<long> WildCounts = Gen.OneOf(Counts, ArbMap.Default.GeneratorFor<long>());

    private static readonly Gen<ReportDateRange> Days =
        from day in Gen.Choose(0, DateOnly.MaxValue.DayNumber)
        from seconds in Gen.Elements(86_399, 86_400)
        let start = new DateTimeOffset(DateOnly.FromDayNumber(day).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
        select new ReportDateRange(start, start.AddSeconds(day == DateOnly.MaxValue.DayNumber ? 86_399 : seconds));

    private static readonly Gen<FailureDetail> Failures =
        from type in Gen.Elements(Enum.GetValues<ResultType>().Where(type => type != ResultType.Other))
        from count in Counts
        from sending in Addresses
        from receiving in Addresses
        from mxHost in Gen.Elements<string?>(null, "", "mx1.recipient.example")
        from reason in Words
        from uri in Gen.Elements<string?>(null, "https://sender.example/?a=%20#b", "urn:x:y")
        select new FailureDetail
        {
            Type = type,
            TypeText = type.ToWord(),
            FailedSessions = count,
            SendingMtaIp = sending,
            ReceivingIp = receiving,
            ReceivingMxHost = mxHost,
            ReceivingMxHelo = mxHost,
            FailureReasonCode = reason,
            AdditionalInformation = uri,
        };

    private static readonly Gen<ReportPolicy> Policies =
        from type in Gen.Elements(PolicyType.Sts, PolicyType.Tlsa, PolicyType.NoPolicyFound)
        from policyDomain in Names
        from mxHosts in Names.Select(name => "*." + name).Or(Names).NonEmptyListOf()
        from hex in Gen.Choose(0, int.MaxValue).ListOf()
        from successful in Counts
        from failed in Counts
        from failures in Failures.ListOf()
        select new ReportPolicy
        {
            Type = type,
            TypeText = type.ToWord(),
            PolicyDomain = policyDomain,
            PolicyString = type switch
            {
                PolicyType.Sts => ["version: STSv1", "", .. mxHosts.Select(host => $"mx: {host}"), "max_age:\t86400"],
                PolicyType.Tlsa => [.. hex.Select(number => $"3 1 1 {number:X8}")],
                _ => [],
            },
            MxHosts = type == PolicyType.Sts ? [.. mxHosts] : [],
            SuccessfulSessions = successful,
            FailedSessions = failed,
            Failures = [.. failures],
        };

    /// <summary>Reports that conform, if not always in the form they are written in.</summary>
    public static readonly Gen<Report> Reports =
        from name in Words
        from id in Words
        from contact in Gen.Elements("tls@sender.example", "a.b+c@Sender.Example", "\"quoted \\\" local\"@sender.example")
        from range in Days
        from policies in Policies.NonEmptyListOf()
        select new Report
        {
            OrganizationName = name,
            ReportId = id,
            ContactInfo = contact,
            DateRange = range,
            Policies = [.. policies],
        };

    /// <summary>Reports with anything in one place or another.</summary>
    public static readonly Gen<Report> WildReports =
        from report in Reports
        from text in WildTexts
        from texts in WildTexts.ListOf()
        from count in WildCounts
        from place in Gen.Choose(0, 10)
        let policy = report.Policies[0]
        let failure = new FailureDetail { Type = ResultType.TlsaInvalid, TypeText = text, FailedSessions = count }
        select place switch
        {
            0 => report with { OrganizationName = text },
            1 => report with { ReportId = text },
            2 => report with { ContactInfo = text },
            3 => WithFirst(report, policy with { PolicyDomain = text }),
            4 => WithFirst(report, policy with { PolicyString = [.. texts] }),
            5 => WithFirst(report, policy with { MxHosts = [.. texts] }),
            6 => WithFirst(report, policy with { SuccessfulSessions = count }),
            7 => WithFirst(report, policy with { Failures = [failure with { ReceivingMxHelo = text }] }),
            8 => WithFirst(report, policy with { Failures = [failure with { AdditionalInformation = text }] }),
            9 => WithFirst(report, policy with { Failures = [failure with { SendingMtaIp = text }] }),
            _ => WithFirst(report, policy with { Failures = [failure with { FailureReasonCode = text }] }),
        };

    private static Report WithFirst(Report report, ReportPolicy policy) =>
        report with { Policies = report.Policies.SetItem(0, policy) };
}
