using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Tests;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis.Answers;

/// <summary>What a fault did to mail: RR4 and RR14.</summary>
public class EffectTests
{
    [Fact, Rfc(8461, "3.3")]
    public void Without_a_cached_policy_a_failed_fetch_holds_no_mail_back()
    {
        Finding finding = TheFinding(Outlook.On("2024-11-07").Sts().Failed(2, FetchError));

        Assert.StartsWith("None of this mail was lost or held back", finding.Effect);
        Assert.Contains("No mail was lost or held back.", finding.InShort, StringComparison.Ordinal);
    }

    [Fact, Rfc(8461, "3.3")]
    public void A_cached_policy_goes_on_for_its_max_age()
    {
        Finding finding = TheFinding(Outlook.On("2024-11-07").Sts(Enforced).Failed(2, FetchError));

        Assert.DoesNotContain("None of this mail", finding.Effect, StringComparison.Ordinal);
        Assert.Contains("ends 7 days (its max_age) after the last good fetch", finding.Effect, StringComparison.Ordinal);
        Assert.DoesNotContain("held no policy", finding.Effect, StringComparison.Ordinal);
    }

    [Fact]
    public void Senders_with_and_without_a_cached_policy_are_told_apart() =>
        Assert.EndsWith("Senders that held no policy delivered as if there were no MTA-STS, and lacked protection already.",
            TheFinding(
                Outlook.On("2024-11-07").Sts(Enforced).Failed(2, FetchError),
                Google.On("2024-11-07").Sts().Failed(2, FetchError)).Effect);

    [Theory, Rfc(8461, "5")]
    [InlineData("enforce", Severity.Error, "senders did not deliver in these sessions")]
    [InlineData("testing", Severity.Warning, "the mail was delivered all the same")]
    [InlineData("none", Severity.Info, "the mail was delivered")]
    public void The_mode_decides_what_a_failed_session_did(string mode, Severity severity, string effect)
    {
        Finding finding = TheFinding(Google.On("2024-11-07").Sts(Policy(mode, 604_800, "mx.example.com")).Failed(2, Expired));

        Assert.Equal(severity, finding.Severity);
        Assert.Contains(effect, finding.Effect, StringComparison.Ordinal);
    }

    [Fact, Rfc(8461, "5")]
    public void Mail_was_held_back_only_where_no_MX_host_was_left()
    {
        ImmutableArray<string> two = Policy("enforce", 604_800, "mx1.example.com", "mx2.example.com");
        SampleReport first = Google.On("2024-11-07").Sts(two).Failed(2, Expired, at: "mx1.example.com");

        Assert.Contains("Mail may have been delayed.", TheFinding(first).InShort, StringComparison.Ordinal);
        Assert.Contains("a sender tries another MX host, or holds the mail back", TheFinding(first).Effect, StringComparison.Ordinal);
        Finding both = TheFinding(first.Failed(2, Expired, at: "mx2.example.com"));
        Assert.Contains("Mail was held back.", both.InShort, StringComparison.Ordinal);
        Assert.Contains("Mail from Google was held back: no session succeeded on these days", both.Effect, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "Mail was held back.")]
    [InlineData(1, "Mail may have been delayed.")]
    public void Mail_of_a_day_with_a_success_is_not_proven_held_back(long succeeded, string expected) =>
        Assert.Contains(expected, TheFinding(Google.On("2024-11-07").Sts(Enforced).Succeeded(succeeded).Failed(2, Expired)).InShort,
            StringComparison.Ordinal);

    [Fact]
    public void Success_under_DANE_leaves_open_whether_mail_was_held_back() =>
        Assert.Contains("Mail may have been delayed.", TheFinding(
            Outlook.On("2024-11-07").Sts(Enforced).Failed(7, Expired).Tlsa("3 1 1 AB").Succeeded(7)).InShort, StringComparison.Ordinal);

