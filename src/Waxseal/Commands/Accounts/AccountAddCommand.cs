using System.CommandLine;
using Waxseal.Access;
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
        string? tenant = parsed.GetValue(_tenant)?.ToLowerInvariant();
        AccountRole role = parsed.GetValue(_role) is { } word ? AccessWords.RoleOf(word) : tenant is null ? AccountRole.Owner : AccountRole.Viewer;
        NewAccount wanted = new(parsed.GetValue(_name)!, role, tenant);
        await using Storage.Store store = await OpenOrMakeAsync(configuration, cancellationToken);
        if (await Accounts(store).FindProblemAsync(wanted, cancellationToken) is { } refusal)
            return Refuse(refusal, tenant);
        (string? password, string? problem) = _password.Read(parsed);
        if (problem is not null)
            return Refuse(problem);
        return DoneUnless(
            await Accounts(store).AddAsync(wanted, password, cancellationToken), $"{AccountName.Of(wanted.Name)} may log in now, as {role.ToWord()}{(tenant is null ? "" : $" of the tenant {tenant}")}.");
    }
}
