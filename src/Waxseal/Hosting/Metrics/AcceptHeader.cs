using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Waxseal.Hosting.Metrics;

/// <summary>Reads in which form an answer is wanted.</summary>
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

    /// <summary>How much a form is wanted, from 0 for not at all to 1; 1 where nothing is said.</summary>
    // RFC 9110 §12.5.1: the most specific range that fits has the word.
    public static double WeightOf(StringValues accept, string mediaType)
    {
        string[] ranges = [.. accept.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        string[] fitting = [mediaType, $"{mediaType.Split('/')[0]}/*", "*/*"];
        return ranges.Length == 0 ? 1 : ranges.Select(range => range.Split(';', StringSplitOptions.TrimEntries))
            .Select(parts => (Place: Array.FindIndex(fitting, range => range.Equals(parts[0], StringComparison.OrdinalIgnoreCase)), Weight: WeightOf(parts)))
            .Where(range => range.Place >= 0).OrderBy(range => range.Place).FirstOrDefault().Weight;
    }

    private static double WeightOf(string[] parts)
    {
        string? weight = parts.FirstOrDefault(part => part.StartsWith("q=", StringComparison.OrdinalIgnoreCase))?[2..];
        return weight is null ? 1 : double.TryParse(weight, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) ? value : 0;
    }
}
