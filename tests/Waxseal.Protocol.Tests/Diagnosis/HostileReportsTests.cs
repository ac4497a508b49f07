using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Reports;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis;

/// <summary>Anybody may send anything to a published address; it is explained all the same, and soon.</summary>
public class HostileReportsTests
{
    private const string Digest = "6007EEE553E85D8DF007A845D19EC343283D4E416E9A33F9EF3040C8B7C285BC";
    private const int Many = 10_000;

    // Each of these takes well under a second on an idle machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static TheoryData<string> PolicyDomains =>
    [
        "", " ", ".", "..", "a b", "{domain}", "\"><script>", "line\nbreak", "\0", "ä.example", "\uD800", "::1", new string('x', 8000),
        string.Concat(Enumerable.Repeat("a.", 4000)),
    ];

    public static TheoryData<string> ReportIds =>
    [
        "", "+", "_", "_idx", "0_0", "999999999999999999+x", "18446744073709551615+x", "\uD800+", "1234567890_", new string('9', 8000),
    ];

    [Fact]
    public void Ten_thousand_policy_domains_are_explained_soon()
    {
        Explanation explanation = InTime(Enumerable.Range(0, Many).Select(i =>
            Google.On("2024-11-08").About($"d{i}.example").Sts(i % 2 == 0 ? Enforced : [])
                .Failed(1, i % 2 == 0 ? Expired : FetchError)));

        Assert.Equal(Many, explanation.Findings.Length);
        Assert.Equal(Many, explanation.PolicyDomains.Length);
    }

    [Fact]
    public void One_failing_policy_domain_among_many_healthy_ones_is_explained_soon()
    {
        Explanation explanation = InTime(Enumerable.Range(0, Many).Select(i => i % 2 == 0
            ? Google.On("2024-11-08").About($"d{i}.example").Sts(Enforced).Succeeded(1)
            : Google.On("2024-11-08").About($"d{i}.example").Sts().Failed(1, FetchError)));

        Assert.All(explanation.Findings, finding => Assert.Equal("fetch-one-of-many-domains", finding.Ranking.RowId));
    }

