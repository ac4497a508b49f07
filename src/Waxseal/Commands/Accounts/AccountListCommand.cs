using System.CommandLine;
using Waxseal.Access.Secrets;
using Waxseal.Answers;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Access;
using Waxseal.Terminal;

namespace Waxseal.Commands.Accounts;

/// <summary>Lists the accounts.</summary>
internal sealed class AccountListCommand : AccountSubcommand
{
    private readonly Option<bool> _json = new("--json") { Description = "Write JSON for programs." };

    public AccountListCommand(Surroundings surroundings)
        : base("list", "List the accounts: name, role, tenant, last login.", surroundings) => Add(_json);

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        List<Account> accounts = await store.StoredAccess.AccountsAsync(cancellationToken);
        if (parsed.GetValue(_json))
        {
            AccessJson.Write(Surroundings, "accounts", accounts, (json, account) =>
            {
                json.WriteString("name", account.Name);
                json.WriteString("role", account.Role.ToWord());
                json.WriteString("tenant", account.Tenant);
                json.WriteBoolean("password", account.Password != Passwords.None);
                json.WriteBoolean("totp", account.TotpSecret is not null);
                json.WriteString("createdAt", UtcTime.Of(account.CreatedAt));
                json.WriteString("loggedInAt", account.LoggedInAt is { } last ? UtcTime.Of(last) : null);
                json.WriteString("lockedUntil", account.LockedUntil is { } until && until > Surroundings.Clock.GetUtcNow() ? UtcTime.Of(until) : null);
            });
            return ExitCode.Clean;
        }

        Page page = Surroundings.NewPage();
        if (accounts.Count == 0)
            page.Paragraph("There are no accounts. waxseal account add NAME makes one.");
        foreach (Account account in accounts)
            page.Row(Styled.Strong(account.Name), InWords(account), accounts.Max(one => one.Name.Length));
        return ExitCode.Clean;
    }

    private string InWords(Account account) => string.Join(", ", new[]
    {
        account.Role.ToWord(),
        account.Tenant is { } tenant ? $"tenant {tenant}" : "sees all",
        account.Password == Passwords.None ? "without a password" : null,
        account.TotpSecret is null ? null : "with one-time codes",
        account.LoggedInAt is { } last ? $"last login {UtcTime.Of(last)}" : "never logged in",
        account.LockedUntil is { } until && until > Surroundings.Clock.GetUtcNow() ? $"locked until {UtcTime.Of(until)}" : null,
    }.OfType<string>());
}
