using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>A short name for what a report counts, whatever its spelling: white space and order of members do not count.</summary>
internal static class ReportContent
{
    public static UInt128 Of(Report report)
    {
        var content = new Fingerprint();
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
