using System.Net;
using Microsoft.Extensions.Logging;
using Waxseal.Access;
using Waxseal.Access.Secrets;
using Waxseal.Dashboard.Oidc;
using Waxseal.Hosting;
using Waxseal.Storage.Access;
using Waxseal.Terminal;

namespace Waxseal.Dashboard.Access;

/// <summary>Looks at names, passwords and one-time codes. Whoever guesses waits longer and longer, and learns nothing meanwhile.</summary>
internal sealed class LoginDesk(StoreDoor store, TimeProvider clock, ILogger logger) : IDisposable
{
    private const int MostWords = 400;

    private readonly Passwords _passwords = new();
    private readonly SourceDelays _sources = new(clock);

    public void Dispose() => _passwords.Dispose();

    /// <summary>Looks at what somebody gives to log in.</summary>
    public Task<LoginOutcome> TryAsync(string name, string password, string code, IPAddress source, CancellationToken cancellationToken) => SlowedAsync(
        async () => await LookAsync(AccountName.Of(name) is { } known ? await store.Open.StoredAccess.AccountAsync(known, cancellationToken) : null, password, code, source, cancellationToken),
        source);

    /// <summary>Looks at whom a provider names. Each attempt has the provider asked, so it counts as a guess until it has succeeded.</summary>
    public Task<LoginOutcome> TryAsync(Func<Task<ProviderAnswer>> ask, IPAddress source, CancellationToken cancellationToken) =>
        SlowedAsync(async () => await OfProviderAsync(await ask(), source, cancellationToken), source);

    /// <summary>Whether the password of an account is right, for who is logged in already.</summary>
    public async Task<bool> ConfirmAsync(Account account, string password, IPAddress source, CancellationToken cancellationToken) =>
        await LookAsync(account with { TotpSecret = null }, password, "", source, cancellationToken) is LoginOutcome.Welcome;

    private async Task<LoginOutcome> SlowedAsync(Func<Task<LoginOutcome>> look, IPAddress source)
    {
        if (_sources.Begin(source) is { } wait)
        {
            logger.SourceLocked(source, (long)wait.TotalSeconds + 1);
            return Counted(new LoginOutcome.TooOften(wait));
        }

        LoginOutcome outcome = await look();
        if (outcome is LoginOutcome.Welcome { Account: var account })
        {
            _sources.End(source);
            logger.LoggedIn(account.Name, source);
        }

        return Counted(outcome);
    }

    // Whoever the provider names has proved it: a lock for guesses does not hold them up, and they lift none.
    private async Task<LoginOutcome> OfProviderAsync(ProviderAnswer answer, IPAddress source, CancellationToken cancellationToken)
    {
        switch (answer)
        {
            case ProviderAnswer.Named { Name: var name }:
                if (await store.Open.StoredAccess.AccountAsync(name, cancellationToken) is not { } account)
                    return Deny(name, source, "no such account", $"says that you are {name}, and there is no account of that name; waxseal account add makes one");
                await store.Open.Access.NoteLoginAsync(name, clock.GetUtcNow(), cancellationToken);
                return new LoginOutcome.Welcome(account);
            case ProviderAnswer.Denied { Reason: var reason }:
                return Deny("(unknown)", source, $"the provider {reason}", reason);
            case ProviderAnswer.Unusable { Reason: var reason }:
                logger.LoginFailed("(unknown)", source, Brief.Line($"the provider is not usable: {reason}", MostWords));
                return new LoginOutcome.Unusable();
            default:
                return new LoginOutcome.TooBusy();
        }
    }

    private LoginOutcome.Denied Deny(string account, IPAddress source, string reason, string words)
    {
        logger.LoginFailed(account, source, Brief.Line(reason, MostWords));
        return new(words);
    }

    // A lock, a name that is not there and a wrong password take the same time and end the same.
    private async Task<LoginOutcome> LookAsync(Account? account, string password, string code, IPAddress source, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        Task<bool?> looking = _passwords.VerifyAsync(password, account?.Password, cancellationToken);
        Task<int?> counting = account is null ? Task.FromResult<int?>(0) : store.Open.Access.BeginAttemptAsync(account.Name, Delays.After, now, cancellationToken);
        await Task.WhenAll(looking, counting);
        if (await looking is not { } isRight)
            return new LoginOutcome.TooBusy();
        if (account is null)
            return Refuse("(unknown)", source, "no such account");
        if (await counting is not { } failures)
            return Refuse(account.Name, source, "locked");
        if (isRight && await HasCodeAsync(account, code, now, cancellationToken))
        {
            await store.Open.Access.EndAttemptAsync(account.Name, now, cancellationToken);
            if (Passwords.IsOld(account.Password))
                await store.Open.Access.RehashAsync(account.Name, account.Password, Passwords.Digest(password), cancellationToken);
            return new LoginOutcome.Welcome(account);
        }

        if (Delays.After(failures) is var wait && wait > TimeSpan.Zero)
            logger.AccountLocked(account.Name, source, (long)wait.TotalSeconds);
        return Refuse(account.Name, source, isRight ? "code" : "password");
    }

    private async Task<bool> HasCodeAsync(Account account, string code, DateTimeOffset now, CancellationToken cancellationToken) =>
        account.TotpSecret is not { } secret || (Totp.StepOf(secret, code, now) is { } step && await store.Open.Access.UseTotpStepAsync(account.Name, step, cancellationToken));

    private LoginOutcome.Refused Refuse(string account, IPAddress source, string reason)
    {
        logger.LoginFailed(account, source, reason);
        return new();
    }

    private static LoginOutcome Counted(LoginOutcome outcome)
    {
        DashboardMetrics.LoginEnded(outcome switch
        {
            LoginOutcome.Welcome => "done",
            LoginOutcome.Refused or LoginOutcome.Denied => "refused",
            LoginOutcome.Unusable => "unusable",
            LoginOutcome.TooOften => "too-often",
            _ => "too-busy",
        });
        return outcome;
    }
}

/// <summary>How an attempt to log in ended.</summary>
internal abstract record LoginOutcome
{
    private LoginOutcome()
    {
    }

    /// <summary>It is them.</summary>
    public sealed record Welcome(Account Account) : LoginOutcome;

    /// <summary>Something of it is wrong, or the account is locked; nobody is told which.</summary>
    public sealed record Refused : LoginOutcome;

    /// <summary>The provider names nobody who is let in.</summary>
    /// <param name="Reason">Why, as the rest of a sentence that begins with the provider.</param>
    public sealed record Denied(string Reason) : LoginOutcome;

    /// <summary>The provider cannot be asked.</summary>
    public sealed record Unusable : LoginOutcome;

    /// <summary>Too many attempts of the address failed.</summary>
    public sealed record TooOften(TimeSpan Wait) : LoginOutcome;

    /// <summary>Too many log in at once.</summary>
    public sealed record TooBusy : LoginOutcome;
}
