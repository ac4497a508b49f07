using System.CommandLine;
using Waxseal.Dashboard.Access;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Access;
using Waxseal.Terminal;

namespace Waxseal.Commands.Accounts;

/// <summary>Makes an account.</summary>
internal sealed class AccountAddCommand : AccountSubcommand
{
    private readonly Argument<string> _name = new("NAME") { Description = $"The name: {AccountName.Grammar}." };

    private readonly Option<string> _role = new("--role")
    {
        Description = "owner (may change who may what; default without --tenant), operator (may have things looked at) or viewer (default with --tenant).",
        HelpName = "ROLE",
    };

    private readonly Option<string?> _tenant = new("--tenant") { Description = "The tenant it belongs to; without one it sees all.", HelpName = "TENANT" };
    private readonly PasswordInput _password;

    public AccountAddCommand(Surroundings surroundings)
        : base("add", "Make an account. The password is asked for, or read from standard input or a file; there need be none.", surroundings)
    {
        _password = new(surroundings);
        _role.AcceptOnlyFromAmong("owner", "operator", "viewer");
        Add(_name);
        Add(_role);
        Add(_tenant);
        Add(_password.FileOption);
        Add(_password.NoneOption);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        if (AccountName.Of(parsed.GetValue(_name)!) is not { } name)
            return Refuse($"a name has {AccountName.Grammar}.");
        string? tenant = parsed.GetValue(_tenant)?.ToLowerInvariant();
        AccountRole role = parsed.GetValue(_role) is { } word ? AccessWords.RoleOf(word) : tenant is null ? AccountRole.Owner : AccountRole.Viewer;
        await using Storage.Store store = await OpenOrMakeAsync(configuration, cancellationToken);
        if (await ProblemOfTenantAsync(store, tenant, cancellationToken) is { } unknown)
            return Refuse(unknown);
        if (await store.StoredAccess.AccountAsync(name, cancellationToken) is not null)
            return Refuse($"there is an account {name}; waxseal account password {name} changes its password.");
        (string? digest, string? problem) = _password.Read(parsed);
        if (digest is null)
            return Refuse(problem!);
        return await store.Access.AddAccountAsync(new(name, tenant, role, digest, Surroundings.Clock.GetUtcNow()), cancellationToken)
            ? Done($"{name} may log in now, as {role.ToWord()}{(tenant is null ? "" : $" of the tenant {tenant}")}.")
            : Refuse($"there is an account {name}.");
    }
}
