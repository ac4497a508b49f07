using System.Globalization;

namespace Waxseal.Hosting.Configuration;

/// <summary>Lengths of time as they stand in the configuration: a whole number and a unit.</summary>
internal static class Spans
{
    private static readonly (char Unit, TimeSpan Length)[] Units =
        [('d', TimeSpan.FromDays(1)), ('h', TimeSpan.FromHours(1)), ('m', TimeSpan.FromMinutes(1)), ('s', TimeSpan.FromSeconds(1))];

    public static bool TryParse(string text, out TimeSpan span)
    {
        span = default;
        if (text.Length < 2 || !long.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out long count) || count > int.MaxValue)
            return false;

        foreach ((char unit, TimeSpan length) in Units)
        {
            if (unit == text[^1])
            {
                span = count <= TimeSpan.MaxValue.Ticks / length.Ticks ? count * length : TimeSpan.MaxValue;
                return true;
            }
        }

        return false;
    }

    public static string Of(TimeSpan span)
    {
        foreach ((char unit, TimeSpan length) in Units)
        {
            if (span.Ticks % length.Ticks == 0 && span >= length)
                return string.Create(CultureInfo.InvariantCulture, $"{span.Ticks / length.Ticks}{unit}");
        }

        return string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalSeconds}s");
    }
}
