using Microsoft.Extensions.Logging;

namespace Waxseal.Hosting;

/// <summary>
/// The loop of a role: it runs beside everything else until it is told to stop. What nobody foresaw is told once, here, and the
/// loop begins again after a while; other roles are not touched.
/// </summary>
/// <param name="run">Runs until the token ends it.</param>
/// <param name="state">Is told how it fares.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="logger">Where it logs.</param>
internal sealed class RoleLoop(Func<CancellationToken, Task> run, RoleState state, TimeProvider clock, ILogger logger) : IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = Task.Run(RunAsync, CancellationToken.None);

    /// <summary>Stops it, and waits for its end.</summary>
    /// <param name="cancellationToken">Ends the patience.</param>
    /// <exception cref="OperationCanceledException">The patience ended first.</exception>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken);
        Dispose();
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync()
    {
        CancellationToken stop = _stop.Token;
        TimeSpan wait = FirstWait;
        while (!stop.IsCancellationRequested)
        {
            DateTimeOffset begun = clock.GetUtcNow();
            try
            {
                await run(stop);
                return;
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                // However it ended, it was told to.
                return;
            }
            catch (Exception fault)
            {
                if (clock.GetUtcNow() - begun > LongestWait)
                    wait = FirstWait;
                state.Break($"{fault.GetType().Name}: {fault.Message}");
                logger.RoleFailed(state.Role, wait, fault);
            }

            await Task.Delay(wait, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }
}
