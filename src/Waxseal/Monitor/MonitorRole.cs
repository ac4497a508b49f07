using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Waxseal.Hosting;
using Waxseal.Net.Probing;
using Waxseal.Protocol.Names;
using Waxseal.Storage;
using Waxseal.Storage.Looks;

namespace Waxseal.Monitor;

/// <summary>Looks at policy domains again and again. Of several processes on one store, one looks at each that is due.</summary>
internal sealed class MonitorRole(MonitorOptions options, ProbeOptions probing, string shared, StoreDoor store, TimeProvider clock, ILoggerFactory loggers) : IRole, IDisposable
{
    // Others may have looked meanwhile, or been killed.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = loggers.CreateLogger<MonitorRole>();
    private readonly ImmutableArray<DomainName> _domains =
        [.. options.Domains.Select(text => DomainName.TryParse(text, out DomainName? name, out _) ? name : null).OfType<DomainName>().Distinct()];

    private RoleLoop? _loop;

    public string Name => "monitor";

    public string Options { get; } = $"{shared}\n{MonitorOptions.Section.Mark(options)}";

    public RoleState State { get; } = new("monitor", clock);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop = new RoleLoop(WatchAsync, State, clock, _logger);
        _loop.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => _loop?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose() => _loop?.Dispose();

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan wait = LongestWait;
            try
            {
                await LookAsync(store.Open, cancellationToken);
                wait = await WaitAsync(store.Open, cancellationToken);
                State.Turn();
            }
            catch (StoreUnavailableException fault)
            {
                State.Fail(fault.Message);
                _logger.StoreUnavailable(fault.Message);
            }

            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    // What the looks of one round share, such as the zones above, is looked up once; the next round looks anew.
    private async Task LookAsync(Store open, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, LookTurn> turns = await open.StoredLooks.TurnsAsync(cancellationToken);
        DomainName[] due = [.. _domains.Where(domain => !turns.TryGetValue(domain.Value, out LookTurn? turn) || turn.IsOpen(clock.GetUtcNow()))];
        if (due.Length == 0)
            return;

        using DomainProbe probe = new(probing, options.Rules, clock);
        LookTaker taker = new(open.Looks, probe, options, clock, _logger);
        await Parallel.ForEachAsync(
            due,
            new ParallelOptions { MaxDegreeOfParallelism = (int)options.AtOnce, CancellationToken = cancellationToken },
            async (domain, token) => await taker.TakeAsync(domain, token));
    }

    private async Task<TimeSpan> WaitAsync(Store open, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, LookTurn> turns = await open.StoredLooks.TurnsAsync(cancellationToken);
        DateTimeOffset now = clock.GetUtcNow();
        TimeSpan wait = _domains.Select(domain => turns.TryGetValue(domain.Value, out LookTurn? turn) ? turn.NextAt - now : TimeSpan.Zero).Min();
        return wait < ShortestWait ? ShortestWait : wait > LongestWait ? LongestWait : wait;
    }
}
