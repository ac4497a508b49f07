using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;
using Waxseal.Hosting.Control;

namespace Waxseal.Commands.Serve;

/// <summary>What a process that serves is told to do: by signals and by <c>waxseal ctl</c>, one thing after the other.</summary>
internal sealed class Serving(ConfigurationSource source, ServeHost host, Systemd systemd, TimeProvider clock, ILogger logger)
{
    private readonly Channel<Order> _orders = Channel.CreateUnbounded<Order>();
    private readonly DateTimeOffset _since = clock.GetUtcNow();
    private DateTimeOffset _readAt = clock.GetUtcNow();
    private ImmutableArray<string> _problems = [];

    /// <summary>Has everything stopped.</summary>
    public void Stop() => _orders.Writer.TryWrite(new Order(true, null));

    /// <summary>Has the configuration read again.</summary>
    public void Reload() => _orders.Writer.TryWrite(new Order(false, null));

    /// <summary>Does what it is told, until it is told to stop.</summary>
    public async Task RunAsync()
    {
        systemd.Notify($"READY=1\nSTATUS={InWords()}");
        await foreach (Order order in _orders.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (order.IsStop)
                break;

            // sd_notify(3): with the time on the monotonic clock, so that an answer to an older reload is not taken for one to this.
            systemd.Notify($"RELOADING=1\nMONOTONIC_USEC={clock.GetTimestamp() / (clock.TimestampFrequency / 1_000_000)}\nSTATUS=Reading the configuration again");
            ReloadAnswer answer = await ReloadAsync();
            systemd.Notify($"READY=1\nSTATUS={InWords()}");
            order.Done?.TrySetResult(answer);
        }

        logger.Stopping();
        systemd.Notify("STOPPING=1\nSTATUS=Ending what has begun");
        _orders.Writer.TryComplete();
        while (_orders.Reader.TryRead(out Order? order))
            order.Done?.TrySetResult(new([], ["waxseal serve is about to stop."]));
    }

    /// <summary>Answers <c>waxseal ctl</c>.</summary>
    public async Task<byte[]?> AnswerAsync(string word) => word switch
    {
        "status" => JsonSerializer.SerializeToUtf8Bytes(await StatusAsync(), ControlJson.Default.StatusAnswer),
        "reload" => JsonSerializer.SerializeToUtf8Bytes(await ReloadInTurnAsync(), ControlJson.Default.ReloadAnswer),
        _ => null,
    };

    private async Task<ReloadAnswer> ReloadInTurnAsync()
    {
        Order order = new(false, new TaskCompletionSource<ReloadAnswer>(TaskCreationOptions.RunContinuationsAsynchronously));
        return _orders.Writer.TryWrite(order) ? await order.Done!.Task : new([], ["waxseal serve is about to stop."]);
    }

    private async Task<ReloadAnswer> ReloadAsync()
    {
        ServeConfiguration next = source.Read(out ImmutableArray<string> problems);
        if (problems.IsEmpty)
            problems = await host.FindObstaclesAsync(next);
        if (!problems.IsEmpty)
            return Refuse(problems);
        try
        {
            ImmutableArray<string> changed = await host.ApplyAsync(next, CancellationToken.None);
            (_readAt, _problems) = (clock.GetUtcNow(), []);
            HostMetrics.Reloaded(isTaken: true);
            logger.ConfigurationChanged(changed.IsEmpty ? "nothing" : string.Join(", ", changed));
            return new(changed, []);
        }
        catch (Exception fault) when (ServeHost.IsRefusal(fault))
        {
            return Refuse([fault.Message]);
        }
    }

    private ReloadAnswer Refuse(ImmutableArray<string> problems)
    {
        string[] unheard = [.. problems.Except(_problems)];
        _problems = problems;
        HostMetrics.Reloaded(isTaken: false);
        foreach (string problem in unheard)
            logger.ConfigurationRefused(problem);
        if (unheard.Length == 0)
            logger.ConfigurationRefusedAgain(problems.Length);
        return new([], problems);
    }

    private async Task<StatusAnswer> StatusAsync()
    {
        string? trouble = await host.Store.FindTroubleAsync(CancellationToken.None);
        return new()
        {
            Program = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "",
            ProcessId = Environment.ProcessId,
            Since = _since,
            Configuration = source.File,
            ConfigurationReadAt = _readAt,
            ConfigurationProblems = _problems,
            Store = new(host.Store.Place, trouble),
            Roles = [.. host.Roles.Select(RoleStatus.Of), .. host.Missing.Select(role => new RoleStatus(role.Role, "not-started", null, [], new(_readAt, role.Reason), null))],
            LastReports = host.Recent.List,
        };
    }

    private string InWords() => host.Roles.IsEmpty ? "No role is on"
        : !_problems.IsEmpty ? "The configuration was refused, that of before holds (waxseal ctl status)"
        : !host.Store.IsOpen ? $"Waiting for the store: {host.Store.Reason.ReplaceLineEndings(" ")}"
        : $"On: {string.Join(", ", host.Roles.Select(role => role.Name))}";

    private sealed record Order(bool IsStop, TaskCompletionSource<ReloadAnswer>? Done);
}
