using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Waxseal.Answers;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage.Reports;

namespace Waxseal.Commands.Store;

/// <summary>The answers of <c>store list --json</c> and <c>store show --json</c>. Members are only ever added; <c>version</c> changes when one must go.</summary>
internal static class ReportJson
{
    private const int Version = 1;

    /// <summary>Writes a page of the list.</summary>
    public static void Write(Stream output, ReportPage page) => Write(output, json =>
    {
        json.WriteStartArray("reports");
        foreach (StoredReport report in page.Reports)
        {
            json.WriteStartObject();
            Write(json, report);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("next", page.Next?.ToString());
    });

    /// <summary>Writes one report whole.</summary>
    public static void Write(Stream output, StoredReport report, ImmutableArray<PolicySessions> policies) => Write(output, json =>
    {
        Write(json, report);
        json.WriteString("origin", report.Arrival.Origin);
        json.WriteString("trustReason", report.Arrival.TrustReason);
        json.WriteString("lastReceivedAt", UtcTime.Of(report.LastReceivedAt));
        json.WriteString("contactInfo", report.ContactInfo);
        json.WritePropertyName("defects");
        json.WriteRawValue(report.Defects);
        json.WriteStartArray("policies");
        foreach (PolicySessions policy in policies)
            Write(json, policy);
        json.WriteEndArray();
    });

    private static void Write(Stream output, Action<Utf8JsonWriter> write)
    {
        using (Utf8JsonWriter json = new(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            write(json);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, StoredReport report)
    {
        WhyNotCounted? why = WhyNotCounted.Of(report);
        json.WriteString("id", report.Reference.Id);
        json.WriteString("receivedAt", UtcTime.Of(report.Arrival.At));
        json.WriteNumber("timesReceived", report.TimesReceived);
        json.WriteString("policyDomain", report.Reference.PolicyDomain);
        json.WriteString("reporter", report.Reporter);
        json.WriteString("organizationName", report.OrganizationName);
        json.WriteString("reportId", report.ReportId);
        json.WriteString("start", report.DateRange is { } range ? UtcTime.Of(range.Start) : null);
        json.WriteString("end", report.DateRange is { } same ? UtcTime.Of(same.End) : null);
        json.WriteString("state", report.State.ToWord());
        json.WriteString("reason", why?.Reason);
        json.WriteString("remedy", why?.Remedy);
        json.WriteString("trust", report.Arrival.Trust.ToWord());
        json.WriteString("submitter", report.Arrival.Submitter);
        json.WriteString("channel", report.Arrival.Channel.ToWord());
        json.WriteNumber("successful", report.Successful);
        json.WriteNumber("failed", report.Failed);
    }

    private static void Write(Utf8JsonWriter json, PolicySessions policy)
    {
        json.WriteStartObject();
        json.WriteString("policyDomain", policy.PolicyDomain);
        json.WriteString("policyType", policy.Policy.TypeText);
        Texts(json, "policyString", policy.Policy.PolicyString);
        Texts(json, "mxHosts", policy.Policy.MxHosts);
        json.WriteNumber("successful", policy.Policy.SuccessfulSessions);
        json.WriteNumber("failed", policy.Policy.FailedSessions);
        json.WriteBoolean("countedElsewhere", policy.CountedElsewhere);
        json.WriteStartArray("failures");
        foreach (FailureDetail failure in policy.Policy.Failures)
        {
            json.WriteStartObject();
            json.WriteString("resultType", failure.TypeText);
            json.WriteNumber("sessions", failure.FailedSessions);
            json.WriteString("sendingMtaIp", failure.SendingMtaIp);
            json.WriteString("receivingMxHost", failure.ReceivingMxHost);
            json.WriteString("receivingMxHelo", failure.ReceivingMxHelo);
            json.WriteString("receivingIp", failure.ReceivingIp);
            json.WriteString("failureReasonCode", failure.FailureReasonCode);
            json.WriteString("additionalInformation", failure.AdditionalInformation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
