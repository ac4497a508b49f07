using System.Collections.Immutable;
using System.Text.Json;
using Waxseal.Protocol.TlsRpt.Defects;
using Waxseal.Protocol.TlsRpt.Forms;

namespace Waxseal.Protocol.TlsRpt.Body;

/// <summary>Reads the outermost object of a report (RFC 8460 §4.4).</summary>
internal struct ReportParser()
{
    private static readonly ReportMember[] Required =
        [ReportMember.OrganizationName, ReportMember.DateRange, ReportMember.ReportId, ReportMember.Policies];

    private string? _organizationName;
    private string? _contactInfo;
    private string? _reportId;
    private DateRangeParser? _dateRange;
    private ImmutableArray<ReportPolicy>? _policies;

    /// <summary>Reads the report; null when it cannot be used.</summary>
    public static Report? Read(ref ReportCursor cursor)
    {
        if (!cursor.Next())
            return null;
        if (cursor.Token != JsonTokenType.StartObject)
        {
            cursor.Note(FatalDefects.WrongType);
            return null;
        }

        var parser = new ReportParser();
        var seen = new MembersSeen();
        while (cursor.TryReadMember(ReportObject.Report, ref seen, out ReportMember member))
            parser.ReadMember(member, ref cursor);
        parser.NoteMissing(seen, ref cursor);
        return parser.ToReport(ref cursor);
    }

    private void ReadMember(ReportMember member, ref ReportCursor cursor)
    {
        switch (member)
        {
            case ReportMember.OrganizationName:
                _organizationName = cursor.ReadRequiredText();
                break;
            case ReportMember.DateRange when cursor.IsRequired(JsonTokenType.StartObject):
                _dateRange = DateRangeParser.Read(ref cursor);
                break;
            case ReportMember.ContactInfo:
                _contactInfo = ReadContact(ref cursor);
                break;
            case ReportMember.ReportId:
                _reportId = cursor.ReadRequiredText();
                break;
            case ReportMember.Policies when cursor.IsRequired(JsonTokenType.StartArray):
                _policies = ReadPolicies(ref cursor);
                break;
        }
    }

    // RFC 8460 §4.4: these members are not optional. Deviation: a contact may be missing, as Stalwart writes null
    // (corpus/reports/contact-null.json).
    private readonly void NoteMissing(MembersSeen seen, ref ReportCursor cursor)
    {
        foreach (ReportMember member in Required)
        {
            if (!seen.Contains(member))
                cursor.NoteMissing(FatalDefects.MemberMissing, member);
        }

        if (_contactInfo is null)
            cursor.NoteMissing(TolerableDefects.ContactMissing, ReportMember.ContactInfo);
    }

    private readonly Report? ToReport(ref ReportCursor cursor)
    {
        ReportDateRange? range = _dateRange?.ToRange(_organizationName, _contactInfo, ref cursor);

        // RFC 8259 §2: one value, and nothing after it.
        if (cursor.Next() || !cursor.IsUsable)
            return null;

        return new Report
        {
            OrganizationName = _organizationName!,
            DateRange = range!,
            ContactInfo = _contactInfo,
            ReportId = _reportId!,
            Policies = _policies!.Value,
        };
    }

    // RFC 8460 §4.4: an addr-spec of RFC 5322 §3.4.1.
    private static string? ReadContact(ref ReportCursor cursor)
    {
        string? text = cursor.ReadText();
        if (text is not null && !ContactText.IsAddrSpec(text))
            cursor.Note(TolerableDefects.ContactNotAddress);
        return text;
    }

    // RFC 8460 §4: an array, even of a single policy.
    private static ImmutableArray<ReportPolicy> ReadPolicies(ref ReportCursor cursor)
    {
        var policies = ImmutableArray.CreateBuilder<ReportPolicy>();
        for (int i = 0; cursor.TryReadElement(i); i++)
        {
            if (i == ReportLimits.Policies)
                cursor.Note(FatalDefects.TooManyPolicies);
            else if (cursor.Is(JsonTokenType.StartObject))
                policies.Add(PolicyEntryParser.Read(ref cursor));
        }

        if (policies.Count == 0)
            cursor.Note(TolerableDefects.PoliciesEmpty);
        return policies.ToImmutable();
    }
}
