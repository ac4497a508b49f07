using Waxseal.Dashboard.Oidc;

namespace Waxseal.Dashboard;

/// <summary>The addresses of pages.</summary>
internal static class Links
{
    /// <summary>The account of who asks.</summary>
    public const string Account = "/account";

    /// <summary>The policy domains that are known.</summary>
    public const string Settings = "/settings";

    /// <summary>Who may see and do what.</summary>
    public const string Access = "/settings/access";

    /// <summary>On which ways people are told of alerts.</summary>
    public const string AlertRoutes = "/settings/alert-routes";

    /// <summary>What is kept how long.</summary>
    public const string Retention = "/settings/retention";

    /// <summary>The configuration that runs.</summary>
    public const string Configuration = "/settings/configuration";

    public static string Token(string id) => $"{Access}/tokens/{Part(id)}";

    public static string OneAccount(string name) => $"{Access}/accounts/{Part(name)}";

    public static string Tenant(string name) => $"{Access}/tenants/{Part(name)}";

    /// <summary>Where somebody logs in, to go on to another page then.</summary>
    public static string Login(string to) => to == "/" ? "/login" : $"/login?to={Part(to)}";

    /// <summary>Where somebody goes to the provider, and on to another page then.</summary>
    public static string LoginWithProvider(string to) => to == "/" ? OidcPages.StartPath : $"{OidcPages.StartPath}?to={Part(to)}";

    public static string Domain(string policyDomain) => $"/domains/{Part(policyDomain)}";

    public static string Finding(string policyDomain, string id) => $"/domains/{Part(policyDomain)}/findings/{Part(id)}";

    public static string Reporter(string name) => $"/reporters/{Part(name)}";

    public static string Report(string id) => $"/reports/{Part(id)}";

    /// <summary>The reports that a number sums up.</summary>
    public static string Reports(string? policyDomain = null, string? reporter = null, DateOnly? first = null, DateOnly? last = null, string? state = null)
    {
        IEnumerable<string> queries = new[]
        {
            ("domain", policyDomain), ("reporter", reporter), ("from", first is { } from ? Show.WholeDay(from) : null), ("to", last is { } to ? Show.WholeDay(to) : null), ("state", state),
        }.Where(query => query.Item2 is not null).Select(query => $"{query.Item1}={Part(query.Item2!)}");
        return $"/reports?{string.Join('&', queries)}".TrimEnd('?');
    }

    private static string Part(string text) => Uri.EscapeDataString(text);
}
