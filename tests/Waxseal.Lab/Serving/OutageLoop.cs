namespace Waxseal.Lab.Serving;

/// <summary>Takes the database away from a <c>waxseal serve</c> that runs on, while clients send reports, and gives it back.</summary>
/// <param name="program">The command: a native program, or dotnet and an assembly.</param>
/// <param name="folder">A folder for the configuration.</param>
/// <param name="database">The address of the database.</param>
/// <param name="outage">Takes it away: kills its server, or fills its disk.</param>
/// <param name="mend">Gives it back.</param>
internal sealed class OutageLoop(IReadOnlyList<string> program, string folder, string database, Func<CancellationToken, Task> outage, Func<CancellationToken, Task> mend)
{
    private readonly ReportSenders _senders = new();

    /// <summary>Runs the loop: each time reports must have been stored, then refused, and then stored again.</summary>
    public async Task<KillResult> RunAsync(int outages, int seed, CancellationToken cancellationToken)
    {
        Random chance = new(seed);
        string configuration = Path.Combine(folder, "waxseal.toml");
        await File.WriteAllTextAsync(configuration, _senders.Configuration(database), cancellationToken);
        using ServeProcess serve = await ServeProcess.StartAsync(program, configuration, _senders.HttpPort, cancellationToken);
        using CancellationTokenSource life = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task sending = _senders.RunAsync(life.Token);
        for (int i = 0; i < outages; i++)
        {
            await GrowsAsync("no report is stored", () => _senders.AnsweredCount, sending, cancellationToken);
            await Task.Delay(chance.Next(300), cancellationToken);
            await outage(cancellationToken);
            await GrowsAsync("no report is refused", () => _senders.Refused, sending, cancellationToken);
            await mend(cancellationToken);
        }

        await GrowsAsync("no report is stored any more", () => _senders.AnsweredCount, sending, cancellationToken);
        await life.CancelAsync();
        await sending;
        int code = await serve.StopAsync(cancellationToken);
        return code == 0 ? await KillResult.OfAsync(outages, _senders, program, configuration, cancellationToken) : throw new InvalidOperationException($"waxseal serve ended with exit code {code}.");
    }

    private static async Task GrowsAsync(string otherwise, Func<int> count, Task sending, CancellationToken cancellationToken)
    {
        int before = count();
        for (int i = 0; count() == before; i++)
        {
            if (sending.IsCompleted)
                await sending;
            if (i == 6000)
                throw new InvalidOperationException($"For a minute {otherwise}.");
            await Task.Delay(10, cancellationToken);
        }
    }
}
