using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Bench;

/// <summary>Reading a report. The floor walks over the same JSON and keeps nothing.</summary>
public class ReportBenchmarks
{
    [ParamsSource(nameof(Inputs))]
    public Text Input { get; set; } = null!;

    public static IEnumerable<Text> Inputs =>
    [
        new("report, one policy", ReportText.Of(number: 1, policies: 1, failures: 2)),
        new("report, 1,000 policies", ReportText.Of(number: 1, policies: 1000, failures: 5)),
    ];

    [Benchmark(Baseline = true)]
    public int Floor()
    {
        Utf8JsonReader reader = new(Input.Bytes);
        int tokens = 0;
        while (reader.Read())
            tokens++;
        return tokens;
    }

    [Benchmark]
    public ReportReading Read() => ReportReader.Read(Input.Bytes);
}
