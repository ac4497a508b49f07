using System.Diagnostics.Metrics;
using Microsoft.Extensions.Primitives;
using Waxseal.Hosting.Metrics;

namespace Waxseal.Tests.Hosting.Metrics;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly Measurements _measurements = new();
    private readonly Meter _meter;

    public PrometheusTextTests() => _meter = new Meter("Waxseal.Test", null, null, _measurements);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_counter_a_gauge_and_a_histogram_read_as_what_was_measured(bool isOpen)
    {
        Counter<long> counter = _meter.CreateCounter<long>("test.counted", null, "With \"marks\",\na line and a \\");
        UpDownCounter<long> gauge = _meter.CreateUpDownCounter<long>("test.open", "By", "Open now");
        Histogram<double> histogram = _meter.CreateHistogram("test.time", "s", "Time", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        counter.Add(2, new KeyValuePair<string, object?>("word", "a \"b\"\n\\"));
        counter.Add(3, new KeyValuePair<string, object?>("word", "a \"b\"\n\\"));
        gauge.Add(5);
        gauge.Add(-2);
        foreach (double value in new[] { 0.5, 0.75, 1.5 })
            histogram.Record(value);

        Dictionary<string, double> samples = Read(isOpen);

        Assert.Equal(5, samples["test_counted_total{word=\"a \\\"b\\\"\\n\\\\\"}"]);
        Assert.Equal(3, samples["test_open_bytes"]);
        Assert.Equal(1, samples["test_time_seconds_bucket{le=\"0.5\"}"]);
        Assert.Equal(2, samples[isOpen ? "test_time_seconds_bucket{le=\"1.0\"}" : "test_time_seconds_bucket{le=\"1\"}"]);
        Assert.Equal(3, samples["test_time_seconds_bucket{le=\"+Inf\"}"]);
        Assert.Equal((3, 2.75), (samples["test_time_seconds_count"], samples["test_time_seconds_sum"]));
    }

    [Fact]
    public void However_many_labels_come_the_series_are_bounded_and_nothing_is_left_out_of_the_sum()
    {
        Counter<long> counter = _meter.CreateCounter<long>("test.flood", null, "Flood");
        for (int i = 0; i < 10_000; i++)
            counter.Add(1, new KeyValuePair<string, object?>("policy_domain", $"{i}.test"));

        KeyValuePair<string, double>[] samples = [.. Read(isOpen: false).Where(sample => sample.Key.StartsWith("test_flood", StringComparison.Ordinal))];

        Assert.Equal(Family.MostSeries + 1, samples.Length);
        Assert.Equal(10_000, samples.Sum(sample => sample.Value));
    }

    [Fact]
    public void The_process_is_measured_under_the_usual_names()
    {
        Dictionary<string, double> samples = Read(isOpen: false);

        Assert.All(["process_cpu_seconds_total", "process_resident_memory_bytes", "process_open_fds", "process_start_time_seconds"], name => Assert.True(samples[name] > 0, name));
    }

    [Theory, Rfc(9110, "12.5.1")]
    [InlineData("", false)]
    [InlineData("*/*", false)]
    [InlineData("text/plain", false)]
    [InlineData("application/openmetrics-text; version=1.0.0", true)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.2,*/*;q=0.1", true)]
    [InlineData("application/openmetrics-text;q=0.1, text/plain", false)]
    [InlineData("application/openmetrics-text;q=0", false)]
    [InlineData("application/openmetrics-text;q=x", false)]
    public void OpenMetrics_is_written_for_who_prefers_it(string accept, bool expected) =>
        Assert.Equal(expected, AcceptHeader.PrefersOpenMetrics(new StringValues(accept)));

    public void Dispose()
    {
        _meter.Dispose();
        _measurements.Dispose();
    }

    private Dictionary<string, double> Read(bool isOpen) => ExpositionReader.Read(PrometheusText.Write(_measurements, isOpen), isOpen);
}
