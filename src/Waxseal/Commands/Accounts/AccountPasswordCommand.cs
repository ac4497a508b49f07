using System.CommandLine;
using Waxseal.Hosting.Configuration;
using Waxseal.Terminal;

namespace Waxseal.Commands.Accounts;

/// <summary>Sets the password of an account.</summary>
internal sealed class AccountPasswordCommand : AccountSubcommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The account." };
    private readonly PasswordInput _password;

    public AccountPasswordCommand(Surroundings surroundings)
        : base("password", "Set the password of an account, lift its lock, and log it out everywhere.", surroundings)
    {
        _password = new(surroundings);
        Add(_name);
        Add(_password.FileOption);
        Add(_password.NoneOption);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        string name = parsed.GetValue(_name)!.ToLowerInvariant();
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        if (await Accounts(store).FindAsync(name, cancellationToken) is null)
            return Refuse($"there is no account {name}.");
        (string? password, string? problem) = _password.Read(parsed);
        if (problem is not null)
            return Refuse(problem);
        return DoneUnless(
            await Accounts(store).SetPasswordAsync(name, password, cancellationToken), password is null ? $"{name} has no password any more." : $"The password of {name} is changed.");
    }
}
