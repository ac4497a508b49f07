using System.CommandLine;
using Waxseal.Access;
using Waxseal.Hosting.Configuration;
using Waxseal.Terminal;

namespace Waxseal.Commands.Accounts;

/// <summary>Sets the role of an account.</summary>
internal sealed class AccountRoleCommand : AccountSubcommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The account." };
    private readonly Argument<string> _role = new("ROLE") { Description = "owner (may change who may what), operator (may have things looked at) or viewer." };

    public AccountRoleCommand(Surroundings surroundings)
        : base("role", "Set the role of an account, and log it out everywhere.", surroundings)
    {
        _role.AcceptOnlyFromAmong(NewAccount.Roles);
        Add(_name);
        Add(_role);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        (string name, string role) = (parsed.GetValue(_name)!.ToLowerInvariant(), parsed.GetValue(_role)!);
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        return DoneUnless(await Accounts(store).SetRoleAsync(name, NewAccount.RoleOf(role)!.Value, cancellationToken), $"{name} has the role {role} now.");
    }
}

/// <summary>Lifts the lock of an account.</summary>
internal sealed class AccountUnlockCommand : AccountSubcommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The account." };

    public AccountUnlockCommand(Surroundings surroundings)
        : base("unlock", "Lift the lock that too many failed logins brought.", surroundings) => Add(_name);

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        string name = parsed.GetValue(_name)!.ToLowerInvariant();
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        return DoneUnless(await Accounts(store).UnlockAsync(name, cancellationToken), $"{name} may log in.");
    }
}
