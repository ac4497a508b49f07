using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Waxseal.Hosting.Metrics;
using Waxseal.Tests.Alerts;
using Waxseal.Tests.ReportIntake;

namespace Waxseal.Tests.Hosting.Metrics;

public sealed class OtlpPushTests : IDisposable
{
    // They go up and down by themselves between one reading and the next.
    private static readonly string[] Restless = ["process_resident", "process_open_fds", "dotnet_gc_heap", "dotnet_threads", "dotnet_work", "waxseal_connections_open", "waxseal_store_writes_waiting"];

    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-otlp-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_pushed_is_what_Prometheus_is_shown()
    {
        await using HookServer collector = await HookServer.StartAsync();
        await using IntakeHost host = await StartAsync(collector, "otlpHeaders = \"Authorization: Bearer hush\\nX-Scope: one\"", listen: "\"127.0.0.1:0\"");
        string address = host.Logged.First(line => line.StartsWith("Listening role=metrics address=", StringComparison.Ordinal)).Split('=')[^1];

        Dictionary<string, double> before = await ShownAsync(address);
        int count = collector.Requests.Count + 2;
        await host.UntilAsync(() => Task.FromResult(collector.Requests.Count >= count));
        HookRequest request = collector.Requests.ElementAt(count - 1);
        Dictionary<string, double> after = await ShownAsync(address);

        Assert.Equal(("POST", "/v1/metrics", "application/json"), (request.Method, request.Path, request.Header["content-type"]));
        Assert.Equal(("Bearer hush", "one"), (request.Header["authorization"], request.Header["x-scope"]));
        Dictionary<string, double> pushed = Samples(request.Json);
        Assert.Empty(before.Keys.Except(pushed.Keys));
        Assert.Empty(pushed.Keys.Except(after.Keys));
        Assert.All(pushed.Where(sample => !Restless.Any(name => sample.Key.StartsWith(name, StringComparison.Ordinal))),
            sample => Assert.InRange(sample.Value, before.GetValueOrDefault(sample.Key), after[sample.Key]));
        Assert.Contains("waxseal_role_up{role=\"metrics\"}", pushed.Keys);
        Assert.Contains("waxseal_otlp_pushes_total{outcome=\"taken\"}", pushed.Keys);
    }

