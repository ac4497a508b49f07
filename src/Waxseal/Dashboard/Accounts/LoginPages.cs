using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waxseal.Dashboard.Access;
using Waxseal.Dashboard.Oidc;
using Waxseal.Dashboard.Pages;
using Waxseal.Dashboard.Readings;

namespace Waxseal.Dashboard.Accounts;

/// <summary>Lets people log in and out.</summary>
internal sealed class LoginPages(OidcOptions? oidc, LoginDesk desk, Logins logins, Proxies proxies, ILogger logger)
{
    private const string Wrong = "Name, password or code is not right, or there were too many attempts: then each wrong one makes the wait longer, up to 15 minutes.";

    public Task<IResult?> ShowAsync(Asked asked)
    {
        string to = ReturnPath.Of(asked.Query("to"));
        return Task.FromResult<IResult?>(asked.Viewer.Role > ViewerRole.Nobody ? TypedResults.Redirect(to) : Form(asked, to, null, StatusCodes.Status200OK));
    }

    public async Task<IResult?> LogInAsync(Asked asked)
    {
        string name = (await asked.FieldAsync("name")).Trim(), to = ReturnPath.Of(await asked.FieldAsync("to"));
        LoginOutcome outcome = await desk.TryAsync(name, await asked.FieldAsync("password"), await asked.FieldAsync("code"), proxies.SourceOf(asked.Context), asked.Cancelled);
        switch (outcome)
        {
            case LoginOutcome.Welcome { Account: var account }:
                await logins.BeginAsync(asked.Context, account.Name);
                return TypedResults.Redirect(to);
            case LoginOutcome.Refused:
                return Form(asked, to, Wrong, StatusCodes.Status403Forbidden, name);
            default:
                return Later(asked, name, to, outcome);
        }
    }

    public async Task<IResult?> LogOutAsync(Asked asked)
    {
        await logins.EndAsync(asked.Context);
        logger.LoggedOut(asked.Viewer.Name);
        return TypedResults.Redirect(Links.Login("/"));
    }

    /// <summary>The page again, for who tries too often.</summary>
    public IResult Later(Asked asked, string name, string to, LoginOutcome outcome)
    {
        TimeSpan wait = outcome is LoginOutcome.TooOften { Wait: var long_ } ? long_ : TimeSpan.FromSeconds(5);
        asked.Context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Form(asked, to, "There are too many attempts now. Wait a moment, at most 15 minutes, and try again.", StatusCodes.Status429TooManyRequests, name);
    }

    /// <summary>The page, perhaps with why somebody was not let in.</summary>
    public IResult Form(Asked asked, string to, string? problem, int status, string name = "")
    {
        IResult page = Asked.Page<LoginPage, LoginForm>(new(asked.Frame("Log in", "") with { HasNavigation = false }, Show.Brief(name, 128), to, problem, oidc?.ProviderName))!;
        ((RazorSlices.RazorSlice)page).StatusCode = status;
        return page;
    }
}
