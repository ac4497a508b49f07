using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Logging;
using Waxseal.Access;
using Waxseal.Access.Secrets;
using Waxseal.Dashboard;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;
using Waxseal.Hosting.Probing;
using Waxseal.Monitor;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;
using Waxseal.ReportIntake;
using Waxseal.Storage;
using Waxseal.Storage.Access;
using Waxseal.Storage.Findings;
using Waxseal.Storage.Reports;
using Waxseal.Tests.Monitor;

namespace Waxseal.Tests.Dashboard;

/// <summary>The dashboard on a store of its own, with a clock of the test's.</summary>
internal sealed class DashboardLab : IAsyncDisposable, ILoggerProvider
{
    public const string Password = "correct horse battery";

    private static readonly Lazy<string> Digest = new(() => Passwords.Digest(Password));

    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-dashboard-").FullName;
    private readonly ILoggerFactory _loggers;
    private readonly StoreDoor _door;
    private readonly DashboardRole _role;

    private DashboardLab(string settings, Installation? installation)
    {
        string text = settings.Contains("listen", StringComparison.Ordinal) ? settings : $"listen = [\"127.0.0.1:0\"]\n{settings}";
        ServeConfiguration configuration = ServeConfiguration.Read($"[dashboard]\n{text}", "test", new Dictionary<string, string>(), out var problems);
        Assert.Empty(problems);
        _loggers = LoggerFactory.Create(builder => builder.AddProvider(this));
        _door = new(new StoreAddress(true, Path.Combine(_folder, "waxseal.db")), Clock, _loggers.CreateLogger<StoreDoor>());
        MonitorOptions monitor = new();
        Installation told = installation ?? new Installation { Configuration = () => [.. configuration.Show()] };
        _role = new(
            configuration.Dashboard!, monitor.ProbeOptions(new DnsOptions()), monitor.Rules, told with { Parse = (report, body) => ReportReceiver.ReadAgain(report, body, new()) }, "", _door,
            new Systemd(_ => null), Clock, _loggers);
    }

    public MovedClock Clock { get; } = new(new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero));

    public ConcurrentQueue<string> Logged { get; } = [];

    public Store Store => _door.Open;

    /// <summary>All addresses of the site.</summary>
    public IEnumerable<Route> Routes => _role.Routes!.All;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_role.Addresses.First().Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<DashboardLab> StartAsync(string settings = "", Installation? installation = null)
    {
        DashboardLab lab = new(settings, installation);
        await lab._door.StartAsync(Token);
        await lab._role.StartAsync(Token);
        return lab;
    }

    public Browser NewBrowser() => new(Address);

    /// <summary>A browser that is logged in.</summary>
    public async Task<Browser> LoggedInAsync(string name)
    {
        Browser browser = NewBrowser();
        await browser.LogInAsync(name, Password);
        return browser;
    }

    public Task AddAccountAsync(string name, AccountRole role = AccountRole.Owner, string? tenant = null, byte[]? totp = null) => Task.Run(async () =>
    {
        await Store.Access.AddAccountAsync(new(name, tenant, role, Digest.Value, Clock.GetUtcNow()), Token);
        if (totp is not null)
            await Store.Access.SetTotpAsync(name, totp, 0, Token);
    });

    /// <summary>Makes an account that logs in otherwise.</summary>
    public Task AddAccountWithoutPasswordAsync(string name, AccountRole role = AccountRole.Owner, string? tenant = null) =>
        Store.Access.AddAccountAsync(new(name, tenant, role, Passwords.None, Clock.GetUtcNow()), Token);

    public Task AddTenantAsync(string name, params string[] policyDomains) => Store.Access.AddTenantAsync(new(name, [.. policyDomains]), Clock.GetUtcNow(), Token);

    /// <summary>Makes a token, and gives its text.</summary>
    public async Task<string> AddTokenAsync(AccountRole role, string? tenant = null, TimeSpan? holds = null, string name = "program")
    {
        MadeToken made = new NewToken(name, role.ToScope(), tenant, holds is { } span ? Spans.Of(span) : null).Make(Clock.GetUtcNow());
        await Store.Access.AddTokenAsync(made.Kept, Token);
        return made.Text;
    }

    /// <summary>Stores a report of yesterday.</summary>
    public async Task<string> AddReportAsync(string policyDomain, string organization, ReportState state = ReportState.Counted, bool keepsBody = true)
    {
        string json = $$"""
            {"organization-name":"{{organization}}","date-range":{"start-datetime":"2026-06-14T00:00:00Z","end-datetime":"2026-06-14T23:59:59Z"},"contact-info":"tls@reporter.test","report-id":"{{policyDomain}}-1","policies":[{"policy":{"policy-type":"sts","policy-string":["version: STSv1","mode: enforce","mx: mx.{{policyDomain}}","max_age: 604800"],"policy-domain":"{{policyDomain}}","mx-host":["mx.{{policyDomain}}"]},"summary":{"total-successful-session-count":5,"total-failure-session-count":2},"failure-details":[{"result-type":"certificate-expired","receiving-mx-hostname":"mx.{{policyDomain}}","failed-session-count":2}]}]}
            """;
        ReportReading reading = ReportReader.Read(Encoding.UTF8.GetBytes(json));
        StoreReceipt receipt = await Store.Reports.AddAsync(
            new ArrivedReport(policyDomain, Gzip(json), new(Clock.GetUtcNow(), Channel.Smtp, $"mail of {organization}") { Trust = Trust.Verified, Submitter = $"submitter.{policyDomain}" })
            {
                Evidence = new ReportEvidence(reading.Report!, "test"),
                State = state,
            },
            Token);
        if (!keepsBody)
            await Store.Reports.PruneAsync(DateTimeOffset.MaxValue, DateTimeOffset.MinValue, DateTimeOffset.MinValue, Token);
        return receipt.Key.Id;
    }

    /// <summary>Stores a report as one that could not be read.</summary>
    public async Task<string> AddUnreadableAsync(string json) => (await Store.Reports.AddAsync(
        new ArrivedReport("", Gzip(json), new(Clock.GetUtcNow(), Channel.Folder, "a file") { Trust = Trust.Verified }) { Fault = "It is no report.", State = ReportState.Unreadable }, Token)).Key.Id;

    /// <summary>Keeps a finding, and gives its id.</summary>
    public async Task<string> AddFindingAsync(string policyDomain)
    {
        MadeFinding finding = new(policyDomain, FindingSource.Reports, "certificate-expired")
        {
            Severity = "error",
            State = "lasting",
            Title = $"a certificate of {policyDomain} has expired",
            InShort = $"of {policyDomain}",
            Document = "{}",
        };
        await Store.Findings.KeepAsync(policyDomain, FindingSource.Reports, [finding], Clock.GetUtcNow(), Token);
        return (await Store.StoredFindings.OfAsync(policyDomain, Token))[0].Id;
    }

    public async ValueTask DisposeAsync()
    {
        await _role.StopAsync(CancellationToken.None);
        _role.Dispose();
        await _door.DisposeAsync();
        _loggers.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => new Logger(Logged);

    void IDisposable.Dispose()
    {
    }

    private static byte[] Gzip(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private sealed class Logger(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}".TrimEnd());
    }
}