    [Fact]
    public void Labels_buckets_and_the_rest_of_what_is_too_much_are_the_same_and_whole_numbers_are_texts()
    {
        using Measurements measurements = new();
        using Meter meter = new("Waxseal.Test", null, null, measurements);
        Counter<long> counter = meter.CreateCounter<long>("test.counted", null, "Counted");
        counter.Add(5, new("word", "a \"b\"\n\\"), new("status", 200));
        meter.CreateUpDownCounter<long>("test.open", "By", "Open").Add(-3);
        Histogram<double> histogram = meter.CreateHistogram("test.time", "s", "Time", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        foreach (double value in new[] { 0.5, 0.75, 1.5 })
            histogram.Record(value);
        Counter<long> flood = meter.CreateCounter<long>("test.flood", null, "Flood");
        for (int i = 0; i < 1000; i++)
            flood.Add(1, new KeyValuePair<string, object?>("number", i));
        meter.CreateCounter<long>("test.unused", null, "Never counted");

        DateTimeOffset now = new(2026, 5, 6, 7, 8, 9, TimeSpan.Zero);
        JsonElement json = JsonDocument.Parse(OtlpJson.Write(measurements, now)).RootElement;

        Assert.Equal(Tests(ExpositionReader.Read(PrometheusText.Write(measurements, isOpen: false), isOpen: false)), Tests(Samples(json)));
        Dictionary<string, JsonElement> metrics = Metrics(json).ToDictionary(metric => metric.GetProperty("name").GetString()!);
        Assert.DoesNotContain("test.unused", metrics.Keys);
        JsonElement point = Assert.Single(metrics["test.counted"].GetProperty("sum").GetProperty("dataPoints").EnumerateArray());
        Assert.Equal(("5", "1778051289000000000"), (point.GetProperty("asInt").GetString(), point.GetProperty("timeUnixNano").GetString()));
        Assert.Equal(ProcessMetrics.StartedAt.ToUnixTimeMilliseconds(), long.Parse(point.GetProperty("startTimeUnixNano").GetString()!, CultureInfo.InvariantCulture) / 1_000_000);
        Assert.Equal("{\"aggregationTemporality\":2,\"isMonotonic\":true}", Without(metrics["test.counted"].GetProperty("sum"), "dataPoints"));
        Assert.Equal(("By", "Open"), (metrics["test.open"].GetProperty("unit").GetString(), metrics["test.open"].GetProperty("description").GetString()));
        JsonElement times = metrics["test.time"].GetProperty("histogram").GetProperty("dataPoints")[0];
        Assert.Equal("{\"attributes\":[],\"count\":\"3\",\"sum\":2.75,\"bucketCounts\":[\"1\",\"1\",\"1\"],\"explicitBounds\":[0.5,1]}", Without(times, "startTimeUnixNano", "timeUnixNano"));
        string[] resource = [.. json.GetProperty("resourceMetrics")[0].GetProperty("resource").GetProperty("attributes").EnumerateArray().Select(one => one.GetProperty("key").GetString()!)];
        Assert.Equal(["service.name", "service.version", "service.instance.id", "host.name"], resource);
    }

    [Fact, Rfc(9110, "10.2.3")]
    public async Task A_collector_that_refuses_is_told_of_once_and_left_alone_for_longer_each_time_until_it_takes_the_figures()
    {
        ConcurrentQueue<long> times = [];
        await using HookServer collector = await HookServer.StartAsync();
        collector.Answer = (number, context) =>
        {
            times.Enqueue(Stopwatch.GetTimestamp());
            context.Response.StatusCode = number < 3 ? 503 : 200;
            context.Response.Headers.RetryAfter = number switch
            {
                1 => "3",
                2 => TimeProvider.System.GetUtcNow().AddSeconds(5).ToString("R", CultureInfo.InvariantCulture),
                _ => default(string),
            };
            return context.Response.WriteAsync(number < 3 ? "full" : "{\"partialSuccess\":{}}");
        };
        await using IntakeHost host = await StartAsync(collector);

        await host.UntilAsync(() => Task.FromResult(host.Logged.Any(line => line.StartsWith("Figures pushed again", StringComparison.Ordinal))));
        await host.UntilAsync(() => Task.FromResult(times.Count > 3));

        Assert.Equal([$"Figures not pushed, it is tried again and told of when it works place={collector.Url} reason=HTTP 503: full wait=00:00:03", $"Figures pushed again place={collector.Url} failures=2"],
            host.Logged.Where(line => line.StartsWith("Figures", StringComparison.Ordinal)));
        long[] at = [.. times];
        Assert.InRange(Stopwatch.GetElapsedTime(at[0], at[1]).TotalSeconds, 2.9, 60);
        Assert.InRange(Stopwatch.GetElapsedTime(at[1], at[2]).TotalSeconds, 3.9, 60);
    }

    [Theory]
    [InlineData(404, "", "", "reason=HTTP 404 wait=00:00:01")]
    [InlineData(302, "", "", "reason=HTTP 302 wait=00:00:01")]
    [InlineData(200, "{\"partialSuccess\":{\"rejectedDataPoints\":\"7\",\"errorMessage\":\"no\\nsuch tenant\"}}", "", "reason=7 data points refused: no such tenant wait=00:00:01")]
    [InlineData(200, "", "otlpAllowAddresses = \"192.0.2.1\"", "127.0.0.1 is loopback, and not in metrics.otlpAllowAddresses")]
    public async Task What_is_wrong_is_said(int status, string body, string more, string expected)
    {
        await using HookServer collector = await HookServer.StartAsync();
        collector.Answer = (_, context) =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        };
        await using IntakeHost host = await StartAsync(collector, more);

        await host.UntilAsync(() => Task.FromResult(host.Logged.Any(line => line.Contains(expected, StringComparison.Ordinal))));
        Assert.StartsWith("otlp: ", host.Roles.Single().State.LastTrouble!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_collector_that_says_nothing_holds_up_no_stop_and_without_an_address_nothing_listens()
    {
        await using HookServer collector = await HookServer.StartAsync();
        collector.Answer = (_, context) => Task.Delay(-1, context.RequestAborted).ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        IntakeHost host = await StartAsync(collector);
        await host.UntilAsync(() => Task.FromResult(!collector.Requests.IsEmpty));

        long begun = Stopwatch.GetTimestamp();
        await host.DisposeAsync();

        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 0, 5);
        Assert.Contains("Role stopped role=metrics", host.Logged);
        Assert.DoesNotContain(host.Logged, line => line.StartsWith("Listening", StringComparison.Ordinal));
    }

    private Task<IntakeHost> StartAsync(HookServer collector, string more = "", string listen = "") =>
        IntakeHost.StartAsync(_folder, $"[metrics]\nlisten = [{listen}]\notlp = \"{(more.Length == 0 ? collector.Url : NamedUrl(collector))}\"\notlpInterval = \"1s\"\n{more}\n");

    // An address that is not allowed is refused with the configuration, and a name only when it is connected to.
    private static string NamedUrl(HookServer collector) => collector.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    private static async Task<Dictionary<string, double>> ShownAsync(string address)
    {
        using HttpMessageInvoker client = new(new SocketsHttpHandler { UseProxy = false });
        using HttpRequestMessage request = new(HttpMethod.Get, $"{address}/metrics");
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return ExpositionReader.Read(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), isOpen: false);
    }

