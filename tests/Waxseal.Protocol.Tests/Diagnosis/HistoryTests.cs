using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Diagnosis.Weighing;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis;

/// <summary>History changes what is likeliest, and says so.</summary>
public class HistoryTests
{
    private const string Domain = "example.com";
    private const string Host = "mta-sts.example.com";
    private const string Mx = "mx.example.com";
    private static readonly ImmutableArray<Layer> AllLayers = [.. Enum.GetValues<Layer>()];
    private static readonly SampleReport[] FirstContact = [Outlook.On("2024-11-07").Sts().Failed(2, FetchError)];

    [Fact]
    public void A_denial_is_likelier_where_the_address_appeared_shortly_before()
    {
        DomainHistory history = Periods(
            new(ObservedKind.Addresses, Host, null, At("2024-11-01 00:00"), At("2024-11-07 08:00")),
            new(ObservedKind.Addresses, Host, "192.0.2.1", At("2024-11-07 09:00"), At("2024-11-09 00:00")),
            new(ObservedKind.NegativeTtl, Domain, "300", At("2024-11-01 00:00"), At("2024-11-09 00:00")));

        Assert.True(Share(FirstContact, "C01", history) > Share(FirstContact, "C01") + 0.2);
        Assert.Contains("was missing 2024-11-07 08:00 UTC and there 2024-11-07 09:00 UTC; that it was missing may be held for 300 s", Reasons(FirstContact, "C01", history), StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_no_denial_to_hold_where_the_address_was_there_long_before()
    {
        DomainHistory history = Periods(
            new(ObservedKind.Addresses, Host, "192.0.2.1", At("2024-11-01 00:00"), At("2024-11-09 00:00")),
            new(ObservedKind.Policy, Host, "version: STSv1", At("2024-11-01 00:00"), At("2024-11-09 00:00")));

        Assert.True(Share(FirstContact, "C01", history) < 0.03);
        Assert.True(Share(FirstContact, "C02", history) < 0.05);
        Assert.Contains("-4.0 looks showed an address of mta-sts.example.com from 2024-11-01 00:00 UTC on, longer than a denial is held", Reasons(FirstContact, "C01", history), StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_that_begins_after_the_failure_tells_nothing_about_what_changed() =>
        Assert.Equal(Share(FirstContact, "C01"), Share(FirstContact, "C01", Periods(new ObservedPeriod(ObservedKind.Addresses, Host, "192.0.2.1", At("2024-11-08 00:00"), At("2024-11-20 00:00")))));

    [Fact]
    public void What_a_look_showed_on_the_failing_day_comes_first_though_it_is_mended_since()
    {
        DomainHistory history = new([Look("2024-11-07 06:00"), Look("2024-11-07 12:00", "B01"), Look("2024-11-07 18:00", "B01"), Look("2024-11-09 00:00")], [], []);

        Finding finding = Explained(FirstContact, history);

        RankedCause first = finding.Ranking.Causes[0];
        Assert.Equal("B01", first.Cause.Id);
        Assert.Contains(first.Weights, weight => weight.Reason.StartsWith("seen at 2 of 3 looks on the failing day, 2024-11-07 12:00 UTC to 2024-11-07 18:00 UTC: ", StringComparison.Ordinal));
        Assert.Equal((State.ProbablyOver, "probably over: seen to 2024-11-07 18:00 UTC, and not there 2024-11-09 00:00 UTC, at the last look"), (finding.State, finding.StateInWords));
        Assert.Contains(finding.Readings, reading => reading.RuleId == "RR17" && reading.Text.StartsWith("3 looks lie on the days of the failure", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_over_by_the_reports_is_over_although_looks_could_say_no_more_than_that_it_is_not_there()
    {
        DomainHistory history = new([Look("2024-11-07 12:00", "B01"), Look("2024-11-10 00:00")], [], []);

        Finding finding = Explained([.. FirstContact, Outlook.On("2024-11-09").Sts(Enforced).Succeeded(3)], history);

        Assert.Equal("B01", finding.Ranking.Causes[0].Cause.Id);
        Assert.Equal((State.Over, "over: those that failed have succeeded since"), (finding.State, finding.StateInWords));
    }

    [Fact]
    public void What_no_look_of_the_failing_day_shows_is_less_likely()
    {
        DomainHistory history = new([.. Enumerable.Range(0, 12).Select(i => Look($"2024-11-07 {2 * i:00}:00"))], [], []);

        Assert.True(Share(FirstContact, "G05", history) < Share(FirstContact, "G05"));
        Assert.Contains("looked for 12 times on the failing day, and never there", Reasons(FirstContact, "G05", history), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_that_ended_before_its_renewal_explains_failures_that_no_look_saw()
    {
        SampleReport[] reports = [Google.On("2024-11-10").Sts(Enforced).Failed(5, WebPkiInvalid)];
        DomainHistory history = new([], [],
            [
                new(Certificate(Host, "aa", ends: "2024-11-10 08:00"), At("2024-10-01 00:00"), At("2024-11-09 00:00")),
                new(Certificate(Host, "bb", ends: "2025-02-10 08:00"), At("2024-11-12 00:00"), At("2024-11-20 00:00")),
            ]);

        Assert.True(Share(reports, "F02", history) > Share(reports, "F02") + 0.2);
        Assert.Contains("ended 2024-11-10 08:00 UTC, and another was first seen 2024-11-12 00:00 UTC", Reasons(reports, "F02", history), StringComparison.Ordinal);
    }

    [Fact]
    public void Records_that_name_the_certificate_of_yesterday_were_forgotten()
    {
        SampleReport[] reports = [Outlook.On("2024-11-10").Tlsa("3 1 1 " + new string('A', 64)).Failed(5, TlsaInvalid)];
        DomainHistory history = new(
            [],
            [
                new(ObservedKind.Certificates, Mx, "aa", At("2024-10-01 00:00"), At("2024-11-09 22:00")),
                new(ObservedKind.Certificates, Mx, "bb", At("2024-11-09 23:00"), At("2024-11-12 00:00")),
                new(ObservedKind.Tlsa, $"_25._tcp.{Mx}", "3 1 1 " + new string('A', 64), At("2024-10-01 00:00"), At("2024-11-12 00:00")),
            ],
            [new(Certificate(Mx, "aa", ends: "2025-01-01 00:00"), At("2024-10-01 00:00"), At("2024-11-09 22:00"))]);

        Assert.Contains("+3.0 the TLSA records name the certificate that mx.example.com sent to 2024-11-09 22:00 UTC; another is there since 2024-11-09 23:00 UTC", Reasons(reports, "L01", history), StringComparison.Ordinal);
        Assert.Equal("L01", Explained(reports, history).Ranking.Causes[0].Cause.Id);
    }

    [Fact]
    public void A_report_with_the_policy_of_before_shows_that_senders_held_it()
    {
        SampleReport[] reports = [Google.On("2024-11-10").Sts(Enforced).Failed(5, ValidationFailure, at: "mx2.example.com")];
        string old = string.Join('\n', Enforced);
        ObservedPeriod before = new(ObservedKind.Policy, Host, old, At("2024-10-01 00:00"), At("2024-11-08 00:00"));
        ObservedPeriod then = new(ObservedKind.Policy, Host, old.Replace(Mx, "mx2.example.com", StringComparison.Ordinal), At("2024-11-08 01:00"), At("2024-11-12 00:00"));

        Assert.Contains("+2.5 the policy in Google's report was served to 2024-11-08 00:00 UTC, and another one since", Reasons(reports, "C09", Periods(before, then)), StringComparison.Ordinal);
        Assert.Contains("-2.5 the policy in Google's report is the one that was served", Reasons(reports, "C09", Periods(before with { LastSeen = At("2024-11-12 00:00") })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v=STSv1; id=1;", true)]
    [InlineData("v=STSv1; id=2;", false)]
    public void A_policy_that_changed_alone_shows_that_its_id_was_forgotten(string laterRecord, bool isForgotten)
    {
        SampleReport[] reports = [Google.On("2024-11-10").Sts(Enforced).Failed(5, ValidationFailure, at: "mx2.example.com")];
        ObservedPeriod record = new(ObservedKind.StsRecord, $"_mta-sts.{Domain}", "v=STSv1; id=1;", At("2024-10-01 00:00"), At("2024-11-09 00:00"));
        ImmutableArray<ObservedPeriod> records = laterRecord == record.Value
            ? [record with { LastSeen = At("2024-11-12 00:00") }]
            : [record, record with { Value = laterRecord, FirstSeen = At("2024-11-09 01:00"), LastSeen = At("2024-11-12 00:00") }];
        DomainHistory history = Periods(
        [
            new(ObservedKind.Policy, Host, "one", At("2024-10-01 00:00"), At("2024-11-09 00:00")),
            new(ObservedKind.Policy, Host, "two", At("2024-11-09 01:00"), At("2024-11-12 00:00")),
            .. records,
        ]);

        RankedCause? forgotten = Explained(reports, history).Ranking.Causes.SingleOrDefault(ranked => ranked.Cause.Id == "A12");

        Assert.Equal(isForgotten, forgotten?.Weights.Any(weight =>
            weight.Reason == "the policy changed between 2024-11-09 00:00 UTC and 2024-11-09 01:00 UTC, and the TXT record did not") == true);
        Assert.Equal(isForgotten, forgotten is not null);
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public void Days_that_nobody_can_reckon_with_are_no_harm(string day)
    {
        DomainHistory history = new([Look("2024-11-07 06:00", "B01")], [new(ObservedKind.Addresses, Host, "192.0.2.1", At("2024-11-01 00:00"), At("2024-11-09 00:00"))], []);

        Assert.NotEmpty(Diagnose([Outlook.On("2024-11-07").WithId("x").FromTo(day, day).Sts().Failed(2, FetchError)], history).Findings);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse($"{text}Z", System.Globalization.CultureInfo.InvariantCulture);

    private static DomainHistory Periods(params ImmutableArray<ObservedPeriod> periods) => new([], periods, []);

    private static LookSummary Look(string at, params string[] seen) =>
        new(At(at), [.. seen.Select(id => new SeenCause(id, 0.95, "there is no such name") { StopsEverybody = true })], AllLayers, HasIpv6: true);

    private static ObservedCertificate Certificate(string host, string fingerprint, string ends) =>
        new(host, fingerprint, new string('a', 64), At(ends).AddDays(-90), At(ends), "CN=Issuer", [host]);

    private static Explanation Diagnose(SampleReport[] reports, DomainHistory? history) => Diagnostician.Explain(
        Ledger(reports), Later, ImmutableDictionary<string, LookSummary>.Empty,
        history is null ? ImmutableDictionary<string, DomainHistory>.Empty : ImmutableDictionary<string, DomainHistory>.Empty.Add(Domain, history));

    private static Finding Explained(SampleReport[] reports, DomainHistory? history) => Diagnose(reports, history).Findings[0];

    private static RankedCause Ranked(SampleReport[] reports, string causeId, DomainHistory? history) =>
        Assert.Single(Explained(reports, history).Ranking.Causes, ranked => ranked.Cause.Id == causeId);

    private static double Share(SampleReport[] reports, string causeId, DomainHistory? history = null) => Ranked(reports, causeId, history).Share;

    private static string Reasons(SampleReport[] reports, string causeId, DomainHistory history) => string.Join('\n',
        Ranked(reports, causeId, history).Weights.Select(weight => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{weight.Amount:+0.0;-0.0} {weight.Reason}")));
}
