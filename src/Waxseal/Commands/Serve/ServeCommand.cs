using System.Collections.Immutable;
using System.CommandLine;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Migrations;
using Waxseal.Terminal;

namespace Waxseal.Commands.Serve;

/// <summary>Runs the roles until it is told to stop.</summary>
internal sealed class ServeCommand : Command, IHasExamples
{
    private readonly Surroundings _surroundings;
    private readonly Option<string?> _config = ConfigOption();

    public ServeCommand(Surroundings surroundings)
        : base("serve", "Run the roles of the configuration: take TLS reports in and keep them.")
    {
        _surroundings = surroundings;
        Add(_config);
        SetAction(RunAsync);
    }

    public IEnumerable<(string CommandLine, string Meaning)> Examples =>
    [
        ("waxseal serve", "Take reports by HTTP at 127.0.0.1:8460/tlsrpt and from a folder, and keep them in SQLite."),
        ("waxseal serve --config waxseal.toml", "Do what the file says; waxseal config describe lists what it may say."),
    ];

    public static Option<string?> ConfigOption() => new("--config", "-c")
    {
        Description = $"The configuration file; {ConfigurationSource.UsualPath} unless said otherwise.",
        HelpName = "FILE",
    };

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ConfigurationSource source = new(parsed.GetValue(_config));
        ServeConfiguration configuration = source.Read(out ImmutableArray<string> problems);
        if (!problems.IsEmpty)
            return Refuse(problems);

        using ILoggerFactory loggers = NewLoggers();
        Systemd systemd = new(_surroundings.Variable);
        await using ServeHost host = new(systemd, _surroundings.Clock, loggers);
        try
        {
            await host.ApplyAsync(configuration, cancellationToken);
        }
        catch (Exception fault) when (fault is SchemaException or IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
        {
            return Refuse([$"waxseal cannot start: {fault.Message.TrimEnd('.')}."]);
        }

        WriteWelcome(source, host);
        systemd.Notify("READY=1");
        await ServeAsync(source, host, systemd, loggers.CreateLogger("Waxseal.Hosting"), cancellationToken);
        return ExitCode.Clean;
    }

    // SIGTERM stops, SIGHUP reads the configuration again; meanwhile the watchdog hears of us.
    private async Task ServeAsync(ConfigurationSource source, ServeHost host, Systemd systemd, ILogger logger, CancellationToken cancellationToken)
    {
        Channel<PosixSignal> signals = Channel.CreateUnbounded<PosixSignal>();
        using PosixSignalRegistration onStop = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take);
        using PosixSignalRegistration onReload = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Take);
        using CancellationTokenRegistration onInterrupt = cancellationToken.Register(() => signals.Writer.TryWrite(PosixSignal.SIGINT));
        using ITimer? watchdog = systemd.WatchdogEvery is { } every ? _surroundings.Clock.CreateTimer(_ => systemd.Notify("WATCHDOG=1"), null, every, every) : null;
        await foreach (PosixSignal signal in signals.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (signal != PosixSignal.SIGHUP)
                break;
            systemd.Notify("RELOADING=1");
            await ReloadAsync(source, host, logger);
            systemd.Notify("READY=1");
        }

        logger.Stopping();
        systemd.Notify("STOPPING=1");

        void Take(PosixSignalContext context)
        {
            context.Cancel = true;
            signals.Writer.TryWrite(context.Signal);
        }
    }

    private static async Task ReloadAsync(ConfigurationSource source, ServeHost host, ILogger logger)
    {
        ServeConfiguration next = source.Read(out ImmutableArray<string> problems);
        foreach (string problem in problems)
            logger.ConfigurationRefused(problem);
        if (!problems.IsEmpty)
            return;

        ImmutableArray<IRole> before = host.Roles;
        try
        {
            await host.ApplyAsync(next, CancellationToken.None);
            string[] changed = [.. host.Roles.Except(before).Concat(before.Except(host.Roles)).Select(role => role.Name).Distinct()];
            logger.ConfigurationChanged(changed.Length == 0 ? "nothing" : string.Join(", ", changed));
        }
        catch (Exception fault) when (fault is SchemaException or IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
        {
            logger.ConfigurationRefused(fault.Message);
        }
    }

    private void WriteWelcome(ConfigurationSource source, ServeHost host)
    {
        if (!_surroundings.OutIsTerminal)
            return;
        Page page = _surroundings.NewPage();
        page.Paragraph(source.File is { } file ? $"Configuration: {file}." : "There is no configuration file; these are the defaults (waxseal config describe lists what can be set).");
        page.Paragraph(host.Roles.IsEmpty ? Styled.Warning("No role is on: the configuration has no section of one.") : $"On: {string.Join(", ", host.Roles.Select(role => role.Name))}. Ctrl-C stops.");
    }

    private int Refuse(ImmutableArray<string> problems)
    {
        Page page = _surroundings.NewErrorPage();
        foreach (string problem in problems)
            page.Paragraph(Styled.Error("waxseal: ") + problem);
        return ExitCode.Usage;
    }

    // Under systemd the journal adds the time, and wants the level as a number in front.
    private ILoggerFactory NewLoggers() => LoggerFactory.Create(builder =>
    {
        builder.AddFilter("Microsoft", LogLevel.Warning).SetMinimumLevel(LogLevel.Information);
        if (_surroundings.Variable("JOURNAL_STREAM") is not null)
            builder.AddSystemdConsole();
        else
            builder.AddSimpleConsole(options => (options.SingleLine, options.UseUtcTimestamp, options.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss'Z' "));
        OptionsServiceCollectionExtensions.Configure<ConsoleLoggerOptions>(builder.Services, options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    });
}
