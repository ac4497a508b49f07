using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Logging;
using Waxseal.Alerts;
using Waxseal.Alerts.Routes;
using Waxseal.Hosting.Configuration;
using Waxseal.Lab.Signing;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage;
using Waxseal.Storage.Alerts;
using Waxseal.Storage.Reports;
using Waxseal.Storage.Tests;

namespace Waxseal.Tests.Alerts;

/// <summary>An engine and its couriers, as one process has them, on a database and with a clock of the test's.</summary>
internal sealed class AlertLab : IAsyncDisposable, ILogger
{
    public static readonly DateTimeOffset Start = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    private readonly ImmutableArray<IRoute> _routes;
    private readonly AlertsConfiguration _configuration;

    private AlertLab(Store store, FixedClock clock, AlertsConfiguration configuration, string holder)
    {
        Store = store;
        Clock = clock;
        _configuration = configuration;
        _routes = configuration.NewRoutes(clock);
        Engine = new(configuration.Options, _routes, holder, clock, this);
    }

    public Store Store { get; }

    public FixedClock Clock { get; }

    public AlertEngine Engine { get; }

    public ConcurrentQueue<string> Logged { get; } = [];

    public static async Task<AlertLab> StartAsync(TestDatabase database, string settings, FixedClock? clock = null, string holder = "one")
    {
        string text = settings.Contains("[alerts]", StringComparison.Ordinal) ? settings : $"[alerts]\nallowAddresses = [\"127.0.0.0/8\"]\n{settings}";
        ServeConfiguration configuration = ServeConfiguration.Read(text, "test", new Dictionary<string, string>(), out ImmutableArray<string> problems);
        Assert.Empty(problems);
        return new(await database.OpenAsync(), clock ?? new FixedClock(Start), configuration.Alerts!, holder);
    }

    public static string HookSettings(HookServer hook, string name = "webhook") =>
        $"[[alerts.webhook]]\nname = \"{name}\"\nurl = \"{hook.Url}/hook\"\nsecret = \"0123456789abcdef0123456789abcdef\"\n";

    /// <summary>Stores a report of a day that many days back from the start, that came now.</summary>
    public Task AddAsync(string policyDomain, int back, long successful, long failed, string organization = "Google Inc.", string? id = null, string resultType = "certificate-expired", string reason = "")
    {
        string day = DateOnly.FromDateTime(Start.UtcDateTime).AddDays(-back).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        string detail = reason.Length > 0 ? $",\"failure-reason-code\":\"{reason}\"" : "";
        string failures = failed == 0 ? "" : $"{{\"result-type\":\"{resultType}\",\"receiving-mx-hostname\":\"mx.{policyDomain}\",\"failed-session-count\":{failed}{detail}}}";
        string json = $$"""
            {"organization-name":"{{organization}}","date-range":{"start-datetime":"{{day}}T00:00:00Z","end-datetime":"{{day}}T23:59:59Z"},"contact-info":"tls@reporter.test","report-id":"{{id ?? $"{day}-{organization.Length}-{policyDomain}"}}","policies":[{"policy":{"policy-type":"sts","policy-string":["version: STSv1","mode: enforce","mx: mx.{{policyDomain}}","max_age: 604800"],"policy-domain":"{{policyDomain}}","mx-host":["mx.{{policyDomain}}"]},"summary":{"total-successful-session-count":{{successful}},"total-failure-session-count":{{failed}}},"failure-details":[{{failures}}]}]}
            """;
        ReportReading reading = ReportReader.Read(Encoding.UTF8.GetBytes(json));
        ArrivedReport arrived = new(policyDomain, Gzip(json), new(Clock.Now, Channel.Smtp, "test") { Trust = Trust.Verified, Submitter = "reporter.test" })
        {
            Evidence = new ReportEvidence(reading.Report!, "test"),
            State = ReportState.Counted,
        };
        return Store.Reports.AddAsync(arrived, TestContext.Current.CancellationToken);
    }

    public Task<bool> JudgeAsync() => Engine.JudgeAsync(Store, TestContext.Current.CancellationToken);

    /// <summary>Sends on all routes what is due.</summary>
    public async Task DeliverAsync()
    {
        foreach (IRoute route in _routes)
        {
            Courier courier = new(_configuration.Options, route, Clock, this);
            while (await courier.DeliverAsync(Store, TestContext.Current.CancellationToken))
                continue;
        }
    }

    public async Task RunAsync(TimeSpan later = default)
    {
        Clock.Now += later;
        await JudgeAsync();
        await DeliverAsync();
    }

    public async Task<List<Alert>> OpenAsync()
    {
        List<Alert> open = [];
        await foreach (Alert alert in Store.StoredAlerts.OpenAsync(TestContext.Current.CancellationToken))
            open.Add(alert);
        return open;
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Logged.Enqueue($"{eventId.Id} {formatter(state, exception)}");

    private static byte[] Gzip(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