    [Fact]
    public void A_change_of_mode_is_told_with_its_day()
    {
        Finding finding = TheFinding([
            .. EachDay("2024-11-14", 4, day => Outlook.On(day).Sts(Policy("testing", 86_400, "*.example.com")).Failed(3, NameMismatch)),
            .. EachDay("2024-11-18", 4, day => Outlook.On(day).Sts(Policy("enforce", 86_400, "*.example.com")).Failed(3, NameMismatch))]);

        Assert.StartsWith("Your policy changed its mode: reports of the failing sessions show testing from 2024-11-14 to 2024-11-17 and enforce from "
            + "2024-11-18 to 2024-11-21. In mode testing the mail was delivered all the same. In mode enforce senders did not deliver",
            finding.Effect);
        Assert.Equal(Severity.Error, finding.Severity);
    }

    [Fact]
    public void The_mode_is_that_of_the_failing_days()
    {
        Finding finding = TheFinding([
            Google.On("2024-11-14").Sts(Policy("testing", 86_400, "mx.example.com")).Failed(3, NameMismatch),
            .. EachDay("2024-11-15", 3, day => Google.On(day).Sts(Policy("enforce", 86_400, "mx.example.com")).Succeeded(3))]);

        Assert.StartsWith("Your policy was in mode testing then: the mail was delivered all the same.", finding.Effect);
        Assert.EndsWith("Reports show mode enforce from 2024-11-15 on.", finding.Effect);
    }

    [Fact]
    public void A_failing_report_without_policy_has_the_mode_of_its_day()
    {
        Finding finding = TheFinding(
            Google.On("2024-11-13").Sts(Policy("testing", 86_400, "mx.example.com")).Succeeded(3),
            Outlook.On("2024-11-14").Sts().Failed(3, NameMismatch),
            Google.On("2024-11-15").Sts(Policy("enforce", 86_400, "mx.example.com")).Succeeded(3));

        Assert.StartsWith("Your policy was in mode testing then", finding.Effect);
    }

    [Fact]
    public void Where_a_policy_from_before_may_still_be_held_it_is_not_denied()
    {
        Finding finding = TheFinding(Outlook.On("2024-11-06").Sts(Enforced).Succeeded(2), Outlook.On("2024-11-07").Sts().Failed(2, FetchError));

        Assert.StartsWith("A failed fetch holds no mail back", finding.Effect);
        Assert.DoesNotContain("holds no policy from before", finding.Effect, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_mode_is_not_shown_it_is_not_guessed()
    {
        Finding finding = TheFinding(Google.On("2024-11-07").Sts().Failed(2, Expired));

        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.StartsWith("The reports do not show the mode of your policy.", finding.Effect);
    }

    [Fact]
    public void The_mode_of_other_reports_counts_where_the_failing_one_shows_none() =>
        Assert.Equal(Severity.Error, TheFinding(
            Google.On("2024-11-07").Sts().Failed(2, Expired),
            Outlook.On("2024-11-07").Sts(Enforced).Succeeded(2)).Severity);

    [Fact, Rfc(7672, "2.2")]
    public void A_failure_under_DANE_may_delay_mail_whatever_the_mode()
    {
        Finding finding = TheFinding(
            Outlook.On("2024-11-07").Tlsa("3 1 1 AB").Failed(2, NoStartTls),
            Google.On("2024-11-07").Sts(Tested).Failed(2, NoStartTls));

        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Contains("Mail from Microsoft may have been delayed", finding.Effect, StringComparison.Ordinal);
    }

    [Fact, Rfc(7672, "2.2")]
    public void TLSA_records_none_of_which_is_usable_hold_no_mail_back()
    {
        Finding finding = TheFinding(PostfixHouse.On("2024-11-07").Tlsa().Failed(2, TlsaInvalid, "all-TLSA-records-unusable"));

        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Contains("without authenticating the MX host", finding.Effect, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_policy_mail_goes_in_clear_text_if_need_be()
    {
        Finding finding = TheFinding(Google.On("2024-11-07").NoPolicy().Failed(2, NoStartTls));

        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Contains("in clear text if need be", finding.Effect, StringComparison.Ordinal);
    }
}
