using Waxseal.Alerts.Judgement;
using Waxseal.Storage.Alerts;

namespace Waxseal.Tests.Alerts;

public class JudgeTests
{
    private static readonly Thresholds Usual = new();

    [Fact]
    public void What_goes_well_is_no_matter() =>
        Assert.Empty(JudgeAll(new Sums().WithDays("Google", 40, 1, 100).WithDays("Microsoft", 40, 1, 50)));

    [Theory]
    [InlineData(100, true)]
    [InlineData(31, true)]
    [InlineData(30, false)]
    [InlineData(2, false)]
    public void A_failure_is_new_that_was_not_seen_for_thirty_days(int seenBack, bool isNew)
    {
        Sums sums = new Sums().WithDays("Google", 60, 2, 1000).With("Google", 1 + seenBack, 100, 1).With("Google", 1, 1000, 1);

        Assert.Equal([isNew ? "!new-failure Google: certificate-expired" : "new-failure Google: certificate-expired"], Sums.Words(JudgeAll(sums)));
    }

    [Fact]
    public void A_failure_stays_new_while_it_lasts_and_tells_what_all_its_days_count()
    {
        Condition condition = Assert.Single(JudgeAll(new Sums().WithDays("Google", 60, 5, 1000).WithDays("Google", 4, 1, 995, 5)));

        Assert.True(condition.Raises);
        Assert.Equal((Sums.DayBack(4), Sums.DayBack(1), 4000L, 20L), (condition.FirstDay, condition.LastDay, condition.Sessions, condition.Failed));
    }

    [Fact]
    public void What_began_before_the_window_is_not_new() =>
        Assert.Equal(["new-failure Google: certificate-expired"], Sums.Words(JudgeAll(new Sums().WithDays("Google", 60, 1, 995, 5))));

    [Fact]
    public void A_clean_report_ends_a_failure() =>
        Assert.Empty(JudgeAll(new Sums().WithDays("Google", 60, 3, 1000).With("Google", 2, 995, 5).With("Google", 1, 1000)));

    [Fact]
    public void A_report_without_sessions_ends_none() =>
        Assert.NotEmpty(JudgeAll(new Sums().WithDays("Google", 60, 3, 1000).With("Google", 2, 995, 5).With("Google", 1, 0)));

    [Theory]
    [InlineData(8, false)]
    [InlineData(7, true)]
    public void Reports_of_long_past_days_raise_nothing(int back, bool raises) =>
        Assert.Equal(raises, JudgeAll(new Sums().With("Google", back, 10, 90)).Any(condition => condition.Raises));

    [Fact]
    public void Days_to_come_are_left_out() =>
        Assert.Empty(JudgeAll(new Sums().With("Google", -3, 0, 100)));

    [Theory]
    [InlineData(90, 10, "!")]
    [InlineData(91, 9, "held")]
    [InlineData(95, 5, "held")]
    [InlineData(96, 4, "")]
    [InlineData(9, 1, "held")]
    [InlineData(10, 9, "held")]
    [InlineData(10, 10, "!")]
    public void A_share_raises_from_its_threshold_on_and_holds_to_half_of_it(long successful, long failed, string expected)
    {
        Condition? share = JudgeAll(new Sums().With("Google", 1, successful, failed)).SingleOrDefault(condition => condition.Key.Kind == AlertKind.FailureShare);

        Assert.Equal(expected, share is null ? "" : share.Raises ? "!" : "held");
    }

    [Fact]
    public void A_share_looks_back_for_as_many_days_as_it_needs()
    {
        // 5 sessions a day: four days make twenty.
        Condition share = JudgeAll(new Sums().WithDays("Google", 20, 1, 2, 3)).Single(condition => condition.Key.Kind == AlertKind.FailureShare);

        Assert.Equal((Sums.DayBack(4), Sums.DayBack(1), 20L, 12L, true), (share.FirstDay, share.LastDay, share.Sessions, share.Failed, share.IsUrgent));
    }

