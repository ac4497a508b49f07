using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using Waxseal.Protocol.TlsRpt.Forms;
using Waxseal.Protocol.TlsRpt.Writing;

namespace Waxseal.Protocol.TlsRpt;

/// <summary>
/// Writes report bodies (RFC 8460 §4.4), strictly: what it writes reads back without a defect, and the same report always
/// gives the same bytes.
/// </summary>
public static class ReportWriter
{
    // The text goes into a file of its own, never into HTML, so letters outside ASCII stay as they are.
    internal static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static readonly JsonWriterOptions Options = new() { Encoder = Encoder };

    /// <summary>Writes a report that conforms.</summary>
    /// <remarks>
    /// Names are written in A-labels and IPv6 addresses in the form of RFC 5952 §4. The date range must be one whole
    /// UTC day and is written from 00:00:00 to 23:59:59. Absent members are left out; <c>failure-details</c> is always
    /// there.
    /// </remarks>
    /// <param name="report">The report.</param>
    /// <param name="json">The JSON text in UTF-8 without byte order mark, or null.</param>
    /// <param name="error">The first thing that does not conform, or null.</param>
    public static bool TryWrite(
        Report report,
        [NotNullWhen(true)] out byte[]? json,
        [NotNullWhen(false)] out ReportWriteError? error)
    {
        json = null;
        Report conforming = new ConformingReport().Make(report, out error);
        if (error is not null)
            return false;

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            WriteReport(writer, conforming);

        if (buffer.WrittenCount > ReportLimits.BodyBytes)
        {
            error = new ReportWriteError("", $"The report is longer than {ReportLimits.BodyBytes} bytes.");
            return false;
        }

        json = buffer.WrittenSpan.ToArray();
        return true;
    }

    private static void WriteReport(Utf8JsonWriter json, Report report)
    {
        json.WriteStartObject();
        json.WriteString("organization-name"u8, report.OrganizationName);
        json.WriteStartObject("date-range"u8);
        json.WriteString("start-datetime"u8, DateTimeText.Format(report.DateRange.Start));
        json.WriteString("end-datetime"u8, DateTimeText.Format(report.DateRange.End));
        json.WriteEndObject();
        json.WriteString("contact-info"u8, report.ContactInfo);
        json.WriteString("report-id"u8, report.ReportId);

        // RFC 8460 §4: an array, even of a single policy.
        json.WriteStartArray("policies"u8);
        foreach (ReportPolicy policy in report.Policies)
            WriteEntry(json, policy);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, ReportPolicy policy)
    {
        json.WriteStartObject();
        json.WriteStartObject("policy"u8);
        json.WriteString("policy-type"u8, policy.Type.ToWord());
        WriteList(json, "policy-string"u8, policy.PolicyString);
        json.WriteString("policy-domain"u8, policy.PolicyDomain);
        WriteList(json, "mx-host"u8, policy.MxHosts);
        json.WriteEndObject();

        json.WriteStartObject("summary"u8);
        json.WriteNumber("total-successful-session-count"u8, policy.SuccessfulSessions);
        json.WriteNumber("total-failure-session-count"u8, policy.FailedSessions);
        json.WriteEndObject();

        json.WriteStartArray("failure-details"u8);
        foreach (FailureDetail failure in policy.Failures)
            WriteFailure(json, failure);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFailure(Utf8JsonWriter json, FailureDetail failure)
    {
        json.WriteStartObject();
        json.WriteString("result-type"u8, failure.Type.ToWord());
        WriteOptional(json, "sending-mta-ip"u8, failure.SendingMtaIp);
        WriteOptional(json, "receiving-mx-hostname"u8, failure.ReceivingMxHost);
        WriteOptional(json, "receiving-mx-helo"u8, failure.ReceivingMxHelo);
        WriteOptional(json, "receiving-ip"u8, failure.ReceivingIp);
        json.WriteNumber("failed-session-count"u8, failure.FailedSessions);
        WriteOptional(json, "additional-information"u8, failure.AdditionalInformation);
        WriteOptional(json, "failure-reason-code"u8, failure.FailureReasonCode);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void WriteList(Utf8JsonWriter json, ReadOnlySpan<byte> name, ImmutableArray<string> entries)
    {
        if (entries.IsEmpty)
            return;

        json.WriteStartArray(name);
        foreach (string entry in entries)
            json.WriteStringValue(entry);
        json.WriteEndArray();
    }
}
