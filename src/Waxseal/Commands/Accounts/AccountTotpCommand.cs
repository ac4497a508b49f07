using System.CommandLine;
using Waxseal.Access.Secrets;
using Waxseal.Hosting.Configuration;
using Waxseal.Terminal;

namespace Waxseal.Commands.Accounts;

/// <summary>Begins or ends the one-time codes of an account.</summary>
internal sealed class AccountTotpCommand : AccountSubcommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The account." };
    private readonly Option<bool> _off = new("--off") { Description = "End them: the password is enough then." };

    public AccountTotpCommand(Surroundings surroundings)
        : base("totp", "Make a login of an account take a one-time code as well, with a new secret, which is shown once.", surroundings)
    {
        Add(_name);
        Add(_off);
    }

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        string name = parsed.GetValue(_name)!.ToLowerInvariant();
        byte[]? secret = parsed.GetValue(_off) ? null : Totp.NewSecret();
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        if (await Accounts(store).SetTotpAsync(name, secret, cancellationToken) is { } refusal)
            return Refuse(refusal);
        if (secret is null)
            return Done($"The password of {name} is enough to log in now.");
        Page page = Surroundings.NewPage();
        page.Paragraph($"A login of {name} takes a code from now on. The secret for the app, as text and as a link:");
        page.Blank();
        page.Verbatim(Base32.Encode(secret));
        page.Verbatim(Totp.UriOf(name, secret));
        return ExitCode.Clean;
    }
}