    private static SortedDictionary<string, double> Tests(Dictionary<string, double> samples) =>
        new(samples.Where(sample => sample.Key.StartsWith("test_", StringComparison.Ordinal)).ToDictionary(), StringComparer.Ordinal);

    private static JsonElement.ArrayEnumerator Metrics(JsonElement request) =>
        Assert.Single(Assert.Single(request.GetProperty("resourceMetrics").EnumerateArray()).GetProperty("scopeMetrics").EnumerateArray()).GetProperty("metrics").EnumerateArray();

    /// <summary>The samples as Prometheus has them, by the rules of OpenTelemetry for that.</summary>
    private static Dictionary<string, double> Samples(JsonElement request)
    {
        Dictionary<string, double> samples = [];
        foreach (JsonElement metric in Metrics(request))
        {
            string unit = metric.TryGetProperty("unit", out JsonElement given) ? given.GetString() switch { "s" => "_seconds", "By" => "_bytes", _ => "" } : "";
            string name = metric.GetProperty("name").GetString()!.Replace('.', '_') + unit;
            if (metric.TryGetProperty("histogram", out JsonElement histogram))
            {
                foreach (JsonElement point in histogram.GetProperty("dataPoints").EnumerateArray())
                    AddBuckets(samples, name, point);
                continue;
            }

            bool isSum = metric.TryGetProperty("sum", out JsonElement points);
            foreach (JsonElement point in (isSum ? points : metric.GetProperty("gauge")).GetProperty("dataPoints").EnumerateArray())
            {
                samples.Add($"{name}{(isSum ? "_total" : "")}{Braces(LabelsOf(point))}", point.TryGetProperty("asInt", out JsonElement whole)
                    ? long.Parse(whole.GetString()!, CultureInfo.InvariantCulture)
                    : point.GetProperty("asDouble").GetDouble());
            }
        }

        return samples;
    }

    private static void AddBuckets(Dictionary<string, double> samples, string name, JsonElement point)
    {
        string labels = LabelsOf(point);
        string front = labels.Length == 0 ? "" : $"{labels},";
        string[] bounds = [.. point.GetProperty("explicitBounds").EnumerateArray().Select(bound => bound.GetRawText()), "+Inf"];
        long count = 0;
        foreach ((string bound, JsonElement bucket) in bounds.Zip(point.GetProperty("bucketCounts").EnumerateArray()))
            samples.Add($"{name}_bucket{{{front}le=\"{bound}\"}}", count += long.Parse(bucket.GetString()!, CultureInfo.InvariantCulture));
        samples.Add($"{name}_sum{Braces(labels)}", point.GetProperty("sum").GetDouble());
        samples.Add($"{name}_count{Braces(labels)}", long.Parse(point.GetProperty("count").GetString()!, CultureInfo.InvariantCulture));
        Assert.Equal(samples[$"{name}_count{Braces(labels)}"], count);
    }

    private static string LabelsOf(JsonElement point) => string.Join(',', point.GetProperty("attributes").EnumerateArray()
        .Select(one => $"{one.GetProperty("key").GetString()}=\"{Labels.Escaped(one.GetProperty("value").GetProperty("stringValue").GetString()!)}\""));

    private static string Braces(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";

    private static string Without(JsonElement json, params string[] names) =>
        $"{{{string.Join(',', json.EnumerateObject().Where(member => !names.Contains(member.Name)).Select(member => $"\"{member.Name}\":{member.Value.GetRawText()}"))}}}";
}
