using System.Globalization;

namespace Waxseal.Protocol.Diagnosis.Reporters;

/// <summary>What the form of a report-id tells of the software behind it.</summary>
public static class ReportIdShapes
{
    // As many digits as the count has from 1917 to 4769.
    private const int FileTimeDigits = 18;

    // TLS reports are standard since September 2018; a number that means an earlier time is no time of a report.
    private static readonly DateTime Earliest = new(2018, 9, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>
    /// When a report of Microsoft's was made: its report-id begins with that time, as a count of 100 ns since
    /// 1601-01-01 UTC, followed by <c>+</c> and the policy domain. Null for any other id.
    /// </summary>
    public static DateTimeOffset? MicrosoftGenerationTime(string reportId)
    {
        if (reportId.IndexOf('+') != FileTimeDigits
            || !long.TryParse(reportId.AsSpan(0, FileTimeDigits), NumberStyles.None, CultureInfo.InvariantCulture, out long fileTime))
        {
            return null;
        }

        var made = DateTime.FromFileTimeUtc(fileTime);
        return made >= Earliest ? new DateTimeOffset(made) : null;
    }

    /// <summary>Stalwart: Unix seconds, underscore, a number.</summary>
    internal static bool IsStalwart(string reportId)
    {
        int underscore = reportId.IndexOf('_');
        return underscore is >= 9 and <= 11
            && IsNumber(reportId.AsSpan(0, underscore))
            && IsNumber(reportId.AsSpan(underscore + 1));
    }

    /// <summary>tlsrpt-reporter beside Postfix: day, <c>_idx</c>, a number, underscore, policy domain.</summary>
    internal static bool IsTlsRptReporter(string reportId)
    {
        int index = reportId.IndexOf("_idx", StringComparison.Ordinal);
        return index > 0 && index + 4 < reportId.Length && char.IsAsciiDigit(reportId[index + 4]);
    }

    private static bool IsNumber(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}
