using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waxseal.Access;
using Waxseal.Access.Secrets;
using Waxseal.Dashboard.Readings;
using Waxseal.Hosting;

namespace Waxseal.Dashboard.Access;

/// <summary>Tells who asks, and lets them to what they may see and do.</summary>
/// <param name="isLoopbackAlone">Whether the site can be reached from this machine alone.</param>
/// <param name="proxies">What proxies in front say.</param>
/// <param name="cookies">The cookies.</param>
/// <param name="logins">Who is logged in.</param>
/// <param name="store">The store.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="logger">Where it logs.</param>
internal sealed class Gate(bool isLoopbackAlone, Proxies proxies, Cookies cookies, Logins logins, StoreDoor store, TimeProvider clock, ILogger logger)
{
    /// <summary>What everybody is told where everybody is let in.</summary>
    public const string OpenNotice = "No accounts: whoever can reach this machine's loopback sees everything; waxseal account add makes one.";

    private const string Challenge = "Bearer realm=\"waxseal\"";

    /// <summary>Who asks, and what they are answered instead of what they ask for; null when they may have that.</summary>
    public async Task<(Viewer Viewer, IResult? Refusal)> PassAsync(HttpContext context, Route route)
    {
        (Viewer viewer, IResult? refusal) = await ViewerOfAsync(context);
        if (refusal is not null)
            return (viewer, refusal);
        if (viewer.Role < route.Least)
            return (viewer, Refuse(context, viewer, route));
        if (route.IsOfWhole && viewer.Tenant is { } tenant)
            return (viewer, Without(StatusCodes.Status403Forbidden, "Not for a tenant", $"This tells of the whole server, and {viewer.Name} belongs to the tenant {tenant}."));
        if (viewer.Way == ViewerWay.Token)
            return (viewer, null);
        if (viewer.FormSecret is null)
            viewer = viewer with { FormSecret = FormSecretOf(context, isNew: route.Method == HttpMethods.Get) };
        if (route.Method != HttpMethods.Get && await FormGuard.FindProblemAsync(context, viewer) is { } problem)
        {
            logger.FormRefused(context.Request.Path, proxies.SourceOf(context), problem);
            return (viewer, Without(StatusCodes.Status403Forbidden, "Nothing was changed", $"What was sent is not taken: {problem}. Load the page again and send it from there."));
        }

        return (viewer, null);
    }

    private async Task<(Viewer Viewer, IResult? Refusal)> ViewerOfAsync(HttpContext context)
    {
        CancellationToken cancelled = context.RequestAborted;
        if (Bearer.Of(context) is { } token)
        {
            if (await Bearer.FindAsync(store.Open, token, clock.GetUtcNow(), cancelled) is { } bearer)
                return (bearer, null);
            logger.TokenRefused(proxies.SourceOf(context));
            return (Viewer.Nobody, Unauthorized(context, $"{Challenge}, error=\"invalid_token\""));
        }

        if (proxies.UserOf(context) is { } user)
            return await OfProxyAsync(user, cancelled);
        if (await logins.FindAsync(context) is { } viewer)
            return (viewer, null);
        if (await store.Open.StoredAccess.HasAccountsAsync(cancelled))
            return (Viewer.Nobody, null);
        return isLoopbackAlone && !proxies.AreThere && !Proxies.HandedOn(context)
            ? (Viewer.Local, null)
            : (Viewer.Nobody, Without(StatusCodes.Status403Forbidden, "There is no account yet",
                "These pages can be reached from elsewhere, so nobody is let in without an account. On this machine, waxseal account add NAME makes the first."));
    }

    private async Task<(Viewer Viewer, IResult? Refusal)> OfProxyAsync(string user, CancellationToken cancellationToken)
    {
        if (AccountName.Of(user) is not { } name || await store.Open.StoredAccess.AccountAsync(name, cancellationToken) is not { } account)
        {
            logger.ProxyUserUnknown(Show.Brief(user, 128));
            return (Viewer.Nobody, Without(StatusCodes.Status403Forbidden, "There is no such account", $"The proxy in front says that you are {Show.Brief(user, 128)}. waxseal account add makes an account of that name."));
        }

        Viewer viewer = await Viewer.OfAsync(store.Open.StoredAccess, account.Name, account.Role, account.Tenant, cancellationToken);
        return (viewer with { Way = ViewerWay.Proxy }, null);
    }

    private IResult Refuse(HttpContext context, Viewer viewer, Route route)
    {
        if (viewer.Role > ViewerRole.Nobody)
        {
            // RFC 6750 §3.1: insufficient_scope, with 403.
            if (viewer.Way == ViewerWay.Token)
                context.Response.Headers.WWWAuthenticate = $"{Challenge}, error=\"insufficient_scope\"";
            return Without(StatusCodes.Status403Forbidden, "Not for this account", $"This takes the role {route.Least.ToString().ToLowerInvariant()}; {viewer.Name} has the role {viewer.Role.ToString().ToLowerInvariant()}.");
        }

        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            return Unauthorized(context, Challenge);
        string to = context.Request.Path + context.Request.QueryString;

        // A link on a strange site brings no strict cookie along. Our own page, to which it leads, does.
        if (context.Request.Headers["Sec-Fetch-Site"] == "cross-site" && route.Method == HttpMethods.Get && ReturnPath.IsOurs(to))
            return OneMoment.Answer(context, to, clock.GetUtcNow());
        return TypedResults.Redirect(route.Method == HttpMethods.Get ? Links.Login(to) : Links.Login("/"));
    }

    private IResult Unauthorized(HttpContext context, string challenge)
    {
        context.Response.Headers.WWWAuthenticate = challenge;
        return Without(StatusCodes.Status401Unauthorized, "Who asks?", "This takes a token that holds (Authorization: Bearer), or a login.");
    }

    private string? FormSecretOf(HttpContext context, bool isNew)
    {
        if (cookies.FormSecretOf(context) is { } known)
            return known;
        if (!isNew)
            return null;
        string secret = RandomSecret.New();
        cookies.SetFormSecret(context, secret);
        return secret;
    }

    private IResult Without(int status, string title, string text) => NoPage.Answer(status, title, text, clock.GetUtcNow());
}
