using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Waxseal.Hosting.Metrics;

/// <summary>Reads which format of figures is wanted.</summary>
internal static class AcceptHeader
{
    private const string OpenMetrics = "application/openmetrics-text";

    // RFC 9110 §12.5.1: Accept = #( media-range [ weight ] ); the weight is q, from 0 to 1.
    public static bool PrefersOpenMetrics(StringValues accept)
    {
        double open = 0;
        double plain = 0;
        foreach (string range in accept.SelectMany(value => (value ?? "").Split(',')))
        {
            string[] parts = range.Split(';', StringSplitOptions.TrimEntries);
            double weight = WeightOf(parts);
            if (parts[0].Equals(OpenMetrics, StringComparison.OrdinalIgnoreCase))
                open = Math.Max(open, weight);
            else if (parts[0].Equals("text/plain", StringComparison.OrdinalIgnoreCase))
                plain = Math.Max(plain, weight);
        }

        return open > 0 && open >= plain;
    }

    private static double WeightOf(string[] parts)
    {
        string? weight = parts.FirstOrDefault(part => part.StartsWith("q=", StringComparison.OrdinalIgnoreCase))?[2..];
        return weight is null ? 1 : double.TryParse(weight, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) ? value : 0;
    }
}
