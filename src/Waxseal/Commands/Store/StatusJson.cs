using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Waxseal.Answers;
using Waxseal.Storage;
using Waxseal.Storage.Engines;
using Waxseal.Storage.Looks;
using Waxseal.Storage.Reports;

namespace Waxseal.Commands.Store;

/// <summary>The answer of <c>store status --json</c>. Members are only ever added; <c>version</c> changes when one must go.</summary>
internal static class StatusJson
{
    private const int Version = 1;

    public static void Write(Stream output, Engine engine, StoreSummary summary, LookCounts looks)
    {
        using (Utf8JsonWriter json = new(output, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteString("database", engine.Name);
            json.WriteString("place", engine.Place);
            json.WriteNumber("bytes", summary.Size);
            json.WriteNumber("schemaStep", summary.SchemaStep);
            json.WriteNumber("reports", summary.Reports);
            Counts(json, "states", summary, count => count.State.ToWord());
            Counts(json, "channels", summary, count => count.Channel.ToWord());
            Quarantined(json, summary);
            json.WriteString("firstDay", Day(summary.FirstDay));
            json.WriteString("lastDay", Day(summary.LastDay));
            json.WriteString("newestArrival", Time(summary.NewestArrival));
            json.WriteNumber("policyDomains", summary.PolicyDomains);
            json.WriteStartArray("largestPolicyDomains");
            foreach (DomainCount domain in summary.Largest)
            {
                json.WriteStartObject();
                json.WriteString("policyDomain", domain.PolicyDomain);
                json.WriteNumber("reports", domain.Reports);
                json.WriteString("newestArrival", Time(domain.NewestArrival));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("looks");
            json.WriteNumber("looks", looks.Looks);
            json.WriteNumber("policyDomains", looks.PolicyDomains);
            json.WriteNumber("changes", looks.Changes);
            json.WriteString("last", Time(looks.Last));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Counts(Utf8JsonWriter json, string name, StoreSummary summary, Func<ReportCount, string> word)
    {
        json.WriteStartObject(name);
        foreach (IGrouping<string, ReportCount> group in summary.Counts.GroupBy(word))
            json.WriteNumber(group.Key, group.Sum(count => count.Reports));
        json.WriteEndObject();
    }

    private static void Quarantined(Utf8JsonWriter json, StoreSummary summary)
    {
        json.WriteStartArray("quarantined");
        foreach (IGrouping<WhyNotCounted, ReportCount> why in summary.Counts.Where(count => count.State == ReportState.Quarantined).GroupBy(WhyNotCounted.Of))
        {
            json.WriteStartObject();
            json.WriteString("reason", why.Key.Reason);
            json.WriteString("remedy", why.Key.Remedy);
            json.WriteNumber("reports", why.Sum(count => count.Reports));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string? Time(DateTimeOffset? time) => time is { } known ? UtcTime.Of(known) : null;

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
