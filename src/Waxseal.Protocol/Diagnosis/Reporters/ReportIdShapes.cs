using System.Globalization;

namespace Waxseal.Protocol.Diagnosis.Reporters;

/// <summary>What the form of a report-id tells of the software behind it.</summary>
public static class ReportIdShapes
{
    // 0001-01-01 to 9999-12-31 as a count of 100 ns since 1601-01-01, the largest DateTime.FromFileTimeUtc takes.
    private const long MaxFileTime = 2_650_467_743_999_999_999;

    /// <summary>
    /// When a report of Microsoft's was made: its report-id begins with that time, as a count of 100 ns since
    /// 1601-01-01 UTC, followed by <c>+</c> and the policy domain. Null for any other id.
    /// </summary>
    public static DateTimeOffset? MicrosoftGenerationTime(string reportId)
    {
        int plus = reportId.IndexOf('+');
        if (plus is not (17 or 18)
            || !long.TryParse(reportId.AsSpan(0, plus), NumberStyles.None, CultureInfo.InvariantCulture, out long fileTime)
            || fileTime > MaxFileTime)
        {
            return null;
        }

        return new DateTimeOffset(DateTime.FromFileTimeUtc(fileTime));
    }

    /// <summary>Stalwart: Unix seconds, underscore, a number.</summary>
    internal static bool IsStalwart(string reportId)
    {
        int underscore = reportId.IndexOf('_');
        return underscore is >= 9 and <= 11
            && reportId.AsSpan(0, underscore).ContainsAnyExceptInRange('0', '9') == false
            && reportId.Length > underscore + 1
            && reportId.AsSpan(underscore + 1).ContainsAnyExceptInRange('0', '9') == false;
    }

    /// <summary>tlsrpt-reporter beside Postfix: day, <c>_idx</c>, a number, underscore, policy domain.</summary>
    internal static bool IsTlsRptReporter(string reportId)
    {
        int index = reportId.IndexOf("_idx", StringComparison.Ordinal);
        return index > 0 && index + 4 < reportId.Length && char.IsAsciiDigit(reportId[index + 4]);
    }
}
