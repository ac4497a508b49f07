using System.Globalization;

namespace Waxseal.Net.Dns.Validation.Signatures;

/// <summary>Times for people to read.</summary>
internal static class Moment
{
    /// <summary>The time, such as <c>2026-01-01 00:00 UTC</c>.</summary>
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
