namespace Waxseal.Storage.Tests;

/// <summary>An empty database for one test.</summary>
internal sealed class TestDatabase(StoreAddress address, Func<ValueTask> remove) : IAsyncDisposable
{
    public StoreAddress Address { get; } = address;

    public Task<Store> OpenAsync() => Store.OpenAsync(Address, TimeProvider.System, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => remove();

    public static TestDatabase Sqlite()
    {
        string folder = Directory.CreateTempSubdirectory("waxseal-store-").FullName;
        return new(new StoreAddress(true, Path.Combine(folder, "waxseal.db")), () =>
        {
            Directory.Delete(folder, recursive: true);
            return ValueTask.CompletedTask;
        });
    }
}
