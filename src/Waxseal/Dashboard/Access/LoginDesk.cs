using System.Net;
using Microsoft.Extensions.Logging;
using Waxseal.Access;
using Waxseal.Access.Secrets;
using Waxseal.Hosting;
using Waxseal.Storage.Access;

namespace Waxseal.Dashboard.Access;

/// <summary>Looks at names, passwords and one-time codes. Whoever guesses waits longer and longer, and learns nothing meanwhile.</summary>
internal sealed class LoginDesk(StoreDoor store, TimeProvider clock, ILogger logger) : IDisposable
{
    private readonly Passwords _passwords = new();
    private readonly SourceDelays _sources = new(clock);

    public void Dispose() => _passwords.Dispose();

    /// <summary>Looks at what somebody gives to log in.</summary>
    public async Task<LoginOutcome> TryAsync(string name, string password, string code, IPAddress source, CancellationToken cancellationToken)
    {
        if (_sources.Begin(source) is { } wait)
        {
            logger.SourceLocked(source, (long)wait.TotalSeconds + 1);
            return Counted(new LoginOutcome.TooOften(wait));
        }

        Account? account = AccountName.Of(name) is { } known ? await store.Open.StoredAccess.AccountAsync(known, cancellationToken) : null;
        LoginOutcome outcome = await LookAsync(account, password, code, source, cancellationToken);
        if (outcome is LoginOutcome.Welcome)
        {
            _sources.End(source);
            logger.LoggedIn(account!.Name, source);
        }

        return Counted(outcome);
    }

    /// <summary>Whether the password of an account is right, for who is logged in already.</summary>
    public async Task<bool> ConfirmAsync(Account account, string password, IPAddress source, CancellationToken cancellationToken) =>
        await LookAsync(account with { TotpSecret = null }, password, "", source, cancellationToken) is LoginOutcome.Welcome;

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
            LoginOutcome.Refused => "refused",
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

    /// <summary>Too many attempts of the address failed.</summary>
    public sealed record TooOften(TimeSpan Wait) : LoginOutcome;

    /// <summary>Too many log in at once.</summary>
    public sealed record TooBusy : LoginOutcome;
}
