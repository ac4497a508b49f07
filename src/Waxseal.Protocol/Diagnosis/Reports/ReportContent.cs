using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>A short name for what a report says, whatever its spelling: white space and order of members do not count.</summary>
internal static class ReportContent
{
    public static UInt128 Of(Reporter reporter, ReportEvidence evidence)
    {
        Report report = evidence.Report;

        // Microsoft may make a report again weeks later, under a new id. With any other sender another id is another report.
        string? id = ReportKey.MadeBy(reporter, report) is null ? report.ReportId : null;
        Fingerprint content = new Fingerprint().Add(reporter.Name).Add(id).Add(ReportKey.PolicyDomainsOf(evidence))
            .Add(report.DateRange.Start.UtcTicks).Add(report.DateRange.End.UtcTicks);
        foreach (ReportPolicy policy in report.Policies)
        {
            content.Add(policy.TypeText).Add(policy.PolicyDomain).Add(policy.SuccessfulSessions).Add(policy.FailedSessions);
            foreach (string line in policy.PolicyString)
                content.Add(line);
            foreach (FailureDetail failure in policy.Failures)
            {
                content.Add(failure.TypeText).Add(failure.SendingMtaIp).Add(failure.ReceivingMxHost).Add(failure.ReceivingIp)
                    .Add(failure.FailureReasonCode).Add(failure.FailedSessions);
            }
        }

        return content.Value;
    }
}
