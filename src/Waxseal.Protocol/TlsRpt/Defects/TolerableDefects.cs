namespace Waxseal.Protocol.TlsRpt.Defects;

/// <summary>The defects a report can be read with.</summary>
internal static class TolerableDefects
{
    private const string Google2019 = "Google (2019)";
    private const string Halon = "Halon";
    private const string Microsoft = "Microsoft";
    private const string PostfixTlsrptReporter = "Postfix with tlsrpt-reporter";
    private const string Stalwart = "Stalwart";

    public static readonly DefectKind ByteOrderMark = new("byte-order-mark",
        "The text begins with a byte order mark, which JSON does not allow; it was skipped.")
    {
        Rule = "RFC 8259 §8.1",
    };

    public static readonly DefectKind ExplicitNull = new("explicit-null",
        "The value is null; it was read as absent.", Stalwart);

    public static readonly DefectKind EmptyText = new("text-empty",
        "The text is empty; it was read as absent.", Halon);

    public static readonly DefectKind ValueIgnored = new("value-ignored",
        "The value is not of the JSON type the standard demands; it was left out.");

    public static readonly DefectKind BadCharacters = new("characters-replaced",
        "The text has bytes that are no UTF-8, half a surrogate pair or NUL; U+FFFD stands for each.")
    {
        Rule = "RFC 7493 §2.1",
    };

    public static readonly DefectKind TextCut = new("text-cut",
        $"The text is longer than {ReportLimits.TextBytes} bytes; the rest was cut off.")
    {
        Rule = ReportLimits.Rule,
    };

    public static readonly DefectKind ListCut = new("list-cut",
        $"The list has more than {ReportLimits.ListEntries} entries, or all lists of the report more than "
        + $"{ReportLimits.ListEntriesInAll}; the rest was left out.")
    {
        Rule = ReportLimits.Rule,
    };

    public static readonly DefectKind MemberMisnamed = new("member-misnamed",
        "The member bears the name the standard gives to its value; it was read as the member meant.");

    public static readonly DefectKind ZoneMissing = new("time-zone-missing",
        "The time has no zone; it was read as UTC.", "Microsoft (2023)");

    public static readonly DefectKind NotUtcDay = new("date-range-not-utc-day",
        "The date range is not one whole UTC day.", Stalwart);

    public static readonly DefectKind ContactMissing = new("contact-info-missing",
        "The report names no contact.", Stalwart);

    public static readonly DefectKind ContactNotAddress = new("contact-info-not-address",
        "The contact is no plain mail address; it was kept as written.");

    public static readonly DefectKind PoliciesEmpty = new("policies-empty",
        "The report speaks of no policy.");

    public static readonly DefectKind PolicyMissing = new("policy-missing",
        "The entry does not say which policy it is about; its counts were kept.");

    public static readonly DefectKind PolicyTypeMissing = new("policy-type-missing",
        "The kind of policy is missing.");

    public static readonly DefectKind PolicyTypeCase = new("policy-type-case",
        "The kind of policy is not written in lower case; it was read as the word meant.");

    public static readonly DefectKind PolicyTypeUnknown = new("policy-type-unknown",
        "The kind of policy is a word the standard does not have; it was kept as written.", Stalwart);

    public static readonly DefectKind PolicyDomainMissing = new("policy-domain-missing",
        "The policy domain is missing.", $"{PostfixTlsrptReporter} before September 2025, {Google2019}");

    public static readonly DefectKind PolicyDomainInvalid = new("policy-domain-invalid",
        "The policy domain is no domain name; it was kept as written, in lower case.");

    public static readonly DefectKind PolicyDomainRootDot = new("policy-domain-root-dot",
        "The policy domain ends with a dot; the dot was dropped.");

    public static readonly DefectKind PolicyDomainCase = new("policy-domain-case",
        "The policy domain has capital letters; it was read in lower case.");

    public static readonly DefectKind PolicyDomainULabel = new("policy-domain-u-label",
        "The policy domain is written in U-labels; it was turned into A-labels.");

    public static readonly DefectKind ListIsText = new("list-is-text",
        "The value is one string in place of an array of strings; it was read as an array of one.",
        "reporters that follow the example of RFC 8460 appendix B");

    public static readonly DefectKind ListInsideText = new("list-inside-text",
        "The value is one string that holds the list once more, in brackets; it was taken apart.", Microsoft);

    public static readonly DefectKind MxHostMissing = new("mx-host-missing",
        "The MX patterns of the policy are missing; the policy itself names them.", Microsoft);

    public static readonly DefectKind MxHostPrefix = new("mx-host-prefix",
        "The MX pattern is preceded by \"mx:\", as in the policy; the prefix was dropped.");

    public static readonly DefectKind SummaryMissing = new("summary-missing",
        "The summary is missing; its counts were read as 0.", Google2019);

    public static readonly DefectKind CountMissing = new("count-missing",
        "The count is missing; it was read as 0.", Google2019);

    public static readonly DefectKind CountIsText = new("count-is-text",
        "The count is a string in place of a number; it was read as the number it spells.");

    public static readonly DefectKind ResultTypeMissing = new("result-type-missing",
        "The kind of failure is missing.");

    public static readonly DefectKind ResultTypeCase = new("result-type-case",
        "The kind of failure is not written in lower case; it was read as the word meant.");

    public static readonly DefectKind ResultTypeUnknown = new("result-type-unknown",
        "The kind of failure is a word the standard does not have; it was kept as written.", Stalwart);

    public static readonly DefectKind AddressInvalid = new("ip-address-invalid",
        "The text is no IP address; it was kept as written.");

    public static readonly DefectKind AddressForm = new("ip-address-form",
        "The IPv6 address is not in the form of RFC 5952; it was kept as written.");

    public static readonly DefectKind HeloWhole = new("helo-whole-response",
        "The name the MX host announced comes with its whole EHLO response; only the name was kept.",
        PostfixTlsrptReporter);

    public static readonly DefectKind UriInvalid = new("additional-information-not-uri",
        "The text is no URI; it was kept as written.");

    public static readonly DefectKind MoreOfTheKind = new("defects-not-listed",
        "More defects of the same kinds are not listed one by one:")
    {
        Rule = ReportLimits.Rule,
    };
}