    [Fact]
    public void Five_thousand_days_of_one_reporter_are_explained_soon()
    {
        Explanation explanation = InTime(EachDay("2010-01-01", 5_000, day => (day[^1] & 1) == 0
            ? Google.On(day).Sts(Enforced).Succeeded(1).Failed(1, Expired, at: $"mx{day}.example").Failed(1, FetchError)
            : Google.On(day).Sts(Enforced).Succeeded(1).Tlsa($"3 1 1 {Digest}").Failed(1, TlsaInvalid)));

        Assert.Equal(["expired", "fetch-mixed", "reporter-silent", "tlsa-all"],
            explanation.Findings.Select(finding => finding.Ranking.RowId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Ten_thousand_reporters_of_one_policy_domain_are_explained_soon()
    {
        Explanation explanation = InTime(Enumerable.Range(0, Many).SelectMany<int, SampleReport>(i =>
        [
            Named($"Reporter {i}").On("2024-11-08").Sts().Failed(1, i % 2 == 0 ? FetchError : WebPkiInvalid),
            Named($"Reporter {i}").On("2024-11-09").Sts(Tested).Succeeded(1),
            Named($"Other {i}").On("2024-11-08").NoPolicy().Succeeded(1),
        ]));

        Finding finding = explanation.Findings.First(finding => finding.Ranking.RowId.StartsWith("certificate", StringComparison.Ordinal));
        Assert.Equal(Many, finding.Sightings.Length);
        Assert.All(finding.Actions, action => Assert.InRange(action.Length, 1, 1000));
        Assert.InRange(finding.Happened.Length, 1, 1000);
    }

    [Fact]
    public void A_report_of_ten_thousand_entries_is_explained_soon()
    {
        SampleReport report = Enumerable.Range(0, Many).Aggregate(Outlook.On("2024-11-08"), (made, i) =>
            (i % 2 == 0 ? made.Sts(Enforced) : made.Tlsa($"3 1 1 {Digest}")).Failed(1, ValidationFailure, at: $"mx{i}.example.net"));

        Assert.Equal(Many / 2, InTime([report]).PolicyDomains[0].Failed);
    }

    [Fact]
    public void A_policy_of_many_patterns_and_failures_at_many_MX_hosts_is_explained_soon()
    {
        ImmutableArray<string> patterns = Policy("enforce", 604_800, [.. Enumerable.Range(0, 1_000).Select(i => $"mx{i}.example.com")]);
        SampleReport report = Enumerable.Range(0, Many).Aggregate(Google.On("2024-11-08").Sts(patterns), (made, i) =>
            made.Detail(1, ValidationFailure, $"reason {i}", $"mx{i % 1_000}.example.com"));

        Assert.InRange(Assert.Single(InTime([report]).Findings).Happened.Length, 1, 2_000);
    }

    [Theory, MemberData(nameof(PolicyDomains))]
    public void A_policy_domain_may_be_any_text(string policyDomain)
    {
        foreach (Weighing.Scenario scenario in Weighing.Scenario.All)
        {
            ReportLedger ledger = new();
            foreach (SampleReport report in scenario.Reports)
                ledger.Add(OfPolicyDomain(report.ToEvidence(), policyDomain));

            foreach (Finding finding in Diagnostician.Explain(ledger, Later).Findings)
                AssertOneLineEach(finding);
        }
    }

    [Theory, MemberData(nameof(ReportIds))]
    public void A_report_id_may_be_any_text(string reportId)
    {
        foreach (SampleReport reporter in new[] { Google, Outlook, Stalwart, PostfixHouse, MailRu })
            AssertOneLineEach(TheFinding(reporter.WithId(reportId).On("2024-11-08").Sts().Failed(1, FetchError)));
    }

    [Fact]
    public void Names_and_words_may_be_any_text()
    {
        const string text = "  a\n\t{host}\r\n\u2028\0 b  ";

        AssertOneLineEach(TheFinding(
            Named(text).On("2024-11-08").Sts([text]).Failed(2, text, text, text),
            Named(text + "2").On("2024-11-08").Sts([text]).Failed(2, "", "", "")));
    }

    [Theory]
    [InlineData("0001-01-01", "0001-01-01")]
    [InlineData("9999-12-31", "9999-12-31")]
    [InlineData("0001-01-01", "9999-12-31")]
    public void Days_may_lie_at_the_ends_of_time(string first, string last)
    {
        SampleReport[] reports = [.. new[] { Google, Outlook, MailRu }.SelectMany<SampleReport, SampleReport>(reporter =>
        [
            reporter.FromTo(first, last).WithId("133925885310113267+").Sts().Failed(1, FetchError).About("b.example").Sts(Enforced).Failed(1, Expired),
            reporter.FromTo(last, last).WithId("later").Sts(Enforced).Succeeded(1).About("b.example").NoPolicy().Succeeded(1),
        ])];

        foreach (DateTimeOffset asOf in new[] { DateTimeOffset.MinValue, Later, DateTimeOffset.MaxValue })
            Assert.All(Diagnostician.Explain(Ledger(reports), asOf).Findings, AssertOneLineEach);
    }

    [Fact]
    public void The_culture_of_the_machine_makes_no_difference()
    {
        SampleReport[] reports = [Outlook.On("2024-11-07").Sts().Failed(12_345, FetchError), Google.On("2024-11-08").Sts(Tested).Succeeded(1)];
        string expected = JsonSerializer.Serialize(Explain(reports));
        CultureInfo before = CultureInfo.CurrentCulture;
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        other.NumberFormat.NumberGroupSeparator = "'";
        other.NumberFormat.NumberDecimalSeparator = ",";
        other.NumberFormat.NegativeSign = "~";
        try
        {
            CultureInfo.CurrentCulture = other;
            Assert.Equal(expected, JsonSerializer.Serialize(Explain(reports)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static ReportEvidence OfPolicyDomain(ReportEvidence evidence, string policyDomain) => evidence with
    {
        Report = evidence.Report with
        {
            Policies = [.. evidence.Report.Policies.Select(policy => policy with { PolicyDomain = policyDomain })],
        },
    };

    private static Explanation InTime(IEnumerable<SampleReport> reports)
    {
        ReportEvidence[] evidence = [.. reports.Select(report => report.ToEvidence())];
        var watch = Stopwatch.StartNew();
        var ledger = new ReportLedger();
        foreach (ReportEvidence report in evidence)
            ledger.Add(report);
        Explanation explanation = Diagnostician.Explain(ledger, Later);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Patience);
        return explanation;
    }

    // A line break of an action begins a line to paste, so nobody else may bring one in.
    private static void AssertOneLineEach(Finding finding)
    {
        IEnumerable<string> texts =
        [
            finding.InShort, finding.Happened, finding.Effect, finding.Verdict, finding.MendedWhen, .. finding.Observations,
            .. finding.Readings.Select(reading => reading.Text), .. finding.Ranking.Causes.Select(ranked => ranked.Cause.Title),
        ];

        Assert.All(texts, text => Assert.DoesNotContain(text, char.IsControl));
        Assert.All(texts, text => Assert.InRange(text.Length, 1, 3_000));
        Assert.All(finding.Actions, action => Assert.InRange(action.Split('\n').Length, 1, 3));
    }
}
