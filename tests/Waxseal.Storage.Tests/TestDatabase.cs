namespace Waxseal.Storage.Tests;

/// <summary>An empty database for one test.</summary>
/// <param name="address">Where it is.</param>
/// <param name="remove">Takes it away.</param>
/// <param name="copy">Makes a copy the way its users are told to back it up, and restores that.</param>
internal sealed class TestDatabase(StoreAddress address, Func<ValueTask> remove, Func<Task<TestDatabase>> copy) : IAsyncDisposable
{
    public StoreAddress Address { get; } = address;

    public Task<Store> OpenAsync() => Store.OpenAsync(Address, TimeProvider.System, TestContext.Current.CancellationToken);

    /// <summary>A backup of it, restored as another database.</summary>
    public Task<TestDatabase> RestoredAsync() => copy();

    public ValueTask DisposeAsync() => remove();

    public static TestDatabase Sqlite()
    {
        string folder = Directory.CreateTempSubdirectory("waxseal-store-").FullName;
        StoreAddress address = new(true, Path.Combine(folder, "waxseal.db"));
        return new(address,
            () =>
            {
                Directory.Delete(folder, recursive: true);
                return ValueTask.CompletedTask;
            },
            async () =>
            {
                TestDatabase other = Sqlite();
                await using Engines.Engine engine = Store.EngineOf(address);
                await engine.BackupAsync(other.Address.Value, TestContext.Current.CancellationToken);
                return other;
            });
    }
}
