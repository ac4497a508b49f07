using System.Globalization;
using Waxseal.Alerts;

namespace Waxseal.Tests.Alerts;

public class QuietHoursTests
{
    [Theory]
    [InlineData("22:00-07:00", "UTC", "2026-06-15T21:59:59Z", false)]
    [InlineData("22:00-07:00", "UTC", "2026-06-15T22:00:00Z", true)]
    [InlineData("22:00-07:00", "UTC", "2026-06-16T06:59:59Z", true)]
    [InlineData("22:00-07:00", "UTC", "2026-06-16T07:00:00Z", false)]
    [InlineData("12:00-13:00", "UTC", "2026-06-16T12:30:00Z", true)]
    [InlineData("22:00-07:00", "Europe/Berlin", "2026-06-15T20:00:00Z", true)]
    [InlineData("22:00-07:00", "Europe/Berlin", "2026-01-15T20:00:00Z", false)]
    [InlineData("22:00-07:00", "Europe/Berlin", "2026-01-15T21:00:00Z", true)]
    public void Quiet_is_by_the_clock_on_the_wall(string hours, string zone, string moment, bool isQuiet)
    {
        Assert.True(QuietHours.TryParse(hours, TimeZoneInfo.FindSystemTimeZoneById(zone), out QuietHours? quiet));
        Assert.Equal(isQuiet, quiet.Contain(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("22-7")]
    [InlineData("22:00")]
    [InlineData("25:00-07:00")]
    [InlineData("07:00-07:00")]
    public void What_is_no_hours_is_refused(string text) => Assert.False(QuietHours.TryParse(text, TimeZoneInfo.Utc, out _));
}
