using System.Text.Json;
using Waxseal.Access.Secrets;
using Waxseal.Storage;
using Waxseal.Storage.Access;

namespace Waxseal.Tests.Commands.Accounts;

public sealed class AccountCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-account-").FullName;
    private readonly string _config;

    public AccountCommandTests()
    {
        _config = Path.Combine(_folder, "waxseal.toml");
        File.WriteAllText(_config, $"[store]\ndatabase = \"sqlite:{_folder}/waxseal.db\"\n");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task An_account_is_made_listed_changed_and_removed()
    {
        string file = Path.Combine(_folder, "password");
        await File.WriteAllTextAsync(file, "another battery\n", Token);

        Assert.Equal((0, "alice may log in now, as owner.\n"), await RunAsync("correct horse battery\n", "add", "Alice"));
        Assert.Equal(2, (await RunAsync("correct horse battery\n", "add", "alice")).ExitCode);
        Assert.Equal((0, "The password of alice is changed.\n"), await RunAsync("", "password", "alice", "--password-file", file));
        (int exitCode, string secret) = await RunAsync("", "totp", "alice");
        Assert.Equal(0, exitCode);
        Assert.Contains("otpauth://totp/Waxseal:alice?secret=", secret, StringComparison.Ordinal);

        JsonElement account = JsonDocument.Parse((await RunAsync("", "list", "--json")).Out).RootElement.GetProperty("accounts")[0];
        Assert.Equal(("alice", "owner", true, null), (account.GetProperty("name").GetString(), account.GetProperty("role").GetString(), account.GetProperty("totp").GetBoolean(), account.GetProperty("tenant").GetString()));
        using (Passwords passwords = new())
        {
            await using Waxseal.Storage.Store store = await OpenAsync();
            Assert.True(await passwords.VerifyAsync("another battery", (await store.StoredAccess.AccountAsync("alice", Token))!.Password, Token));
        }

        Assert.Equal(0, (await RunAsync("", "totp", "alice", "--off")).ExitCode);
        Assert.Equal((0, "alice has the role viewer now.\n"), await RunAsync("", "role", "Alice", "viewer"));
        await using (Waxseal.Storage.Store store = await OpenAsync())
        {
            await store.Access.BeginAttemptAsync("alice", _ => TimeSpan.FromMinutes(1), DateTimeOffset.UnixEpoch, Token);
            Assert.Equal((0, "alice may log in.\n"), await RunAsync("", "unlock", "alice"));
            Account after = (await store.StoredAccess.AccountAsync("alice", Token))!;
            Assert.Equal((AccountRole.Viewer, (DateTimeOffset?)null), (after.Role, after.LockedUntil));
        }

        Assert.Contains("it was the last", (await RunAsync("", "remove", "alice")).Out, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("", "remove", "alice")).ExitCode);
        Assert.Contains("There are no accounts", (await RunAsync("", "list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_may_have_no_password()
    {
        Assert.Equal((0, "alice may log in now, as owner.\n"), await RunAsync("", "add", "alice", "--no-password"));
        JsonElement account = JsonDocument.Parse((await RunAsync("", "list", "--json")).Out).RootElement.GetProperty("accounts")[0];
        Assert.False(account.GetProperty("password").GetBoolean());
        Assert.Contains("without a password", (await RunAsync("", "list")).Out, StringComparison.Ordinal);

        Assert.Equal((0, "The password of alice is changed.\n"), await RunAsync("correct horse battery\n", "password", "alice"));
        Assert.DoesNotContain("without a password", (await RunAsync("", "list")).Out, StringComparison.Ordinal);
        Assert.Equal((0, "alice has no password any more.\n"), await RunAsync("", "password", "alice", "--no-password"));
        Assert.Equal(2, (await RunAsync("", "password", "alice", "--no-password", "--password-file", _config)).ExitCode);
    }

    [Theory]
    [InlineData("short\n", "waxseal: A password has 12 characters or more.")]
    [InlineData("", "waxseal: A password has 12 characters or more.")]
    public async Task A_bad_password_is_refused(string input, string message)
    {
        await (await OpenAsync()).DisposeAsync();
        Outcome outcome = await CommandRun.Of(input, ["account", "add", "alice", "-c", _config]);

        Assert.Equal((2, message), (outcome.ExitCode, outcome.Error.TrimEnd()));
    }

    [Theory]
    [InlineData("waxseal: a name has 1 to 128 letters, digits, or any of . - _ @ +.", "add", "<b>")]
    [InlineData("waxseal: there is no tenant acme; waxseal account tenant add acme DOMAIN makes\none.", "add", "bob", "--tenant", "acme")]
    [InlineData("waxseal: there is no account bob.", "password", "bob")]
    [InlineData("waxseal: there is no account bob.", "role", "bob", "owner")]
    [InlineData("waxseal: there is no account bob.", "unlock", "bob")]
    [InlineData("waxseal: there is no tenant x.", "tenant", "remove", "x", "example.test")]
    [InlineData("waxseal: --expires takes a time such as 12h or 90d, and not soon.", "token", "add", "x", "--scope", "read", "--expires", "soon")]
    [InlineData("waxseal: there is no token x.", "token", "remove", "x")]
    [InlineData("waxseal: there is no tenant x.", "tenant", "remove", "x")]
    public async Task What_does_not_fit_is_refused(string message, params string[] arguments)
    {
        await (await OpenAsync()).DisposeAsync();
        Outcome outcome = await CommandRun.Of("correct horse battery\n", ["account", .. arguments, "-c", _config]);

        Assert.Equal((2, message), (outcome.ExitCode, outcome.Error.TrimEnd()));
    }

    [Fact]
    public async Task Tokens_and_tenants_are_made_and_removed()
    {
        Assert.Equal((0, "The tenant acme sees: example.test, with all below.\n"), await RunAsync("", "tenant", "add", "Acme", "Example.test."));
        (int exitCode, string text) = await RunAsync("", "token", "add", "back up", "--scope", "operate", "--tenant", "acme", "--expires", "90d");
        Assert.Equal(0, exitCode);
        string id = text.Split('_')[1];
        await using (Waxseal.Storage.Store store = await OpenAsync())
        {
            ApiToken token = (await store.StoredAccess.TokenAsync(id, Token))!;
            Assert.Equal(("back up", "acme", AccountRole.Operator, TimeSpan.FromDays(90)), (token.Name, token.Tenant, token.Role, token.ExpiresAt - token.CreatedAt));
            Assert.Equal(RandomSecret.DigestOf(text.TrimEnd().Split('_', 3)[2]), token.SecretDigest);
        }

        Assert.Contains("back up: operate, tenant acme, never used, ends ", (await RunAsync("", "token", "list")).Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal("example.test", JsonDocument.Parse((await RunAsync("", "tenant", "list", "--json")).Out).RootElement.GetProperty("tenants")[0].GetProperty("policyDomains")[0].GetString());
        Assert.Equal(2, (await RunAsync("", "tenant", "remove", "acme")).ExitCode);
        Assert.Equal(0, (await RunAsync("", "tenant", "add", "acme", "other.test")).ExitCode);
        Assert.Equal((0, "The tenant acme does not see example.test any more.\n"), await RunAsync("", "tenant", "remove", "acme", "example.test"));
        Assert.Equal(0, (await RunAsync("", "token", "remove", id)).ExitCode);
        Assert.Equal(0, (await RunAsync("", "tenant", "remove", "acme")).ExitCode);
    }

    private async Task<(int ExitCode, string Out)> RunAsync(string input, params string[] arguments) =>
        await CommandRun.Of(input, ["account", .. arguments, "-c", _config]) is var outcome ? (outcome.ExitCode, outcome.Out) : default;

    private Task<Waxseal.Storage.Store> OpenAsync() => Waxseal.Storage.Store.OpenAsync(new StoreAddress(true, $"{_folder}/waxseal.db"), TimeProvider.System, Token);
}
