using Waxseal.Dashboard.Access;

namespace Waxseal.Dashboard.Managing;

/// <summary>The pages of the settings that somebody may open.</summary>
/// <param name="Current">The one that is shown.</param>
/// <param name="Viewer">Who asks.</param>
internal sealed record SettingsTabs(string Current, Viewer Viewer)
{
    public IEnumerable<(string Path, string Title)> All
    {
        get
        {
            bool isOwner = Viewer.Role == ViewerRole.Owner, seesAll = Viewer.Tenant is null;
            yield return (Links.Settings, "Domains");
            if (isOwner)
                yield return (Links.Access, "Access");
            if (seesAll)
                yield return (Links.AlertRoutes, "Alert routes");
            if (seesAll)
                yield return (Links.Retention, "Retention");
            if (seesAll && isOwner)
                yield return (Links.Configuration, "Configuration");
        }
    }
}
