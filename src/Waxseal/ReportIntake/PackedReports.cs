using System.Diagnostics;
using Waxseal.Protocol.TlsRpt.Packing;

namespace Waxseal.ReportIntake;

/// <summary>Takes one file or MIME part apart into the reports in it.</summary>
internal static class PackedReports
{
    /// <summary>The reports in some bytes, or one result that says why there are none.</summary>
    public static IEnumerable<IntakeResult> Open(ReportOrigin origin, ReadOnlyMemory<byte> packed)
    {
        return ReportUnpacking.Unpack(packed) switch
        {
            UnpackingResult.Unpacked unpacked => unpacked.Reports.Select(report =>
                new IntakeResult.Found(origin with { Entry = report.EntryName }, report.Json, unpacked.Defects)),
            UnpackingResult.Failed when DmarcReport.IsLikely(packed) =>
                [new IntakeResult.Skipped(origin, DmarcReport.Reason)],
            UnpackingResult.Failed { Fault: UnpackingFault.NotRecognised } other =>
                [new IntakeResult.Skipped(origin, AsReason(other.Message))],
            UnpackingResult.Failed failed =>
                [new IntakeResult.Failed(origin, AsReason(failed.Message), failed.Offset) { WasRead = true }],
            _ => throw new UnreachableException(),
        };
    }

    private static string AsReason(string sentence) => $"holds no report that can be read: {sentence.TrimEnd('.')}";

    /// <summary>Whether a JSON text has any of the members that every report has (RFC 8460 §4.4).</summary>
    public static bool IsLikely(ReadOnlySpan<byte> json) =>
        json.IndexOf("\"date-range\""u8) >= 0
        || json.IndexOf("\"report-id\""u8) >= 0
        || json.IndexOf("\"organization-name\""u8) >= 0
        || json.IndexOf("\"policies\""u8) >= 0;
}
