using System.Diagnostics;

namespace Waxseal.Lab.Serving;

/// <summary>A PostgreSQL 15 of its own, on loopback, which may be killed at any moment and started again.</summary>
/// <param name="folder">A folder for its data, which its user can reach.</param>
internal sealed class PostgresProcess(string folder) : IAsyncDisposable
{
    private const string Programs = "/usr/lib/postgresql/15/bin";

    private readonly string _data = Path.Combine(folder, "data");
    private bool _isRunning;

    /// <summary>Why there is none on this machine, or null.</summary>
    public static string? Absence =>
        !File.Exists($"{Programs}/postgres") ? "PostgreSQL 15 is not installed"
        : Environment.IsPrivilegedProcess && !File.Exists("/usr/sbin/runuser") ? "PostgreSQL does not run as root, and there is no runuser"
        : null;

    public int Port { get; } = ServeProcess.FreePort();

    /// <summary>The address of one of its databases, as in <c>store.database</c>.</summary>
    public string AddressOf(string database) => $"postgresql://postgres@127.0.0.1:{Port}/{database}";

    /// <summary>Makes its data and starts it.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        if (Environment.IsPrivilegedProcess)
            await ProcessAsync("chown", cancellationToken, "postgres", folder);
        await RunAsync("initdb", cancellationToken, "-D", _data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8");
        await StartAsync(cancellationToken);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await RunAsync("pg_ctl", cancellationToken, "-D", _data, "-w", "-t", "60", "-l", $"{folder}/log",
            "-o", $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200", "start");
        _isRunning = true;
    }

    /// <summary>Kills it and its children at once, as a fault of the machine would.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        int id = int.Parse((await File.ReadAllLinesAsync(Path.Combine(_data, "postmaster.pid"), cancellationToken))[0], System.Globalization.CultureInfo.InvariantCulture);
        using var postmaster = Process.GetProcessById(id);
        postmaster.Kill(entireProcessTree: true);
        while (Directory.Exists($"/proc/{id}") && !await IsDeadAsync(id, cancellationToken))
            await Task.Delay(10, cancellationToken);
        File.Delete(Path.Combine(_data, "postmaster.pid"));
        _isRunning = false;
    }

    /// <summary>Starts it again, should it have gone down by itself.</summary>
    public async Task ReviveAsync(CancellationToken cancellationToken)
    {
        string note = Path.Combine(_data, "postmaster.pid");
        if (File.Exists(note) && Directory.Exists($"/proc/{(await File.ReadAllLinesAsync(note, cancellationToken))[0]}"))
            return;
        File.Delete(note);
        await StartAsync(cancellationToken);
    }

    /// <summary>Stops it: <c>smart</c>, <c>fast</c> or <c>immediate</c>.</summary>
    public async Task StopAsync(string mode, CancellationToken cancellationToken)
    {
        await RunAsync("pg_ctl", cancellationToken, "-D", _data, "-w", "-m", mode, "stop");
        _isRunning = false;
    }

    public Task CreateDatabaseAsync(string name, CancellationToken cancellationToken) =>
        RunAsync("createdb", cancellationToken, "-h", "127.0.0.1", "-p", $"{Port}", "-U", "postgres", name);

    /// <summary>Copies a database into a new one by way of a dump.</summary>
    public async Task CopyDatabaseAsync(string from, string to, CancellationToken cancellationToken)
    {
        await CreateDatabaseAsync(to, cancellationToken);
        string dump = Path.Combine(folder, $"{from}.dump");
        await RunAsync("pg_dump", cancellationToken, "-h", "127.0.0.1", "-p", $"{Port}", "-U", "postgres", "-Fc", "-f", dump, from);
        await RunAsync("pg_restore", cancellationToken, "-h", "127.0.0.1", "-p", $"{Port}", "-U", "postgres", "-d", to, dump);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isRunning)
            await StopAsync("immediate", CancellationToken.None);
    }

    private static async Task<bool> IsDeadAsync(int id, CancellationToken cancellationToken)
    {
        try
        {
            return (await File.ReadAllTextAsync($"/proc/{id}/stat", cancellationToken)).Split(')')[^1].TrimStart().StartsWith('Z');
        }
        catch (IOException)
        {
            // It went between two looks.
            return true;
        }
    }

    private static Task RunAsync(string program, CancellationToken cancellationToken, params string[] arguments) => Environment.IsPrivilegedProcess
        ? ProcessAsync("runuser", cancellationToken, ["-u", "postgres", "--", $"{Programs}/{program}", .. arguments])
        : ProcessAsync($"{Programs}/{program}", cancellationToken, arguments);

    // The server that pg_ctl starts keeps the output open, so nobody waits for the end of it.
    private static async Task ProcessAsync(string program, CancellationToken cancellationToken, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", "cd / && exec \"$0\" \"$@\" > /dev/null 2>&1 < /dev/null", program, .. arguments]))!;
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}.");
    }
}
