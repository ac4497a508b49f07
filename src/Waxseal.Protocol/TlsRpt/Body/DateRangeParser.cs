using Waxseal.Protocol.TlsRpt.Defects;
using Waxseal.Protocol.TlsRpt.Forms;

namespace Waxseal.Protocol.TlsRpt.Body;

/// <summary>Reads the <c>date-range</c> object (RFC 8460 §4.4).</summary>
internal sealed class DateRangeParser
{
    private readonly string _pointer;
    private readonly long _offset;
    private Time? _start;
    private Time? _end;

    private DateRangeParser(string pointer, long offset)
    {
        _pointer = pointer;
        _offset = offset;
    }

    public static DateRangeParser Read(ref ReportCursor cursor)
    {
        var parser = new DateRangeParser(cursor.Pointer(), cursor.Offset);
        var seen = new MembersSeen();
        while (cursor.TryReadMember(ReportObject.DateRange, ref seen, out ReportMember member))
        {
            if (member == ReportMember.StartDateTime)
                parser._start = ReadTime(ref cursor);
            else
                parser._end = ReadTime(ref cursor);
        }

        if (!seen.Contains(ReportMember.StartDateTime))
            cursor.NoteMissing(FatalDefects.MemberMissing, ReportMember.StartDateTime);
        if (!seen.Contains(ReportMember.EndDateTime))
            cursor.NoteMissing(FatalDefects.MemberMissing, ReportMember.EndDateTime);
        return parser;
    }

    /// <summary>The range, now that it is known who wrote the report; null when it cannot be used.</summary>
    public ReportDateRange? ToRange(string? organizationName, string? contactInfo, ref ReportCursor cursor)
    {
        if (_start is null || _end is null)
            return null;

        CheckZone(_start, organizationName, contactInfo, ref cursor);
        CheckZone(_end, organizationName, contactInfo, ref cursor);
        if (_end.Utc < _start.Utc)
            cursor.NoteAt(FatalDefects.RangeBackwards, _pointer, _offset);
        var range = new ReportDateRange(_start.Utc, _end.Utc);
        if (!IsUtcDay(range))
            cursor.NoteAt(TolerableDefects.NotUtcDay, _pointer, _offset);
        return range;
    }

    /// <summary>Whether a range is one whole UTC day.</summary>
    // RFC 8460 §4.1: 00:00-24:00 UTC, which the example of §4.4 ends at 23:59:59 and others at the next midnight.
    public static bool IsUtcDay(ReportDateRange range)
    {
        TimeSpan length = range.End - range.Start;
        return range.Start.UtcDateTime.TimeOfDay == TimeSpan.Zero
            && length >= TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1)
            && length <= TimeSpan.FromDays(1);
    }

    private static Time? ReadTime(ref ReportCursor cursor)
    {
        string? text = cursor.ReadRequiredText();
        if (text is null)
            return null;

        if (DateTimeText.TryParse(text, out DateTimeOffset utc, out bool hasZone))
            return new Time(utc, hasZone, cursor.Pointer(), cursor.Offset);

        cursor.Note(FatalDefects.DateInvalid);
        return null;
    }

    // RFC 8460 §4.4: an RFC 3339 §5.6 date-time, so it carries a zone. Deviation: Microsoft left it out in 2023 and meant UTC
    // (corpus/reports/no-zone.json); from anyone else the day cannot be known.
    private static void CheckZone(Time time, string? organizationName, string? contactInfo, ref ReportCursor cursor)
    {
        if (time.HasZone)
            return;

        if (IsMicrosoft(organizationName, contactInfo))
            cursor.NoteAt(TolerableDefects.ZoneMissing, time.Pointer, time.Offset);
        else
            cursor.NoteAt(FatalDefects.ZoneMissing, time.Pointer, time.Offset);
    }

    private static bool IsMicrosoft(string? organizationName, string? contactInfo) =>
        organizationName?.StartsWith("Microsoft", StringComparison.OrdinalIgnoreCase) is true
        || contactInfo?.EndsWith("@microsoft.com", StringComparison.OrdinalIgnoreCase) is true;

    private sealed record Time(DateTimeOffset Utc, bool HasZone, string Pointer, long Offset);
}
