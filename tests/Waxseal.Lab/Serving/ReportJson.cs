namespace Waxseal.Lab.Serving;

/// <summary>Texts of reports.</summary>
internal static class ReportJson
{
    /// <summary>Its sessions that met the policy.</summary>
    public const int Successful = 5;

    /// <summary>Those that did not.</summary>
    public const int Failed = 2;

    /// <summary>A report of one policy with one failure.</summary>
    /// <param name="id">Its report-id.</param>
    /// <param name="domain">Its policy domain.</param>
    /// <param name="day">Its day.</param>
    public static string Of(string id, string domain = "example.test", string day = "2026-03-01") => $$"""
        {"organization-name":"Example Org","date-range":{"start-datetime":"{{day}}T00:00:00Z","end-datetime":"{{day}}T23:59:59Z"},"contact-info":"tls@example.org","report-id":"{{id}}","policies":[{"policy":{"policy-type":"sts","policy-string":["version: STSv1","mode: enforce","mx: mx.{{domain}}","max_age: 604800"],"policy-domain":"{{domain}}","mx-host":["mx.{{domain}}"]},"summary":{"total-successful-session-count":{{Successful}},"total-failure-session-count":{{Failed}}},"failure-details":[{"result-type":"certificate-expired","sending-mta-ip":"198.51.100.1","receiving-mx-hostname":"mx.{{domain}}","failed-session-count":{{Failed}}}]}]}
        """;
}
