using System.Collections.Immutable;
using Waxseal.Dashboard.Access;
using Waxseal.Dashboard.Checking;
using Waxseal.Dashboard.Pages;
using Waxseal.Dashboard.Readings;

namespace Waxseal.Dashboard;

/// <summary>All addresses of the site.</summary>
/// <param name="checks">Looks at policy domains.</param>
internal sealed class Routes(LiveChecks checks)
{
    public ImmutableArray<Route> All { get; } =
    [
        new("GET", "/", ViewerRole.Viewer, async asked => Asked.Page<OverviewPage, Overview>(await Overview.ReadAsync(asked))),
        new("GET", "/domains/{domain}", ViewerRole.Viewer, async asked => Asked.Page<DomainPage, Domain>(await Domain.ReadAsync(asked))),
        new("GET", "/domains/{domain}/findings/{finding}", ViewerRole.Viewer, async asked => Asked.Page<FindingPage, WholeFinding>(await WholeFinding.ReadAsync(asked))),
        new("GET", "/check", ViewerRole.Operator, checks.PageAsync),
        new("GET", "/check/events", ViewerRole.Operator, checks.EventsAsync),
    ];
}
