using System.Text.Json;

namespace Waxseal.Bench;

/// <summary>Reports as JSON, the same for the same numbers.</summary>
internal static class ReportText
{
    private static readonly string[] ResultTypes =
        ["sts-policy-fetch-error", "certificate-expired", "starttls-not-supported", "certificate-host-mismatch", "sts-webpki-invalid", "validation-failure"];

    public static readonly (string Name, string Mail)[] Reporters =
    [
        ("Google Inc.", "smtp-tls-reporting@google.com"),
        ("Microsoft Corporation", "tlsrpt-noreply@microsoft.com"),
        ("Yahoo Inc.", "tls-rpt@yahooinc.example"),
        ("Comcast", "tls-rpt@comcast.example"),
        ("Example Mail Service", "reports@mail.example"),
    ];

    private static readonly DateTime FirstDay = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static DateTime DayOf(int number) => FirstDay.AddDays(number / 200 % 90);

    public static (string Name, string Mail) ReporterOf(int number) => Reporters[number % Reporters.Length];

    public static string PolicyDomainOf(int number) => $"customer{number / Reporters.Length % 40:D2}.example";

    /// <summary>The report with this number: reporters, policy domains and days follow from it.</summary>
    public static byte[] Of(int number, int policies, int failures)
    {
        MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            (string name, string mail) = ReporterOf(number);
            json.WriteStartObject();
            json.WriteString("organization-name", name);
            json.WriteStartObject("date-range");
            json.WriteString("start-datetime", DayOf(number).ToString("yyyy-MM-dd'T'00:00:00'Z'", null));
            json.WriteString("end-datetime", DayOf(number).ToString("yyyy-MM-dd'T'23:59:59'Z'", null));
            json.WriteEndObject();
            json.WriteString("contact-info", mail);
            json.WriteString("report-id", $"{number:D8}@{mail[(mail.IndexOf('@') + 1)..]}");
            json.WriteStartArray("policies");
            for (int policy = 0; policy < policies; policy++)
                WritePolicy(json, number, policy, failures);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return text.ToArray();
    }

    private static void WritePolicy(Utf8JsonWriter json, int number, int policy, int failures)
    {
        string policyDomain = policy == 0 ? PolicyDomainOf(number) : $"p{policy}.{PolicyDomainOf(number)}";
        json.WriteStartObject();
        json.WriteStartObject("policy");
        json.WriteString("policy-type", "sts");
        WriteArray(json, "policy-string", "version: STSv1", "mode: enforce", $"mx: mx.{policyDomain}", "max_age: 604800");
        json.WriteString("policy-domain", policyDomain);
        WriteArray(json, "mx-host", $"mx.{policyDomain}");
        json.WriteEndObject();
        json.WriteStartObject("summary");
        json.WriteNumber("total-successful-session-count", 100 + number % 1000);
        json.WriteNumber("total-failure-session-count", failures);
        json.WriteEndObject();
        json.WriteStartArray("failure-details");
        for (int failure = 0; failure < failures; failure++)
            WriteFailure(json, ResultTypes[(number + failure) % ResultTypes.Length], policyDomain, failure);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter json, string resultType, string policyDomain, int failure)
    {
        json.WriteStartObject();
        json.WriteString("result-type", resultType);
        json.WriteString("sending-mta-ip", $"192.0.2.{failure % 250 + 1}");
        json.WriteString("receiving-mx-hostname", $"mx.{policyDomain}");
        json.WriteNumber("failed-session-count", 1);
        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, string name, params ReadOnlySpan<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
