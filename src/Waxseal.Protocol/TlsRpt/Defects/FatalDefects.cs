namespace Waxseal.Protocol.TlsRpt.Defects;

/// <summary>The defects a report cannot be used with.</summary>
internal static class FatalDefects
{
    public static readonly DefectKind BodyTooLong = Fatal("body-too-long",
        $"The report is longer than {ReportLimits.BodyBytes} bytes.");

    public static readonly DefectKind NotJson = Fatal("not-json",
        "The text is no JSON text from here on.");

    public static readonly DefectKind TooDeep = Fatal("json-too-deep",
        $"More than {ReportLimits.Depth} objects and arrays stand one inside the other.");

    public static readonly DefectKind TooManyMembers = Fatal("members-too-many",
        $"The object has more than {ReportLimits.Members} members.");

    public static readonly DefectKind TooManyPolicies = Fatal("policies-too-many",
        $"The report has more than {ReportLimits.Policies} policies.");

    public static readonly DefectKind TooManyFailures = Fatal("failure-details-too-many",
        $"The report has more than {ReportLimits.FailureDetails} failure details.");

    public static readonly DefectKind MemberRepeated = Fatal("member-repeated",
        "The object has this member twice; which one counts cannot be told.");

    public static readonly DefectKind MemberMissing = Fatal("member-missing",
        "This member is required, and missing or empty.");

    public static readonly DefectKind WrongType = Fatal("member-wrong-type",
        "The member is of another JSON type than the standard demands.");

    public static readonly DefectKind CountInvalid = Fatal("count-invalid",
        $"A count is a whole number from 0 to {ReportLimits.Sessions}, in digits alone.");

    public static readonly DefectKind DateInvalid = Fatal("date-time-invalid",
        "The time is no RFC 3339 date-time of the years 1 to 9999, such as 2024-11-07T00:00:00Z.");

    public static readonly DefectKind ZoneMissing = Fatal("date-time-without-zone",
        "The time has no zone, and this sender is not known to mean UTC by that.");

    public static readonly DefectKind RangeBackwards = Fatal("date-range-backwards",
        "The date range ends before it starts.");

    private static DefectKind Fatal(string code, string meaning) => new(code, meaning) { IsFatal = true };
}
