using System.Collections.Immutable;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.ReportIntake;

/// <summary>Says why a text is no report that can be used.</summary>
internal static class ReportFault
{
    private const string Members = "organization-name, date-range, report-id and policies";

    // The library's names for these defects.
    private const string Missing = "member-missing";
    private const string WrongType = "member-wrong-type";
    private const string TooLong = "body-too-long";

    /// <summary>The reason, in a word and as a sentence.</summary>
    /// <param name="defects">What the reader found, at least one of them fatal.</param>
    public static (RefusalKind Kind, string Reason) In(ImmutableArray<ReportDefect> defects)
    {
        ReportDefect first = defects.First(defect => defect.IsFatal);
        RefusalKind kind = first.Code == TooLong ? RefusalKind.TooLarge : RefusalKind.Unreadable;
        string[] missing = [.. defects.Where(IsMissingAbove).Select(defect => defect.JsonPointer[1..])];

        // RFC 8460 §4.4: a report is an object with these members.
        return first switch
        {
            { Code: WrongType, JsonPointer: "" } => (kind, $"A report is an object with {Members}, and this is none (at byte {first.Offset})"),
            _ when IsMissingAbove(first) => (kind, $"It lacks {string.Join(", ", missing)}; a report is an object with {Members} (at byte {first.Offset})"),
            _ => (kind, $"{(first.JsonPointer.Length == 0 ? "" : $"{first.JsonPointer}: ")}{first.Message} (at byte {first.Offset})"),
        };
    }

    private static bool IsMissingAbove(ReportDefect defect) => defect is { Code: Missing, IsFatal: true } && defect.JsonPointer.LastIndexOf('/') == 0;
}
