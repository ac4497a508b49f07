using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Waxseal.Lab.Serving;

/// <summary>Three <c>waxseal serve</c> on one database: reports are posted to all of them, and one is killed on the way.</summary>
/// <param name="program">The command: a native program, or dotnet and an assembly.</param>
/// <param name="folder">A folder for the configurations.</param>
/// <param name="database">The address of the database.</param>
internal sealed class SharedDatabaseRun(IReadOnlyList<string> program, string folder, string database)
{
    private const int Processes = 3;
    private const int Connections = 48;

    // Each policy domain of the load has failures enough for one alert, and for one kind alone.
    private const string Alerts = "every = \"2s\"\nkinds = [\"failure-share\"]\nleastSessions = 5\nallowAddresses = [\"127.0.0.0/8\"]";

    /// <summary>Posts reports until each was answered as stored, and waits for the alerts.</summary>
    /// <param name="reports">How many.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<SharedDatabaseResult> RunAsync(int reports, CancellationToken cancellationToken)
    {
        using ToldAlerts told = new();
        int[] ports = [.. Enumerable.Range(0, Processes).Select(_ => ServeProcess.FreePort())];
        List<ServeProcess> processes = [];
        try
        {
            foreach (int port in ports)
            {
                await File.WriteAllTextAsync(ConfigurationOf(port), $"""
                    [store]
                    database = "{database}"
                    [reportIntake]
                    perSource = 1000000
                    perDomain = 1000000
                    [reportIntake.https]
                    listen = ["127.0.0.1:{port}"]
                    [alerts]
                    {Alerts}
                    [[alerts.webhook]]
                    url = "{told.Url}"
                    secret = "0123456789abcdef0123456789abcdef"
                    """, cancellationToken);
                processes.Add(await ServeProcess.StartAsync(program, ConfigurationOf(port), port, cancellationToken));
            }

            ReportLoad load = new([.. ports.Select(port => new IPEndPoint(IPAddress.Loopback, port))], 0, reports);
            Task sending = load.RunAsync(Connections, cancellationToken);
            while (load.AnsweredCount < reports / 2 && !sending.IsCompleted)
                await Task.Delay(5, cancellationToken);
            processes[0].Kill();
            await sending;
            await AllAreToldAsync(told, Math.Min(reports, ReportLoad.Domains), cancellationToken);
            (int counted, long successful, long failed) = await SumsAsync(ConfigurationOf(ports[1]), cancellationToken);
            return new(reports, load.Refused, counted, successful, failed, told.Raised.Count, told.Raised.Values.Count(times => times > 1));
        }
        finally
        {
            processes.ForEach(process => process.Dispose());
        }
    }

    private string ConfigurationOf(int port) => Path.Combine(folder, $"{port}.toml");

    // Until each policy domain is told of; then a little longer, for what might be told again.
    private static async Task AllAreToldAsync(ToldAlerts told, int domains, CancellationToken cancellationToken)
    {
        for (int second = 0, quiet = 0, before = 0; second < 300 && (told.Raised.Count < domains || quiet < 5); second++)
        {
            await Task.Delay(1000, cancellationToken);
            quiet = told.Raised.Count == before ? quiet + 1 : 0;
            before = told.Raised.Count;
        }
    }

    private async Task<(int Counted, long Successful, long Failed)> SumsAsync(string configuration, CancellationToken cancellationToken)
    {
        (int counted, long successful, long failed) = (0, 0, 0);
        await foreach (JsonElement report in StoreExport.ReadAsync(program, configuration, cancellationToken))
        {
            counted++;
            successful += report.GetProperty("successful").GetInt64();
            failed += report.GetProperty("failed").GetInt64();
        }

        return (counted, successful, failed);
    }
}

/// <summary>What came of it.</summary>
/// <param name="Posted">Reports posted, each until it was answered with 2xx.</param>
/// <param name="Again">How often one had to be posted again.</param>
/// <param name="Counted">Reports that count in the store.</param>
/// <param name="Successful">The sum of their sessions that met a policy.</param>
/// <param name="Failed">The sum of those that did not.</param>
/// <param name="Told">Alerts that were told of.</param>
/// <param name="ToldAgain">Alerts told of more than once.</param>
internal sealed record SharedDatabaseResult(int Posted, int Again, int Counted, long Successful, long Failed, int Told, int ToldAgain)
{
    /// <summary>Whether the sums are exact and each policy domain was told of once.</summary>
    public bool IsExact =>
        Counted == Posted && Successful == (long)Posted * ReportJson.Successful && Failed == (long)Posted * ReportJson.Failed
        && Told == Math.Min(Posted, ReportLoad.Domains) && ToldAgain == 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Posted} posted ({Again} times again), {Counted} stored, {Successful} sessions well and {Failed} failed, {Told} alerts told, {ToldAgain} of them more than once: {(IsExact ? "exact" : "NOT exact")}");
}
