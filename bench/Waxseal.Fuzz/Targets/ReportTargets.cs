using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Fuzz.Targets;

/// <summary>The report: its body and how it is packed.</summary>
internal static class ReportTargets
{
    public static readonly FuzzTarget Body = new(
        "report",
        ReadBody,
        () => [.. Seeds.Vectors("report-body"), .. Seeds.Folder("reports"), .. Seeds.Folder("samples")],
        "\"organization-name\"", "\"date-range\"", "\"start-datetime\"", "\"end-datetime\"", "\"contact-info\"", "\"report-id\"",
        "\"policies\"", "\"policy\"", "\"policy-type\"", "\"policy-string\"", "\"policy-domain\"", "\"mx-host\"", "\"summary\"",
        "\"total-successful-session-count\"", "\"total-failure-session-count\"", "\"failure-details\"", "\"result-type\"",
        "\"failed-session-count\"", "null", "true", "1e400", "9223372036854775808", "-1", "[", "]", "{}", "\\u0000", "\\ud800", "[[[[[[[[[[[[[[[[[");

    private static void ReadBody(ReadOnlySpan<byte> json)
    {
        ReportReading reading = ReportReader.Read(json);
        foreach (ReportDefect defect in reading.Defects)
            Promise.Kept(defect.Offset >= 0 && defect.Offset <= json.Length, $"{defect.Code} lies within the text.");
        if (reading.Report is { } report)
            CheckReport(report);
        else
            Promise.Kept(!reading.Defects.IsEmpty, "A report that cannot be used has a defect.");
    }

    private static void CheckReport(Report report)
    {
        Promise.Kept(report.Policies.Length <= ReportLimits.Policies, "There is a limit to the policies.");
        Promise.Kept(report.DateRange.Start <= report.DateRange.End, "Time does not run backwards.");
        foreach (ReportPolicy policy in report.Policies)
        {
            Promise.Kept(policy.SuccessfulSessions is >= 0 and <= ReportLimits.Sessions, "Sessions are within limits.");
            Promise.Kept(policy.FailedSessions is >= 0 and <= ReportLimits.Sessions, "Failed sessions are within limits.");
            foreach (FailureDetail failure in policy.Failures)
                Promise.Kept(failure.FailedSessions is >= 0 and <= ReportLimits.Sessions, "Failed sessions are within limits.");
        }
    }
}