    [Fact]
    public void All_are_failing_only_when_each_is()
    {
        Assert.Contains("!all-reporters-failing", Sums.Words(JudgeAll(new Sums().With("Google", 1, 50, 50).With("Microsoft", 2, 1, 1))));
        Assert.DoesNotContain("!all-reporters-failing", Sums.Words(JudgeAll(new Sums().With("Google", 1, 50, 50).With("Microsoft", 2, 1))));
        Assert.DoesNotContain("all-reporters-failing", Sums.Words(JudgeAll(new Sums().With("Google", 1, 50, 50))));
    }

    [Theory]
    [InlineData(2, "")]
    [InlineData(3, "reporter-silent Google")]
    [InlineData(4, "!reporter-silent Google")]
    public void A_large_regular_reporter_is_silent_when_two_reports_are_overdue(int lastBack, string expected) =>
        // Now is noon, reports come ten hours after their day and are given six more: that of yesterday is not due.
        Assert.Equal(expected, string.Join(", ", Sums.Words(JudgeAll(new Sums().WithDays("Google", 40, lastBack, 100)))));

    [Fact]
    public void A_reporter_that_is_late_by_habit_is_waited_for() =>
        Assert.DoesNotContain(JudgeAll(new Sums().WithDays("Slow", 40, 4, 100, hours: 60)), condition => condition.Raises);

    [Fact]
    public void One_that_leaves_out_days_is_given_more() =>
        Assert.DoesNotContain(JudgeAll(new Sums().WithDays("Rare", 40, 4, 100, every: 2).With("Rare", 41, 100)), condition => condition.Raises);

    [Theory]
    [InlineData(40, 9)]
    [InlineData(12, 100)]
    public void Small_and_new_reporters_may_be_silent(int from, long sessions) =>
        Assert.Empty(JudgeAll(new Sums().WithDays("Small", from, 5, sessions)));

    [Fact]
    public void Where_no_reports_come_at_all_no_single_reporter_is_to_blame() =>
        Assert.DoesNotContain(Judge.Of(new Sums().WithDays("Google", 40, 5, 100).Of(), Sums.Now, Usual, isIntakeSilent: true), condition => condition.Raises);

    [Fact]
    public void Many_of_a_kind_are_one()
    {
        Sums sums = new();
        for (int i = 0; i < 50; i++)
            sums.With($"Stranger {i}", 1, 1000, 1);

        Condition raised = Assert.Single(JudgeAll(sums), condition => condition.Raises);

        Assert.Equal((Subjects.Several, 50L, 50_050L), (raised.Key.Subject, raised.Failed, raised.Sessions));
        Assert.True(raised.Sentence.Length < 300, raised.Sentence);
    }

    [Fact]
    public void A_name_of_any_length_makes_a_short_subject_of_its_own()
    {
        string one = Subjects.Of(new string('a', 5000), "x"), other = Subjects.Of(new string('a', 5000), "y");

        Assert.True(one.Length < 140);
        Assert.NotEqual(one, other);
    }

    [Theory]
    [InlineData(35, 1, false)]
    [InlineData(36, 1, true)]
    [InlineData(71, 2, false)]
    [InlineData(72, 2, true)]
    public void The_intake_is_silent_when_longer_than_usual_nothing_came(int hours, int every, bool isSilent)
    {
        DateTimeOffset last = Sums.Now.AddHours(-hours);
        DateOnly[] days = [.. Enumerable.Range(0, 10).Select(i => DateOnly.FromDateTime(last.UtcDateTime).AddDays(-i * every)).Order()];

        Assert.Equal(isSilent, SilentIntake.Of(last, [.. days], Sums.Now, Usual) is not null);
    }

    [Fact]
    public void Where_few_reports_ever_came_silence_is_no_news() =>
        Assert.Null(SilentIntake.Of(Sums.Now.AddDays(-20), [new DateOnly(2026, 5, 25), new DateOnly(2026, 5, 26)], Sums.Now, Usual));

    private static Condition[] JudgeAll(Sums sums) => [.. Judge.Of(sums.Of(), Sums.Now, Usual)];
}
