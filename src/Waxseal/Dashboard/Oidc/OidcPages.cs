using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waxseal.Dashboard.Access;
using Waxseal.Dashboard.Accounts;
using Waxseal.Terminal;

namespace Waxseal.Dashboard.Oidc;

/// <summary>Sends browsers to the provider, and takes what they bring back. It begins with a link: what a form leads to, the content policy holds to this site.</summary>
internal sealed class OidcPages(OidcOptions options, Provider provider, CodeExchange exchange, LoginPages pages, LoginDesk desk, Logins logins, Cookies cookies, Proxies proxies, ILogger logger)
{
    /// <summary>Where a login begins.</summary>
    public const string StartPath = "/login/oidc";

    /// <summary>Where it ends.</summary>
    public const string CallbackPath = "/login/oidc/callback";

    private const int MostWords = 400;

    /// <summary>Sends a browser to the provider.</summary>
    public async Task<IResult?> StartAsync(Asked asked)
    {
        string to = ReturnPath.Of(asked.Query("to"));
        if (asked.Viewer.Role > ViewerRole.Nobody)
            return TypedResults.Redirect(to);
        if ((await provider.MetadataAsync(asked.Cancelled)).Value is not { } metadata)
            return Unusable(asked, to);
        LoginAttempt attempt = LoginAttempt.Begin(to, asked.Now);
        cookies.SetAttempt(asked.Context, attempt.ToCookie(), LoginAttempt.Longest);
        return TypedResults.Redirect(AddressOf(metadata, attempt));
    }

    /// <summary>Takes what a browser brings back.</summary>
    public async Task<IResult?> FinishAsync(Asked asked)
    {
        HttpContext context = asked.Context;
        LoginAttempt? attempt = cookies.AttemptOf(context) is { } kept ? LoginAttempt.Read(kept, asked.Now) : null;
        if (attempt is null || !AuthorizationAnswer.IsOf(attempt, context.Request.Query))
            return Refuse(asked, attempt?.To ?? "/", "not begun here", $"This login was not begun in this browser within the last ten minutes, or not at {new Uri(options.RedirectUri).GetLeftPart(UriPartial.Authority)}. Begin it again.");

        // What was answered once is answered.
        cookies.DeleteAttempt(context);
        if ((await provider.MetadataAsync(asked.Cancelled)).Value is not { } metadata)
            return Unusable(asked, attempt.To);
        (string? code, string? problem) = AuthorizationAnswer.Read(context.Request.Query, options.Issuer, metadata);
        return code is null ? Refuse(asked, attempt.To, $"the provider {problem}", $"{options.ProviderName} {problem}.") : await LogInAsync(asked, attempt, code);
    }

    private async Task<IResult?> LogInAsync(Asked asked, LoginAttempt attempt, string code)
    {
        switch (await desk.TryAsync(() => exchange.AskAsync(code, attempt, asked.Cancelled), proxies.SourceOf(asked.Context), asked.Cancelled))
        {
            case LoginOutcome.Welcome { Account: var account }:
                await logins.BeginAsync(asked.Context, account.Name);

                // The strict cookie does not go along where another site led to. Our own page, from which it goes on, is none.
                return OneMoment.Answer(asked.Context, attempt.To, asked.Now);
            case LoginOutcome.Denied { Reason: var reason }:
                return pages.Form(asked, attempt.To, $"{options.ProviderName} {reason}.", StatusCodes.Status403Forbidden);
            case LoginOutcome.Unusable:
                return Unusable(asked, attempt.To);
            case var outcome:
                return pages.Later(asked, "", attempt.To, outcome);
        }
    }

    // OpenID Connect Core 1.0 §3.1.2.1, RFC 7636 §4.3. RFC 6749 §3.1: what the endpoint has of a query stays.
    private string AddressOf(ProviderMetadata metadata, LoginAttempt attempt)
    {
        string address = metadata.AuthorizationEndpoint.AbsoluteUri;
        return $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}" + CodeExchange.Form(
        [
            ("response_type", "code"), ("client_id", options.ClientId), ("redirect_uri", options.RedirectUri), ("scope", string.Join(' ', options.Scopes)),
            ("state", attempt.State), ("nonce", attempt.Nonce), ("code_challenge", attempt.Challenge), ("code_challenge_method", "S256"),
        ]);
    }

    private IResult Unusable(Asked asked, string to) => pages.Form(
        asked, to, $"{options.ProviderName} cannot be asked now who you are, or does not answer as it should; the log says more. A password is taken as always.", StatusCodes.Status502BadGateway);

    private IResult Refuse(Asked asked, string to, string reason, string words)
    {
        logger.LoginFailed("(unknown)", proxies.SourceOf(asked.Context), Brief.Line(reason, MostWords));
        DashboardMetrics.LoginEnded("refused");
        return pages.Form(asked, to, words, StatusCodes.Status403Forbidden);
    }
}
