using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Waxseal.Storage.Reports;

namespace Waxseal.Answers;

/// <summary>Reports as lines for other programs, each a row of CSV or an object of JSON.</summary>
internal static class ReportTable
{
    private static readonly ImmutableArray<string> Columns =
        ["policy_domain", "id", "state", "received_at", "times_received", "channel", "origin", "trust", "submitter", "reporter", "organization_name", "report_id", "start", "end", "successful", "failed", "fault", "reason"];

    /// <summary>The first line of CSV.</summary>
    public static string CsvHeader => $"{string.Join(',', Columns)}\r\n";

    /// <summary>A report as a line of CSV.</summary>
    public static string Csv(StoredReport report) => $"{string.Join(',', FieldsOf(report).Select(Csv))}\r\n";

    /// <summary>A report as a line of JSON.</summary>
    public static string Json(StoredReport report)
    {
        string?[] fields = FieldsOf(report);
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            for (int i = 0; i < Columns.Length; i++)
            {
                if (Columns[i] is "times_received" or "successful" or "failed")
                    json.WriteNumber(Columns[i], long.Parse(fields[i]!, CultureInfo.InvariantCulture));
                else
                    json.WriteString(Columns[i], fields[i]);
            }

            json.WriteEndObject();
        }

        return $"{System.Text.Encoding.UTF8.GetString(stream.ToArray())}\n";
    }

    private static string?[] FieldsOf(StoredReport report) =>
    [
        report.Reference.PolicyDomain, report.Reference.Id, report.State.ToWord(), UtcTime.Of(report.Arrival.At), Number(report.TimesReceived),
        report.Arrival.Channel.ToWord(), report.Arrival.Origin, report.Arrival.Trust.ToWord(), report.Arrival.Submitter, report.Reporter,
        report.OrganizationName, report.ReportId, report.DateRange is { } range ? UtcTime.Of(range.Start) : null, report.DateRange is { } same ? UtcTime.Of(same.End) : null,
        Number(report.Successful), Number(report.Failed), report.Fault, WhyNotCounted.Of(report)?.Reason,
    ];

    // RFC 4180 §2. A spreadsheet takes what begins with these for a formula; a mark before it makes it a text.
    private static string Csv(string? field)
    {
        string text = field ?? "";
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            text = $"'{text}";
        return text.AsSpan().IndexOfAny("\",\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
