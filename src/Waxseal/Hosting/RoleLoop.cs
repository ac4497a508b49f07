namespace Waxseal.Hosting;

/// <summary>The loop of a role: it runs beside everything else until it is told to stop.</summary>
/// <param name="run">Runs until the token ends it.</param>
internal sealed class RoleLoop(Func<CancellationToken, Task> run) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public void Start() => _running = Task.Run(() => run(_stop.Token), CancellationToken.None);

    /// <summary>Stops it, and waits for its end.</summary>
    /// <param name="cancellationToken">Ends the patience.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Dispose();
    }

    public void Dispose() => _stop.Dispose();
}
