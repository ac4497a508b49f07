using System.Collections.Immutable;
using Waxseal.Dashboard.Access;
using Waxseal.Dashboard.Accounts;
using Waxseal.Dashboard.Checking;
using Waxseal.Dashboard.Pages;
using Waxseal.Dashboard.Readings;

namespace Waxseal.Dashboard;

/// <summary>All addresses of the site.</summary>
/// <param name="checks">Looks at policy domains.</param>
/// <param name="login">Lets people log in and out.</param>
/// <param name="account">What somebody may change of their own account.</param>
internal sealed class Routes(LiveChecks checks, LoginPages login, AccountPages account)
{
    public ImmutableArray<Route> All { get; } =
    [
        new("GET", "/", ViewerRole.Viewer, async asked => Asked.Page<OverviewPage, Overview>(await Overview.ReadAsync(asked))),
        new("GET", "/domains/{domain}", ViewerRole.Viewer, async asked => Asked.Page<DomainPage, Domain>(await Domain.ReadAsync(asked))),
        new("GET", "/domains/{domain}/findings/{finding}", ViewerRole.Viewer, async asked => Asked.Page<FindingPage, WholeFinding>(await WholeFinding.ReadAsync(asked))),
        new("GET", "/login", ViewerRole.Nobody, LoginPages.ShowAsync),
        new("POST", "/login", ViewerRole.Nobody, login.LogInAsync),
        new("POST", "/logout", ViewerRole.Viewer, login.LogOutAsync),
        new("GET", Links.Account, ViewerRole.Viewer, account.ShowAsync),
        new("POST", "/account/password", ViewerRole.Viewer, account.SetPasswordAsync),
        new("GET", "/account/totp", ViewerRole.Viewer, account.ShowTotpAsync),
        new("POST", "/account/totp", ViewerRole.Viewer, account.BeginTotpAsync),
        new("POST", "/account/totp/off", ViewerRole.Viewer, account.EndTotpAsync),
        new("GET", "/check", ViewerRole.Operator, checks.PageAsync),
        new("GET", "/check/events", ViewerRole.Operator, checks.EventsAsync),
    ];
}
