using Waxseal.Alerts.Judgement;
using Waxseal.Storage.Alerts;

namespace Waxseal.Tests.Alerts;

public class CourseTests
{
    private static readonly DateTimeOffset Start = Sums.Now;
    private static readonly AlertKey Key = new("example.test", AlertKind.FailureShare, "");
    private static readonly Course Usual = new(RemindAfter: TimeSpan.FromDays(3), ClearAfter: TimeSpan.FromHours(6));

    [Fact]
    public void What_raises_is_raised_once()
    {
        Assert.IsType<Step.Raise>(Assert.Single(Usual.StepsOf([], [Condition(raises: true)], Start)));
        Assert.Empty(Usual.StepsOf([Open()], [Condition(raises: true)], Start.AddHours(1)));
    }

    [Fact]
    public void What_only_holds_raises_nothing_and_keeps_open_what_is()
    {
        Assert.Empty(Usual.StepsOf([], [Condition(raises: false)], Start));
        Assert.Empty(Usual.StepsOf([Open()], [Condition(raises: false)], Start.AddHours(1)));
    }

    [Theory]
    [InlineData(71, false)]
    [InlineData(72, true)]
    public void What_lasts_is_told_again_after_its_time(int hours, bool isTold) =>
        Assert.Equal(isTold, Usual.StepsOf([Open()], [Condition(raises: false)], Start.AddHours(hours)).Any(step => step is Step.Sustain));

    [Theory]
    [InlineData(0, 5, false)]
    [InlineData(0, 6, true)]
    [InlineData(1, 11, false)]
    [InlineData(1, 12, true)]
    [InlineData(3, 47, false)]
    [InlineData(3, 48, true)]
    [InlineData(9, 48, true)]
    public void What_is_over_is_cleared_when_it_stays_so_and_later_the_more_often_it_came_back(int returns, int calmHours, bool isCleared)
    {
        Alert calm = Open() with { CalmSince = Start, Returns = returns };

        Assert.Equal(isCleared, Usual.StepsOf([calm], [], Start.AddHours(calmHours)).Any(step => step is Step.Clear));
    }

    [Fact]
    public void What_comes_and_goes_within_hours_is_told_once()
    {
        Assert.IsType<Step.Calm>(Assert.Single(Usual.StepsOf([Open()], [], Start.AddHours(1))));
        Assert.IsType<Step.Stir>(Assert.Single(Usual.StepsOf([Open() with { CalmSince = Start.AddHours(1) }], [Condition(raises: true)], Start.AddHours(2))));
    }

    private static Condition Condition(bool raises) => new(Key, raises, "title", "sentence");

    private static Alert Open() => new(Key, "id")
    {
        State = AlertState.Raised,
        IsUrgent = false,
        RaisedAt = Start,
        ToldAt = Start,
        Returns = 0,
        Latest = new(1, AlertState.Raised, Start, new("title", "short", "", "details")),
    };
}
