using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(Waxseal.Storage.Tests.PostgresServer))]

namespace Waxseal.Storage.Tests;

/// <summary>A PostgreSQL server of the tests' own, on loopback, started when the first test wants it.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Programs = "/usr/lib/postgresql/15/bin";

    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-postgres-").FullName;
    private readonly SemaphoreSlim _turn = new(1);
    private int _port;
    private int _databases;

    // Why there is no server on this machine, or null.
    private static string? Absence =>
        !File.Exists($"{Programs}/postgres") ? "PostgreSQL 15 is not installed"
        : Environment.IsPrivilegedProcess && !File.Exists("/usr/sbin/runuser") ? "PostgreSQL does not run as root, and there is no runuser"
        : null;

    /// <summary>A database with nothing in it; the test is skipped where there is no server to be had.</summary>
    internal async Task<TestDatabase> NewDatabaseAsync(CancellationToken cancellationToken)
    {
        Assert.SkipWhen(Absence is not null, Absence ?? "");
        await StartAsync(cancellationToken);
        string name = $"test{Interlocked.Increment(ref _databases)}";
        await using NpgsqlConnection connection = new(ConnectionTo("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using NpgsqlCommand command = new($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new TestDatabase(new StoreAddress(false, ConnectionTo(name)), () => ValueTask.CompletedTask);
    }

    public async ValueTask DisposeAsync()
    {
        if (_port > 0)
            await RunAsync("pg_ctl", CancellationToken.None, "-D", $"{_folder}/data", "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
        _turn.Dispose();
    }

    private string ConnectionTo(string database) => $"Host=127.0.0.1;Port={_port};Username=postgres;Database={database};Maximum Pool Size=20";

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_port > 0)
                return;
            int port = FreePort();
            if (Environment.IsPrivilegedProcess)
                await ProcessAsync("chown", cancellationToken, "postgres", _folder);
            await RunAsync("initdb", cancellationToken, "-D", $"{_folder}/data", "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8");
            await RunAsync("pg_ctl", cancellationToken, "-D", $"{_folder}/data", "-w", "-t", "60", "-l", $"{_folder}/log",
                "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''", "start");
            _port = port;
        }
        finally
        {
            _turn.Release();
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

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
