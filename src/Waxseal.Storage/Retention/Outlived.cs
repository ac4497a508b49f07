namespace Waxseal.Storage.Retention;

/// <summary>What has been kept long enough, as conditions: what is told to go is what goes.</summary>
internal static class Outlived
{
    /// <summary>Of the bytes of reports: those that count by one time, all others by another.</summary>
    public const string Bodies = """
        EXISTS (SELECT 1 FROM report WHERE report.policy_domain = report_body.policy_domain AND report.report_key = report_body.report_key
            AND received_at < CASE state WHEN 'counted' THEN @bodies ELSE @others END)
        """;

    /// <summary>Of reports that do not count.</summary>
    public const string Refused = "state <> 'counted' AND received_at < @others";

    /// <summary>Of reports that count, by the first day of their sessions.</summary>
    public const string Counted = "state = 'counted' AND first_day < @day";

    /// <summary>Of findings and facts of looks; the last look of a policy domain stays whole.</summary>
    public const string Documents = """
        looked_at < @before AND looked_at < (SELECT MAX(looked_at) FROM look WHERE look.policy_domain = look_document.policy_domain)
        """;

    /// <summary>Of looks; the last of a policy domain stays.</summary>
    public const string Looks = """
        looked_at < @before AND EXISTS (SELECT 1 FROM look AS later WHERE later.policy_domain = look.policy_domain AND later.looked_at > look.looked_at)
        """;

    /// <summary>Of what was seen; what is there now stays.</summary>
    public const string Values = "is_current = 0 AND last_seen < @before";

    /// <summary>Of certificates; those that are there now stay.</summary>
    public const string Certificates = """
        last_seen < @before AND NOT EXISTS (
            SELECT 1 FROM observed_value WHERE observed_value.policy_domain = observed_certificate.policy_domain AND kind = 'certificates'
                AND subject = host AND is_current = 1 AND value LIKE '%' || fingerprint || '%')
        """;

    /// <summary>Of alerts; those that are open stay.</summary>
    public const string Alerts = "cleared_at < @before";

    /// <summary>Of findings; those that stand stay.</summary>
    public const string Findings = "gone_at < @before";

    /// <summary>The first day of numbers that stay: whole months go.</summary>
    public static DateOnly MonthOf(DateTimeOffset before) => new(before.UtcDateTime.Year, before.UtcDateTime.Month, 1);

    /// <summary>The later of two times.</summary>
    public static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one < other ? other : one;
}
