using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Protocol.TlsRpt.Packing;

namespace Waxseal.Inputs;

/// <summary>Takes one file or MIME part apart into the reports in it.</summary>
internal static class PackedReports
{
    // The library's name for an entry of an archive that is lost: no mere slip to whoever counts on all reports.
    private const string EntryUnusable = "archive-entry-unusable";

    /// <summary>The reports in some bytes, or one result that says why there are none.</summary>
    public static IEnumerable<IntakeResult> Open(ReportOrigin origin, ReadOnlyMemory<byte> packed)
    {
        return ReportUnpacking.Unpack(packed) switch
        {
            UnpackingResult.Unpacked unpacked => OfUnpacked(origin, unpacked),
            UnpackingResult.Failed when DmarcReport.IsLikely(packed) =>
                [new IntakeResult.Skipped(origin, DmarcReport.Reason)],
            UnpackingResult.Failed { Fault: UnpackingFault.NotRecognised } other =>
                [new IntakeResult.Skipped(origin, AsReason(other.Message))],
            UnpackingResult.Failed failed =>
                [new IntakeResult.Failed(origin, AsReason(failed.Message), failed.Offset) { WasRead = true, IsTooLarge = failed.Fault is UnpackingFault.TooLarge or UnpackingFault.TooLong }],
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Whether a JSON text has any of the members that every report has (RFC 8460 §4.4).</summary>
    public static bool IsLikely(ReadOnlySpan<byte> json) =>
        json.IndexOf("\"date-range\""u8) >= 0
        || json.IndexOf("\"report-id\""u8) >= 0
        || json.IndexOf("\"organization-name\""u8) >= 0
        || json.IndexOf("\"policies\""u8) >= 0;

    /// <summary>Whether a text is no JSON, or nested deeper than anyone means to.</summary>
    public static bool IsBrokenJson(ReadOnlySpan<byte> json)
    {
        // RFC 8259 §8.1: a parser may pass over a byte order mark.
        Utf8JsonReader reader = new(json.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? json[3..] : json);
        try
        {
            while (reader.Read())
            {
                // The way alone counts.
            }

            return false;
        }
        catch (JsonException)
        {
            // The framework has no Try form of this step.
            return true;
        }
    }

    private static IEnumerable<IntakeResult> OfUnpacked(ReportOrigin origin, UnpackingResult.Unpacked unpacked)
    {
        ImmutableArray<ReportDefect> slips = unpacked.Defects.RemoveAll(defect => defect.Code == EntryUnusable);
        foreach (UnpackedReport report in unpacked.Reports)
            yield return new IntakeResult.Found(origin with { Entry = report.EntryName }, report.Json, slips);
        foreach (ReportDefect lost in unpacked.Defects.Where(defect => defect.Code == EntryUnusable))
            yield return new IntakeResult.Failed(origin, $"holds more than can be read: {lost.Message.TrimEnd('.')}", lost.Offset) { WasRead = true };
    }

    private static string AsReason(string sentence) => $"holds no report that can be read: {sentence.TrimEnd('.')}";
}
