using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Reports;

namespace Waxseal.Tests.ReportIntake;

/// <summary>Runs the roles of a configuration on a store of their own, in a folder of their own.</summary>
internal sealed class IntakeHost : IAsyncDisposable, ILoggerProvider
{
    private readonly ServeHost _host;
    private readonly ILoggerFactory _loggers;

    private IntakeHost()
    {
        _loggers = LoggerFactory.Create(builder => builder.AddProvider(this));
        _host = new(new Systemd(_ => null), TimeProvider.System, _loggers);
    }

    public ConcurrentQueue<string> Logged { get; } = [];

    public IReadOnlyCollection<IRole> Roles => _host.Roles;

    /// <summary>Starts the roles, and a store in the folder.</summary>
    public static Task<IntakeHost> StartAsync(string folder, string text) => StartAtAsync($"sqlite:{folder}/waxseal.db", text);

    /// <summary>Starts the roles, and a store.</summary>
    public static async Task<IntakeHost> StartAtAsync(string database, string text)
    {
        IntakeHost host = new();
        ServeConfiguration configuration = ServeConfiguration.Read($"[store]\ndatabase = \"{database}\"\n{text}", "test", new Dictionary<string, string>(), out var problems);
        Assert.Empty(problems);
        await host._host.ApplyAsync(configuration, TestContext.Current.CancellationToken);
        return host;
    }

    public async Task<List<StoredReport>> ReportsAsync()
    {
        List<StoredReport> reports = [];
        await foreach (StoredReport report in _host.Store.Open.Stored.ListAsync(new ReportFilter(), TestContext.Current.CancellationToken))
            reports.Add(report);
        return reports;
    }

    /// <summary>Waits for something to come true, and fails with what was logged if it does not.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (int i = 0; i < 300; i++)
        {
            if (await condition())
                return;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Fail(string.Join('\n', Logged));
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _loggers.Dispose();
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => new Logger(Logged);

    void IDisposable.Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception));
    }
}
