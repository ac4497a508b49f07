using System.Globalization;
using System.Text.Json;

namespace Waxseal.Hosting.Metrics;

/// <summary>Writes measurements as an ExportMetricsServiceRequest of OTLP 1 in its JSON encoding: whole numbers of 64 bits are texts.</summary>
internal static class OtlpJson
{
    private const string Name = "waxseal";

    // AGGREGATION_TEMPORALITY_CUMULATIVE
    private const int Cumulative = 2;

    private const long NanosecondsOfTick = 100;

    // One for each process, so that sums that begin anew are told from those of the process before.
    private static readonly string InstanceId = Guid.NewGuid().ToString();

    /// <summary>All that was measured.</summary>
    /// <param name="measurements">The measurements.</param>
    /// <param name="now">The time.</param>
    public static byte[] Write(Measurements measurements, DateTimeOffset now)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceMetrics");
            json.WriteStartObject();
            json.WriteStartObject("resource");
            WriteAttributes(json, [("service.name", Name), ("service.version", ProcessMetrics.Version), ("service.instance.id", InstanceId), ("host.name", Environment.MachineName)]);
            json.WriteEndObject();
            json.WriteStartArray("scopeMetrics");
            json.WriteStartObject();
            json.WriteStartObject("scope");
            json.WriteString("name", Name);
            json.WriteString("version", ProcessMetrics.Version);
            json.WriteEndObject();
            json.WriteStartArray("metrics");
            measurements.Read(family => Write(json, family, now));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Family family, DateTimeOffset now)
    {
        if (!family.All.Any())
            return;

        json.WriteStartObject();
        json.WriteString("name", family.Instrument.Name);
        json.WriteString("description", family.Instrument.Description);
        if (family.Instrument.Unit is { } unit)
            json.WriteString("unit", unit);
        json.WriteStartObject(family.Kind switch
        {
            FamilyKind.Counter => "sum",
            FamilyKind.Histogram => "histogram",
            _ => "gauge",
        });
        if (family.Kind != FamilyKind.Gauge)
            json.WriteNumber("aggregationTemporality", Cumulative);
        if (family.Kind == FamilyKind.Counter)
            json.WriteBoolean("isMonotonic", true);
        json.WriteStartArray("dataPoints");
        foreach ((_, Series series) in family.All)
            WritePoint(json, family, series, now);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter json, Family family, Series series, DateTimeOffset now)
    {
        json.WriteStartObject();
        WriteAttributes(json, series.Words);
        if (family.Kind != FamilyKind.Gauge)
            json.WriteString("startTimeUnixNano", Nanoseconds(ProcessMetrics.StartedAt));
        json.WriteString("timeUnixNano", Nanoseconds(now));
        if (family.Kind == FamilyKind.Histogram)
            WriteBuckets(json, family, series);
        else if (family.IsWhole)
            json.WriteString("asInt", Whole((long)series.Value));
        else
            WriteNumber(json, "asDouble", series.Value);
        json.WriteEndObject();
    }

    private static void WriteBuckets(Utf8JsonWriter json, Family family, Series series)
    {
        json.WriteString("count", Whole(series.Buckets.Sum()));
        WriteNumber(json, "sum", series.Value);
        json.WriteStartArray("bucketCounts");
        foreach (long count in series.Buckets)
            json.WriteStringValue(Whole(count));
        json.WriteEndArray();
        json.WriteStartArray("explicitBounds");
        foreach (double bound in family.Bounds)
            json.WriteNumberValue(bound);
        json.WriteEndArray();
    }

    private static void WriteAttributes(Utf8JsonWriter json, IEnumerable<(string Name, string Word)> words)
    {
        json.WriteStartArray("attributes");
        foreach ((string name, string word) in words)
        {
            json.WriteStartObject();
            json.WriteString("key", name);
            json.WriteStartObject("value");
            json.WriteString("stringValue", word);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // JSON has no other numbers; they are texts there: NaN, Infinity and -Infinity.
    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }

    private static string Nanoseconds(DateTimeOffset time) => Whole((time - DateTimeOffset.UnixEpoch).Ticks * NanosecondsOfTick);

    private static string Whole(long number) => number.ToString(CultureInfo.InvariantCulture);
}
