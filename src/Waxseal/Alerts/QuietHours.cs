using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Waxseal.Alerts;

/// <summary>Hours of each day in which people are left in peace.</summary>
/// <param name="From">When they begin, by the clock on the wall.</param>
/// <param name="To">When they end; before the beginning where they go over midnight.</param>
/// <param name="Zone">Whose wall.</param>
internal sealed record QuietHours(TimeOnly From, TimeOnly To, TimeZoneInfo Zone)
{
    /// <summary>Reads hours such as <c>22:00-07:00</c>.</summary>
    public static bool TryParse(string text, TimeZoneInfo zone, [NotNullWhen(true)] out QuietHours? hours)
    {
        hours = null;
        string[] ends = text.Split('-');
        if (ends.Length == 2
            && TimeOnly.TryParseExact(ends[0].Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly from)
            && TimeOnly.TryParseExact(ends[1].Trim(), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly to)
            && from != to)
        {
            hours = new(from, to, zone);
        }

        return hours is not null;
    }

    /// <summary>Whether a moment lies within them.</summary>
    public bool Contain(DateTimeOffset moment) => TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone).DateTime).IsBetween(From, To);
}
