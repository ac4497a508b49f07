using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Waxseal.Lab.Serving;

/// <summary>Kills <c>waxseal serve</c> at random moments while clients send reports, and looks for every report that was answered as stored.</summary>
/// <param name="program">The command: a native program, or dotnet and an assembly.</param>
/// <param name="folder">A folder for the configuration and the database.</param>
/// <param name="database">The address of the database.</param>
internal sealed class KillLoop(IReadOnlyList<string> program, string folder, string database)
{
    private const int Clients = 8;

    private readonly ConcurrentDictionary<string, byte> _answered = [];
    private int _sent;

    /// <summary>Runs the loop.</summary>
    /// <param name="kills">How often the process is killed.</param>
    /// <param name="seed">Chooses the moments.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<KillResult> RunAsync(int kills, int seed, CancellationToken cancellationToken)
    {
        Random chance = new(seed);
        int port = ServeProcess.FreePort();
        string configuration = Path.Combine(folder, "waxseal.toml");
        await File.WriteAllTextAsync(configuration,
            $"[store]\ndatabase = \"{database}\"\n[reportIntake]\nperSource = 1000000\nperDomain = 1000000\n[reportIntake.https]\nlisten = [\"127.0.0.1:{port}\"]\n", cancellationToken);
        for (int i = 0; i < kills; i++)
        {
            using ServeProcess serve = await ServeProcess.StartAsync(program, configuration, port, cancellationToken);
            using CancellationTokenSource life = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task[] clients = [.. Enumerable.Range(0, Clients).Select(_ => SendAsync(serve.Reports, life.Token))];
            await FirstAnswerAsync(_answered.Count, cancellationToken);
            await Task.Delay(chance.Next(400), cancellationToken);
            serve.Kill();
            await life.CancelAsync();
            await Task.WhenAll(clients);
        }

        Dictionary<string, int> stored = await StoredAsync(configuration, cancellationToken);
        return new(kills, _sent, _answered.Count, _answered.Keys.Count(id => !stored.ContainsKey(id)), stored.Values.Count(times => times > 1), stored.Count);
    }

    // On a busy machine a process may need seconds before it answers; a life without an answer would prove nothing.
    private async Task FirstAnswerAsync(int before, CancellationToken cancellationToken)
    {
        for (int i = 0; i < 1000 && _answered.Count == before; i++)
            await Task.Delay(10, cancellationToken);
    }

    private async Task SendAsync(Uri reports, CancellationToken cancellationToken)
    {
        using SocketsHttpHandler handler = new() { UseProxy = false };
        using HttpMessageInvoker client = new(handler);
        while (!cancellationToken.IsCancellationRequested)
        {
            string id = $"kill-{Interlocked.Increment(ref _sent)}";
            using HttpRequestMessage request = new(HttpMethod.Post, reports) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(ReportJson.Of(id))) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/tlsrpt+json");
            try
            {
                using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
                if (response.IsSuccessStatusCode)
                    _answered[id] = 0;
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or IOException)
            {
                // It was killed before it answered: the report may be stored or not.
                continue;
            }
        }
    }

    private async Task<Dictionary<string, int>> StoredAsync(string configuration, CancellationToken cancellationToken)
    {
        using Process export = Process.Start(new ProcessStartInfo(program[0], [.. program.Skip(1), "store", "export", "--config", configuration]) { RedirectStandardOutput = true })!;
        Dictionary<string, int> stored = [];
        while (await export.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            using JsonDocument report = JsonDocument.Parse(line);
            if (report.RootElement.GetProperty("state").GetString() != "counted")
                continue;
            string id = report.RootElement.GetProperty("report_id").GetString()!;
            stored[id] = stored.GetValueOrDefault(id) + 1;
        }

        await export.WaitForExitAsync(cancellationToken);
        return export.ExitCode == 0 ? stored : throw new InvalidOperationException($"waxseal store export ended with exit code {export.ExitCode}.");
    }
}

/// <summary>What came of a loop of kills.</summary>
/// <param name="Kills">How often the process was killed.</param>
/// <param name="Sent">Reports sent.</param>
/// <param name="Answered">Reports answered as stored.</param>
/// <param name="Lost">Of these, reports that are not there.</param>
/// <param name="Doubled">Reports that are there more than once.</param>
/// <param name="Stored">Reports that are there.</param>
internal sealed record KillResult(int Kills, int Sent, int Answered, int Lost, int Doubled, int Stored)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Kills} kills, {Sent} sent, {Answered} answered as stored, {Lost} lost, {Doubled} doubled, {Stored} stored");
}
