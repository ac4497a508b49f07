using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage;

namespace Waxseal.Tests.Hosting;

public sealed class ReloadTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-reload-").FullName;
    private readonly ServeHost _host = new(new Systemd(_ => null), TimeProvider.System, NullLoggerFactory.Instance);

    private const string Smtp = "[reportIntake.smtp]\nlisten = [\"127.0.0.1:0\"]\nrecipients = [\"tlsrpt@example.test\"]\n";

    [Fact]
    public async Task What_did_not_change_goes_on()
    {
        await ApplyAsync(Smtp);
        IRole before = _host.Roles.Single();

        Assert.Empty(await ApplyAsync(Smtp));
        Assert.Same(before, _host.Roles.Single());
    }

    [Fact]
    public async Task A_secret_that_changed_in_its_file_is_noticed()
    {
        string secret = Path.Combine(_folder, "secret");
        string text = $"[reportIntake.https]\nlisten = [\"127.0.0.1:0\"]\npathSecret = {{ file = \"{secret}\" }}\n";
        await File.WriteAllTextAsync(secret, "first", TestContext.Current.CancellationToken);
        await ApplyAsync(text);
        await File.WriteAllTextAsync(secret, "second", TestContext.Current.CancellationToken);

        Assert.Equal(["reportIntake.https"], await ApplyAsync(text));
        Assert.Empty(await ApplyAsync(text));
    }

    [Fact]
    public async Task Another_store_takes_the_place_of_the_first()
    {
        await ApplyAsync(Smtp);
        StoreDoor before = _host.Store;

        Assert.Equal(["store", "reportIntake.smtp"], await ApplyAsync(Smtp, "other.db"));
        Assert.NotSame(before, _host.Store);
        Assert.Null(await _host.Store.FindTroubleAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_fixed_while_it_runs_stands_against_a_reload()
    {
        string control = $"{Smtp}[control]\nsocket = \"{_folder}/other.sock\"\n";
        await ApplyAsync(Smtp);

        Assert.Empty(await _host.FindObstaclesAsync(Read(Smtp)));
        Assert.Equal($"store.database leads to SQLite: {_folder}/other.db, and the store in use is SQLite: {_folder}/waxseal.db; it stays while waxseal serve runs, so restart waxseal serve to change it.",
            Assert.Single(await _host.FindObstaclesAsync(Read(Smtp, "other.db"))));
        Assert.StartsWith($"control.socket leads to {_folder}/other.sock, and", Assert.Single(await _host.FindObstaclesAsync(Read(control))), StringComparison.Ordinal);
        Assert.StartsWith("The configuration has no section of a role any more", Assert.Single(await _host.FindObstaclesAsync(Read("", "other.db"))), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_password_leads_to_the_same_store()
    {
        StoreAddress one = Address("postgresql://me:one@a.test:5432/waxseal");

        Assert.True(one.IsSamePlaceAs(Address("postgresql://me@a.test:5432/waxseal").WithPassword("two")));
        Assert.False(one.IsSamePlaceAs(Address("postgresql://me:one@b.test:5432/waxseal")));
    }

    [Fact]
    public async Task If_something_cannot_be_started_what_ran_before_runs_again()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        await ApplyAsync(Smtp);
        string other = Smtp.Replace("127.0.0.1:0", taken.LocalEndpoint.ToString(), StringComparison.Ordinal);

        IOException fault = await Assert.ThrowsAsync<IOException>(() => ApplyAsync($"{other}[reportIntake.folder]\npath = \"{_folder}/in\"\n", "other.db"));

        Assert.Equal($"reportIntake.smtp cannot start: {taken.LocalEndpoint}: Address already in use.", fault.Message);
        Assert.Equal(["reportIntake.smtp"], _host.Roles.Select(role => role.Name));
        Assert.Empty(_host.Missing);
        Assert.Null(await _host.Store.FindTroubleAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await ApplyAsync(Smtp));
        using TcpClient client = new();
        await client.ConnectAsync(IPEndPoint.Parse(_host.Roles.Single().Addresses.Single()), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_path_that_is_too_long_for_a_socket_is_told_of()
    {
        ServeConfiguration.Read($"[metrics]\nlisten = \"unix:/{new string('x', 200)}\"", "f.toml", new Dictionary<string, string>(), out ImmutableArray<string> problems);

        Assert.StartsWith("f.toml, line 2: metrics.listen is \"unix:/xxx", Assert.Single(problems), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static StoreAddress Address(string text) => StoreAddress.TryParse(text, out StoreAddress? address, out string? problem) ? address : throw new InvalidOperationException(problem);

    private Task<ImmutableArray<string>> ApplyAsync(string text, string database = "waxseal.db") => _host.ApplyAsync(Read(text, database), TestContext.Current.CancellationToken);

    private ServeConfiguration Read(string text, string database = "waxseal.db")
    {
        ServeConfiguration configuration = ServeConfiguration.Read($"[store]\ndatabase = \"sqlite:{_folder}/{database}\"\n{text}", "f.toml", new Dictionary<string, string>(), out ImmutableArray<string> problems);
        Assert.Empty(problems);
        return configuration;
    }
}
