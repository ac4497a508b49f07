using System.Collections.Immutable;
using Waxseal.Dashboard.Access;
using Waxseal.Dashboard.Accounts;
using Waxseal.Dashboard.Api;
using Waxseal.Dashboard.Checking;
using Waxseal.Dashboard.Managing;
using Waxseal.Dashboard.Oidc;
using Waxseal.Dashboard.Pages;
using Waxseal.Dashboard.Readings;

namespace Waxseal.Dashboard;

/// <summary>All addresses of the site.</summary>
/// <param name="checks">Looks at policy domains.</param>
/// <param name="api">The addresses of the API.</param>
/// <param name="settings">What is configured and kept.</param>
/// <param name="access">Who may see and do what.</param>
/// <param name="reparsing">Parses reports again.</param>
/// <param name="login">Lets people log in and out.</param>
/// <param name="oidc">Lets people log in with a provider; null when there is none.</param>
/// <param name="account">What somebody may change of their own account.</param>
internal sealed class Routes(LiveChecks checks, ApiRoutes api, SettingsPages settings, AccessPages access, Reparsing reparsing, LoginPages login, OidcPages? oidc, AccountPages account)
{
    public ImmutableArray<Route> All { get; } =
    [
        new("GET", "/", ViewerRole.Viewer, async asked => Asked.Page<OverviewPage, Overview>(await Overview.ReadAsync(asked))),
        new("GET", "/domains", ViewerRole.Viewer, async asked => Asked.Page<DomainsPage, DomainListing>(await DomainListing.ReadAsync(asked))),
        new("GET", "/domains/{domain}", ViewerRole.Viewer, async asked => Asked.Page<DomainPage, Domain>(await Domain.ReadAsync(asked))),
        new("GET", "/domains/{domain}/findings/{finding}", ViewerRole.Viewer, async asked => Asked.Page<FindingPage, WholeFinding>(await WholeFinding.ReadAsync(asked))),
        new("GET", "/reporters/{reporter}", ViewerRole.Viewer, async asked => Asked.Page<ReporterPage, OneReporter>(await OneReporter.ReadAsync(asked))),
        new("GET", "/reports", ViewerRole.Viewer, async asked => Asked.Page<ReportsPage, ReportListing>(await ReportListing.ReadAsync(asked))),
        new("GET", "/reports/{id}", ViewerRole.Viewer, async asked => Asked.Page<ReportPage, OneReport>(await OneReport.ReadAsync(asked))),
        new("GET", "/reports/{id}/raw", ViewerRole.Viewer, OneReport.RawAsync),
        new("POST", "/reports/{id}/reparse", ViewerRole.Operator, reparsing.FromPageAsync),
        new("GET", "/login", ViewerRole.Nobody, login.ShowAsync),
        new("POST", "/login", ViewerRole.Nobody, login.LogInAsync),
        new("POST", "/logout", ViewerRole.Viewer, login.LogOutAsync),
        new("GET", Links.Account, ViewerRole.Viewer, account.ShowAsync),
        new("POST", "/account/password", ViewerRole.Viewer, account.SetPasswordAsync),
        new("GET", "/account/totp", ViewerRole.Viewer, account.ShowTotpAsync),
        new("POST", "/account/totp", ViewerRole.Viewer, account.BeginTotpAsync),
        new("POST", "/account/totp/off", ViewerRole.Viewer, account.EndTotpAsync),
        new("GET", "/check", ViewerRole.Operator, checks.PageAsync),
        new("GET", "/check/events", ViewerRole.Operator, checks.EventsAsync),
        new("GET", "/explain", ViewerRole.Viewer, asked => Task.FromResult(Asked.Page<ExplainPage, Pasted>(Pasted.Empty(asked)))),
        new("POST", "/explain", ViewerRole.Viewer, async asked => Asked.Page<ExplainPage, Pasted>(await Pasted.ReadAsync(asked))),
        new("GET", "/alerts", ViewerRole.Viewer, async asked => Asked.Page<AlertsPage, AlertBook>(await AlertBook.ReadAsync(asked))),
        new("GET", "/fetches", ViewerRole.Viewer, asked => Task.FromResult(Asked.Page<RoleOffPage, RoleOff>(RoleOff.Fetches(asked)))),
        new("GET", "/sending", ViewerRole.Viewer, asked => Task.FromResult(Asked.Page<RoleOffPage, RoleOff>(RoleOff.Sending(asked)))),
        new("GET", Links.Settings, ViewerRole.Viewer, settings.DomainsAsync),
        new("GET", Links.AlertRoutes, ViewerRole.Viewer, settings.RoutesAsync) { IsOfWhole = true },
        new("POST", $"{Links.AlertRoutes}/test", ViewerRole.Owner, settings.TestRouteAsync) { IsOfWhole = true },
        new("GET", Links.Retention, ViewerRole.Viewer, settings.RetentionAsync) { IsOfWhole = true },
        new("POST", $"{Links.Retention}/prune", ViewerRole.Owner, settings.CleanAsync) { IsOfWhole = true },
        new("GET", Links.Configuration, ViewerRole.Owner, settings.ConfigurationAsync) { IsOfWhole = true },
        .. access.All,
        .. oidc is null ? [] : OfProvider(oidc),
        .. api.All.Select(route => route.Route),
    ];

    private static ImmutableArray<Route> OfProvider(OidcPages oidc) =>
    [
        new("GET", OidcPages.StartPath, ViewerRole.Nobody, oidc.StartAsync),
        new("GET", OidcPages.CallbackPath, ViewerRole.Nobody, oidc.FinishAsync),
    ];
}
