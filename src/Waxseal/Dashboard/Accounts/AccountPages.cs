using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waxseal.Access.Secrets;
using Waxseal.Dashboard.Access;
using Waxseal.Dashboard.Pages;
using Waxseal.Dashboard.Readings;
using Waxseal.Hosting;
using Waxseal.Storage.Access;

namespace Waxseal.Dashboard.Accounts;

/// <summary>What somebody may change of their own account. Each change ends all other logins of it.</summary>
internal sealed class AccountPages(LoginDesk desk, Logins logins, Proxies proxies, StoreDoor store, ILogger logger)
{
    private const string WrongPassword = "The password is not right, or there were too many attempts. Nothing was changed.";

    public async Task<IResult?> ShowAsync(Asked asked) => Page(asked, await FindAsync(asked), null);

    public async Task<IResult?> SetPasswordAsync(Asked asked)
    {
        if (await FindAsync(asked) is not { } account)
            return null;
        string password = await asked.FieldAsync("new");
        string? problem = password != await asked.FieldAsync("again") ? "The new password is not the same both times." : Passwords.ProblemOf(password);
        if (problem is null && !await ConfirmAsync(asked, account))
            problem = WrongPassword;
        if (problem is not null)
            return Page(asked, account, problem);
        await store.Open.Access.SetPasswordAsync(account.Name, Passwords.Digest(password), asked.Cancelled);
        logger.PasswordChanged(account.Name, proxies.SourceOf(asked.Context));
        return await AgainAsync(asked, account);
    }

    /// <summary>Shows a new secret of one-time codes; it is kept when a code of it has come back.</summary>
    public async Task<IResult?> ShowTotpAsync(Asked asked) => await FindAsync(asked) is { } account ? TotpPage(asked, account, Totp.NewSecret(), null) : null;

    public async Task<IResult?> BeginTotpAsync(Asked asked)
    {
        if (await FindAsync(asked) is not { } account || Base32.Decode(await asked.FieldAsync("secret")) is not { Length: 20 } secret)
            return null;
        if (Totp.StepOf(secret, await asked.FieldAsync("code"), asked.Now) is not { } step)
            return TotpPage(asked, account, secret, "The code is not one of this secret now. Are the clocks right, here and on your device?");
        if (!await ConfirmAsync(asked, account))
            return TotpPage(asked, account, secret, WrongPassword);
        await store.Open.Access.SetTotpAsync(account.Name, secret, step, asked.Cancelled);
        logger.TotpBegan(account.Name, proxies.SourceOf(asked.Context));
        return await AgainAsync(asked, account);
    }

    public async Task<IResult?> EndTotpAsync(Asked asked)
    {
        if (await FindAsync(asked) is not { } account)
            return null;
        if (!await ConfirmAsync(asked, account))
            return Page(asked, account, WrongPassword);
        await store.Open.Access.SetTotpAsync(account.Name, null, 0, asked.Cancelled);
        logger.TotpEnded(account.Name, proxies.SourceOf(asked.Context));
        return await AgainAsync(asked, account);
    }

    // Whoever is known in another way has nothing to change here.
    private async Task<Account?> FindAsync(Asked asked) =>
        asked.Viewer.Login is { Account: var name } ? await store.Open.StoredAccess.AccountAsync(name, asked.Cancelled) : null;

    private async Task<bool> ConfirmAsync(Asked asked, Account account) =>
        await desk.ConfirmAsync(account, await asked.FieldAsync("password"), proxies.SourceOf(asked.Context), asked.Cancelled);

    private async Task<IResult> AgainAsync(Asked asked, Account account)
    {
        await logins.BeginAsync(asked.Context, account.Name);
        return TypedResults.Redirect(Links.Account);
    }

    private static IResult? Page(Asked asked, Account? account, string? problem) =>
        Asked.Page<AccountPage, OwnAccount>(new(asked.Frame("Account", ""), asked.Viewer, account, problem));

    private static IResult? TotpPage(Asked asked, Account account, byte[] secret, string? problem) =>
        Asked.Page<TotpPage, TotpSetup>(new(asked.Frame("One-time codes", ""), Base32.Encode(secret), Totp.UriOf(account.Name, secret), problem));
}
