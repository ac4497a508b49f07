using Waxseal.Lab.Serving;

[assembly: AssemblyFixture(typeof(Waxseal.Storage.Tests.PostgresServer))]

namespace Waxseal.Storage.Tests;

/// <summary>A PostgreSQL server of the tests' own, started when the first test wants it.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-postgres-").FullName;
    private readonly SemaphoreSlim _turn = new(1);
    private PostgresProcess? _process;
    private int _databases;

    // Why there is no server on this machine, or null.
    private static string? Absence => PostgresProcess.Absence;

    /// <summary>A database with nothing in it; the test is skipped where there is no server to be had.</summary>
    internal async Task<TestDatabase> NewDatabaseAsync(CancellationToken cancellationToken)
    {
        Assert.SkipWhen(Absence is not null, Absence ?? "");
        PostgresProcess process = await StartedAsync(cancellationToken);
        string name = $"test{Interlocked.Increment(ref _databases)}";
        await process.CreateDatabaseAsync(name, cancellationToken);
        return Of(process, name);
    }

    private TestDatabase Of(PostgresProcess process, string name) => new(
        new StoreAddress(false, $"Host=127.0.0.1;Port={process.Port};Username=postgres;Database={name};Maximum Pool Size=20"),
        () => ValueTask.CompletedTask,
        async () =>
        {
            string copy = $"test{Interlocked.Increment(ref _databases)}";
            await process.CopyDatabaseAsync(name, copy, TestContext.Current.CancellationToken);
            return Of(process, copy);
        });

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        _turn.Dispose();
    }

    private async Task<PostgresProcess> StartedAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_process is null)
            {
                PostgresProcess process = new(_folder);
                await process.CreateAsync(cancellationToken);
                _process = process;
            }

            return _process;
        }
        finally
        {
            _turn.Release();
        }
    }
}
