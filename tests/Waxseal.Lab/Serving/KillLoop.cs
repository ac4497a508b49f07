namespace Waxseal.Lab.Serving;

/// <summary>Kills <c>waxseal serve</c> at random moments while clients send reports, and looks for every report that was answered as stored.</summary>
/// <param name="program">The command: a native program, or dotnet and an assembly.</param>
/// <param name="folder">A folder for the configuration and the database.</param>
/// <param name="database">The address of the database.</param>
internal sealed class KillLoop(IReadOnlyList<string> program, string folder, string database)
{
    private readonly ReportSenders _senders = new();

    /// <summary>Runs the loop.</summary>
    /// <param name="kills">How often the process is killed.</param>
    /// <param name="seed">Chooses the moments.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<KillResult> RunAsync(int kills, int seed, CancellationToken cancellationToken)
    {
        Random chance = new(seed);
        string configuration = Path.Combine(folder, "waxseal.toml");
        await File.WriteAllTextAsync(configuration, _senders.Configuration(database), cancellationToken);
        for (int i = 0; i < kills; i++)
        {
            using ServeProcess serve = await ServeProcess.StartAsync(program, configuration, _senders.HttpPort, cancellationToken);
            using CancellationTokenSource life = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task sending = _senders.RunAsync(life.Token);
            await FirstAnswerAsync(_senders.AnsweredCount, cancellationToken);
            await Task.Delay(chance.Next(400), cancellationToken);
            serve.Kill();
            await life.CancelAsync();
            await sending;
        }

        return await KillResult.OfAsync(kills, _senders, program, configuration, cancellationToken);
    }

    // On a busy machine a process may need seconds before it answers; a life without an answer would prove nothing.
    private async Task FirstAnswerAsync(int before, CancellationToken cancellationToken)
    {
        for (int i = 0; i < 1000 && _senders.AnsweredCount == before; i++)
            await Task.Delay(10, cancellationToken);
    }
}
