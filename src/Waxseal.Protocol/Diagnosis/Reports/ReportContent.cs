using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Reports;

/// <summary>A short name for what a report says, whatever its spelling: white space and order of members do not count.</summary>
internal static class ReportContent
{
    public static UInt128 Hash(ReportKey key, Report report)
    {
        var text = new StringBuilder(1024);
        Append(text, key.Reporter, key.PolicyDomains, IdOf(key));
        text.Append(key.Start.UtcTicks).Append(' ').Append(key.End.UtcTicks).Append('\n');
        foreach (ReportPolicy policy in report.Policies)
        {
            Append(text, policy.TypeText, policy.PolicyDomain);
            text.Append(policy.SuccessfulSessions).Append(' ').Append(policy.FailedSessions).Append('\n');
            foreach (string line in policy.PolicyString)
                Append(text, line);
            foreach (FailureDetail failure in policy.Failures)
            {
                Append(text, failure.TypeText, failure.SendingMtaIp, failure.ReceivingMxHost, failure.ReceivingIp);
                Append(text, failure.FailureReasonCode);
                text.Append(failure.FailedSessions).Append('\n');
            }
        }

        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    // Microsoft may make a report again weeks later, under a new id. With any other sender another id is another report.
    private static string? IdOf(ReportKey key) =>
        key.Reporter == "Microsoft" && ReportIdShapes.MicrosoftGenerationTime(key.ReportId) is not null ? null : key.ReportId;

    // A length before each part keeps two texts from running into one another.
    private static void Append(StringBuilder text, params ReadOnlySpan<string?> parts)
    {
        foreach (string? part in parts)
            text.Append(part?.Length ?? -1).Append(':').Append(part).Append('\n');
    }
}
