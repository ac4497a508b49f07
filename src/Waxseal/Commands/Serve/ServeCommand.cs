using System.Collections.Immutable;
using System.CommandLine;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Waxseal.Commands.Config;
using Waxseal.Demo;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;
using Waxseal.Hosting.Control;
using Waxseal.Storage;
using Waxseal.Terminal;

namespace Waxseal.Commands.Serve;

/// <summary>Runs the roles until it is told to stop.</summary>
internal sealed class ServeCommand : Command, IHasExamples
{
    private readonly Surroundings _surroundings;
    private readonly Option<string?> _config = ConfigOption();

    private readonly Option<bool> _demo = new("--demo")
    {
        Description = "Show made-up data of thirty days, to look around; without --config in a database of its own, demo.db in the data folder.",
    };

    public ServeCommand(Surroundings surroundings)
        : base("serve", "Run the roles of the configuration: take TLS reports in and keep them.")
    {
        _surroundings = surroundings;
        Add(_config);
        Add(_demo);
        SetAction(RunAsync);
    }

    public IEnumerable<(string CommandLine, string Meaning)> Examples =>
    [
        ("waxseal serve", "Take reports by HTTP at 127.0.0.1:8460/tlsrpt and from a folder, and keep them in SQLite."),
        ("waxseal serve --config waxseal.toml", "Do what the file says; waxseal config describe lists what it may say."),
        ("waxseal serve --demo", "Look around at http://127.0.0.1:8480 without data of your own."),
    ];

    public static Option<string?> ConfigOption() => new("--config", "-c")
    {
        Description = $"The configuration file; {ConfigurationSource.UsualPath} unless said otherwise.",
        HelpName = "FILE",
    };

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        bool isDemo = parsed.GetValue(_demo);
        ConfigurationSource source = new(parsed.GetValue(_config), isDemo);
        ServeConfiguration configuration = source.Read(out ImmutableArray<string> problems);
        if (!problems.IsEmpty)
            return ConfigCommand.Refuse(_surroundings, problems);
        if (isDemo && await PrepareDemoAsync(source, configuration, cancellationToken) is { } problem)
            return ConfigCommand.Refuse(_surroundings, [problem]);

        using ILoggerFactory loggers = NewLoggers();
        Systemd systemd = new(_surroundings.Variable);
        ILogger logger = loggers.CreateLogger("Waxseal.Hosting");
        await using ServeHost host = new(systemd, _surroundings.Clock, loggers);
        Serving serving = new(source, host, systemd, _surroundings.Clock, logger);

        // SIGTERM stops, SIGHUP reads the configuration again; either may come before all is started.
        using PosixSignalRegistration onStop = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Take(context, serving.Stop));
        using PosixSignalRegistration onReload = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Take(context, serving.Reload));
        using CancellationTokenRegistration onInterrupt = cancellationToken.Register(serving.Stop);
        try
        {
            await host.ApplyAsync(configuration, cancellationToken);
        }
        catch (Exception fault) when (ServeHost.IsRefusal(fault))
        {
            return ConfigCommand.Refuse(_surroundings, [$"waxseal cannot start: {fault.Message.TrimEnd('.')}."]);
        }

        WriteWelcome(source, host, isDemo);
        await using ControlServer control = new(configuration.ControlSocket, serving.AnswerAsync, _surroundings.Clock, logger);
        control.Start();
        using ITimer? watchdog = systemd.WatchdogEvery is { } every ? _surroundings.Clock.CreateTimer(_ => systemd.Notify("WATCHDOG=1"), null, every, every) : null;
        await serving.RunAsync();
        return ExitCode.Clean;
    }

    private static void Take(PosixSignalContext context, Action act)
    {
        context.Cancel = true;
        act();
    }

    private async Task<string?> PrepareDemoAsync(ConfigurationSource source, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        try
        {
            return await new DemoStore(configuration.Store.Address, isOwn: source.File is null, _surroundings).PrepareAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is StoreUnavailableException || ServeHost.IsRefusal(fault))
        {
            return $"waxseal cannot fill the store: {fault.Message.TrimEnd('.')}.";
        }
    }

    private void WriteWelcome(ConfigurationSource source, ServeHost host, bool isDemo)
    {
        if (!_surroundings.OutIsTerminal)
            return;
        Page page = _surroundings.NewPage();
        page.Paragraph(isDemo ? $"Made-up demonstration data in {host.Store.Place}."
            : source.File is { } file ? $"Configuration: {file}."
            : "There is no configuration file; these are the defaults (waxseal config describe lists what can be set).");
        page.Paragraph(host.Roles.IsEmpty ? Styled.Warning("No role is on: the configuration has no section of one.") : $"On: {string.Join(", ", host.Roles.Select(role => role.Name))}. Ctrl-C stops.");
    }

    // Under systemd the journal adds the time, and wants the level as a number in front.
    private ILoggerFactory NewLoggers() => LoggerFactory.Create(builder =>
    {
        // What a web server says when it cannot start, with the way it went through the program, a role says better.
        builder.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).SetMinimumLevel(LogLevel.Information);
        if (_surroundings.Variable("JOURNAL_STREAM") is not null)
            builder.AddSystemdConsole();
        else
            builder.AddSimpleConsole(options => (options.SingleLine, options.UseUtcTimestamp, options.TimestampFormat) = (true, true, "yyyy-MM-dd'T'HH:mm:ss'Z' "));
        OptionsServiceCollectionExtensions.Configure<ConsoleLoggerOptions>(builder.Services, options => options.LogToStandardErrorThreshold = LogLevel.Trace);
    });
}
