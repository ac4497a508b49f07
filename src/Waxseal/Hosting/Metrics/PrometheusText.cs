using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Waxseal.Hosting.Metrics;

/// <summary>Writes measurements as Prometheus reads them: its text format 0.0.4, or OpenMetrics 1.0.0.</summary>
internal static class PrometheusText
{
    public const string PlainType = "text/plain; version=0.0.4; charset=utf-8";
    public const string OpenType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// <summary>All that was measured.</summary>
    /// <param name="measurements">The measurements.</param>
    /// <param name="isOpen">Whether as OpenMetrics.</param>
    public static string Write(Measurements measurements, bool isOpen)
    {
        StringBuilder text = new();
        measurements.Read(family => Write(text, family, isOpen));
        if (isOpen)
            text.Append("# EOF\n");
        return text.ToString();
    }

    /// <summary>The name of an instrument: words joined by underscores, and the unit.</summary>
    public static string NameOf(Instrument instrument)
    {
        string name = instrument.Name.Replace('.', '_');
        return UnitOf(instrument) is { Length: > 0 } unit ? $"{name}_{unit}" : name;
    }

    private static string UnitOf(Instrument instrument) => instrument.Unit switch
    {
        "s" => "seconds",
        "By" => "bytes",
        _ => "",
    };

    private static void Write(StringBuilder text, Family family, bool isOpen)
    {
        if (!family.All.Any())
            return;

        // OpenMetrics names the family, and plain text the samples of a counter.
        string name = NameOf(family.Instrument);
        string sample = family.Kind == FamilyKind.Counter ? $"{name}_total" : name;
        string head = isOpen ? name : sample;
        text.Append(CultureInfo.InvariantCulture, $"# HELP {head} {Help(family.Instrument, isOpen)}\n# TYPE {head} {family.Kind.ToString().ToLowerInvariant()}\n");
        if (isOpen && UnitOf(family.Instrument) is { Length: > 0 } unit)
            text.Append(CultureInfo.InvariantCulture, $"# UNIT {head} {unit}\n");
        foreach ((string labels, Series series) in family.All)
        {
            if (family.Kind == FamilyKind.Histogram)
                WriteHistogram(text, name, family.Bounds, labels, series, isOpen);
            else
                text.Append(CultureInfo.InvariantCulture, $"{sample}{(labels.Length == 0 ? "" : $"{{{labels}}}")} {Number(series.Value)}\n");
        }
    }

    private static void WriteHistogram(StringBuilder text, string name, IReadOnlyList<double> bounds, string labels, Series series, bool isOpen)
    {
        long count = 0;
        string front = labels.Length == 0 ? "" : $"{labels},";
        for (int i = 0; i < series.Buckets.Length; i++)
        {
            count += series.Buckets[i];
            string bound = i == bounds.Count ? "+Inf" : isOpen && double.IsInteger(bounds[i]) ? $"{Number(bounds[i])}.0" : Number(bounds[i]);
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{front}le=\"{bound}\"}} {count}\n");
        }

        string braces = labels.Length == 0 ? "" : $"{{{labels}}}";
        text.Append(CultureInfo.InvariantCulture, $"{name}_sum{braces} {Number(series.Value)}\n{name}_count{braces} {count}\n");
    }

    // In plain text a quotation mark stands as it is.
    private static string Help(Instrument instrument, bool isOpen)
    {
        string text = $"{instrument.Description}.";
        return isOpen ? Labels.Escaped(text) : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
