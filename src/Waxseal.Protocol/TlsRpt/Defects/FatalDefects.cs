namespace Waxseal.Protocol.TlsRpt.Defects;

/// <summary>The defects a report cannot be used with.</summary>
internal static class FatalDefects
{
    public static readonly DefectKind BodyTooLong = Limit("body-too-long",
        $"The report is longer than {ReportLimits.BodyBytes} bytes.");

    public static readonly DefectKind NotJson = new("not-json", "The text is no JSON text from here on.")
    {
        IsFatal = true,
        EndsReading = true,
        Rule = "RFC 8259 §2",
    };

    public static readonly DefectKind TooDeep = Limit("json-too-deep",
        $"More than {ReportLimits.Depth} objects and arrays stand one inside the other.");

    public static readonly DefectKind TooManyMembers = Limit("members-too-many",
        $"The object has more than {ReportLimits.Members} members.");

    public static readonly DefectKind TooManyPolicies = Limit("policies-too-many",
        $"The report has more than {ReportLimits.Policies} policies.");

    public static readonly DefectKind TooManyFailures = Limit("failure-details-too-many",
        $"The report has more than {ReportLimits.FailureDetails} failure details.");

    public static readonly DefectKind MemberRepeated = Fatal("member-repeated",
        "The object has this member twice; which one counts cannot be told.", "RFC 7493 §2.3");

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

    private static DefectKind Fatal(string code, string meaning, string rule = "RFC 8460 §4.4") =>
        new(code, meaning) { IsFatal = true, Rule = rule };

    // RFC 8460 §7: anyone may send anything, so there is an end to what is read.
    private static DefectKind Limit(string code, string meaning) =>
        new(code, meaning) { IsFatal = true, EndsReading = true, Rule = ReportLimits.Rule };
}
