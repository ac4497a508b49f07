using System.Globalization;

namespace Waxseal.Answers;

/// <summary>Times as they stand in answers for programs (RFC 3339 §5.6): whole seconds, in UTC.</summary>
internal static class UtcTime
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
