using System.Collections.Immutable;
using System.Text.Json;
using Waxseal.Protocol.TlsRpt.Defects;

namespace Waxseal.Protocol.TlsRpt.Body;

/// <summary>Reads one entry of <c>policies</c> (RFC 8460 §4.4): a policy, its summary and its failure details.</summary>
internal static class PolicyEntryParser
{
    public static ReportPolicy Read(ref ReportCursor cursor)
    {
        ReportPolicy? policy = null;
        (long Successful, long Failed)? summary = null;
        ImmutableArray<FailureDetail> failures = [];
        var seen = new MembersSeen();
        while (cursor.TryReadMember(ReportObject.PolicyEntry, ref seen, out ReportMember member))
        {
            if (member == ReportMember.Policy && cursor.Is(JsonTokenType.StartObject))
                policy = PolicyParser.Read(ref cursor);
            else if (member == ReportMember.Summary && cursor.Is(JsonTokenType.StartObject))
                summary = ReadSummary(ref cursor);
            else if (member == ReportMember.FailureDetails && cursor.Is(JsonTokenType.StartArray))
                failures = ReadFailures(ref cursor);
        }

        if (policy is null)
            cursor.NoteMissing(TolerableDefects.PolicyMissing, ReportMember.Policy);
        if (summary is null)
            cursor.NoteMissing(TolerableDefects.SummaryMissing, ReportMember.Summary);

        return (policy ?? PolicyParser.Unknown) with
        {
            SuccessfulSessions = summary?.Successful ?? 0,
            FailedSessions = summary?.Failed ?? 0,
            Failures = failures,
        };
    }

    // RFC 8460 §4.4: both counts are always there. Deviation: Google once left out zeros
    // (corpus/reports/counts-omitted.json).
    private static (long Successful, long Failed) ReadSummary(ref ReportCursor cursor)
    {
        long? successful = null;
        long? failed = null;
        var seen = new MembersSeen();
        while (cursor.TryReadMember(ReportObject.Summary, ref seen, out ReportMember member))
        {
            if (member == ReportMember.TotalSuccessfulSessionCount)
                successful = cursor.ReadCount();
            else
                failed = cursor.ReadCount();
        }

        if (successful is null)
            cursor.NoteMissing(TolerableDefects.CountMissing, ReportMember.TotalSuccessfulSessionCount);
        if (failed is null)
            cursor.NoteMissing(TolerableDefects.CountMissing, ReportMember.TotalFailureSessionCount);
        return (successful ?? 0, failed ?? 0);
    }

    private static ImmutableArray<FailureDetail> ReadFailures(ref ReportCursor cursor)
    {
        var failures = ImmutableArray.CreateBuilder<FailureDetail>();
        for (int i = 0; cursor.TryReadElement(i); i++)
        {
            if (++cursor.FailureDetails > ReportLimits.FailureDetails)
                cursor.Note(FatalDefects.TooManyFailures);
            else if (cursor.Is(JsonTokenType.StartObject))
                failures.Add(FailureParser.Read(ref cursor));
        }

        return failures.ToImmutable();
    }
}
