using System.CommandLine;
using Waxseal.Hosting.Configuration;
using Waxseal.Terminal;

namespace Waxseal.Commands.Accounts;

/// <summary>Removes an account.</summary>
internal sealed class AccountRemoveCommand : AccountSubcommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The account." };

    public AccountRemoveCommand(Surroundings surroundings)
        : base("remove", "Remove an account, and log it out everywhere.", surroundings) => Add(_name);

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        string name = parsed.GetValue(_name)!.ToLowerInvariant();
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        if (await Accounts(store).RemoveAsync(name, null, cancellationToken) is { } refusal)
            return Refuse(refusal);
        return Done(await store.StoredAccess.HasAccountsAsync(cancellationToken)
            ? $"{name} is gone."
            : $"{name} is gone, and it was the last: at loopback everybody is let in now, and from elsewhere nobody.");
    }
}
