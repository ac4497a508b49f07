using System.CommandLine;
using Waxseal.Terminal;

namespace Waxseal.Commands.Accounts;

/// <summary>Says who may see and do what at the dashboard.</summary>
internal sealed class AccountCommand : Command, IHasExamples
{
    public AccountCommand(Surroundings surroundings)
        : base("account", "Say who may log in at the dashboard: accounts, tokens for programs, tenants.")
    {
        Add(new AccountAddCommand(surroundings));
        Add(new AccountListCommand(surroundings));
        Add(new AccountRemoveCommand(surroundings));
        Add(new AccountRoleCommand(surroundings));
        Add(new AccountPasswordCommand(surroundings));
        Add(new AccountUnlockCommand(surroundings));
        Add(new AccountTotpCommand(surroundings));
        Add(new Command("token", "Make, list and remove tokens with which programs ask.") { new TokenAddCommand(surroundings), new TokenListCommand(surroundings), new TokenRemoveCommand(surroundings) });
        Add(new Command("tenant", "Name those who see some policy domains alone.") { new TenantAddCommand(surroundings), new TenantListCommand(surroundings), new TenantRemoveCommand(surroundings) });
    }

    public IEnumerable<(string CommandLine, string Meaning)> Examples =>
    [
        ("waxseal account add alice", "Make the first account, an owner; the password is asked for."),
        ("waxseal account tenant add acme example.com", "Name a tenant, who sees example.com and all below it."),
        ("waxseal account add bob --role viewer --tenant acme", "Make an account that sees what the tenant may see, and changes nothing."),
        ("waxseal account add carol --no-password", "Make an account to which the provider of dashboard.oidc lets in, or a proxy."),
        ("waxseal account token add backup --scope read --expires 90d", "Make a token for a program; it is shown once."),
    ];
}
