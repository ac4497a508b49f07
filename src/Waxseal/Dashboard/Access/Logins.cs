using Microsoft.AspNetCore.Http;
using Waxseal.Access.Secrets;
using Waxseal.Hosting;
using Waxseal.Storage;
using Waxseal.Storage.Access;

namespace Waxseal.Dashboard.Access;

/// <summary>The browsers that are logged in. What they hold is a secret alone; all else is in the store.</summary>
internal sealed class Logins(StoreDoor store, Cookies cookies, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);
    private static readonly TimeSpan Idle = TimeSpan.FromHours(12);
    private static readonly TimeSpan SeenNoted = TimeSpan.FromMinutes(5);

    /// <summary>Begins one, with a secret that nobody had before.</summary>
    public async Task BeginAsync(HttpContext context, string account)
    {
        DateTimeOffset now = clock.GetUtcNow();
        await EndAsync(context);
        string secret = RandomSecret.New();
        Login login = new(RandomSecret.DigestOf(secret), account, RandomSecret.New(), now, now, now + Longest);
        await store.Open.Access.AddLoginAsync(login, now - Idle, context.RequestAborted);
        cookies.SetLogin(context, secret, Longest);
    }

    /// <summary>Who is logged in by the cookie of a request; null when nobody is.</summary>
    public async Task<Viewer?> FindAsync(HttpContext context)
    {
        Store open = store.Open;
        DateTimeOffset now = clock.GetUtcNow();
        if (cookies.LoginOf(context) is not { } secret || await open.StoredAccess.LoginAsync(RandomSecret.DigestOf(secret), context.RequestAborted) is not { } login)
            return null;
        if (login.ExpiresAt <= now || now - login.SeenAt >= Idle || await open.StoredAccess.AccountAsync(login.Account, context.RequestAborted) is not { } account)
            return null;
        if (now - login.SeenAt >= SeenNoted)
            await open.Access.SeeLoginAsync(login.SecretDigest, now, context.RequestAborted);
        Viewer viewer = await Viewer.OfAsync(open.StoredAccess, account.Name, account.Role, account.Tenant, context.RequestAborted);
        return viewer with { Way = ViewerWay.Login, Login = login, FormSecret = login.FormSecret };
    }

    /// <summary>Ends the one of a request, if there is one.</summary>
    public async Task EndAsync(HttpContext context)
    {
        if (cookies.LoginOf(context) is not { } secret)
            return;
        await store.Open.Access.RemoveLoginAsync(RandomSecret.DigestOf(secret), context.RequestAborted);
        cookies.DeleteLogin(context);
    }
}
