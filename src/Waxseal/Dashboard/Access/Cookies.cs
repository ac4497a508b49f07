using Microsoft.AspNetCore.Http;

namespace Waxseal.Dashboard.Access;

/// <summary>The cookies of the site. With HTTPS their names say that no other host set them.</summary>
/// <param name="proxies">Tell whether the browser speaks HTTPS with a proxy in front.</param>
internal sealed class Cookies(Proxies proxies)
{
    private const string LoginName = "waxseal";
    private const string FormName = "waxseal-form";
    private const string AttemptName = "waxseal-oidc";
    private const int Most = 128;
    private const int MostOfAttempt = 2048;

    // draft-ietf-httpbis-rfc6265bis, 4.1.3.2: browsers take such a name only with Secure, with Path=/ and without Domain.
    private const string HostPrefix = "__Host-";

    /// <summary>The secret of a login; null without one.</summary>
    public string? LoginOf(HttpContext context) => Value(context, LoginName);

    public void SetLogin(HttpContext context, string secret, TimeSpan age) => Set(context, LoginName, secret, age);

    public void DeleteLogin(HttpContext context) => Set(context, LoginName, "", TimeSpan.Zero);

    /// <summary>What forms of those who are not logged in must bring along; null when the browser has none yet.</summary>
    public string? FormSecretOf(HttpContext context) => Value(context, FormName);

    public void SetFormSecret(HttpContext context, string secret) => Set(context, FormName, secret, null);

    /// <summary>A login with a provider that has begun; null without one.</summary>
    public string? AttemptOf(HttpContext context) => Value(context, AttemptName, MostOfAttempt);

    // The provider leads back here from its own site, whereto no strict cookie goes along.
    public void SetAttempt(HttpContext context, string attempt, TimeSpan age) => Set(context, AttemptName, attempt, age, SameSiteMode.Lax);

    public void DeleteAttempt(HttpContext context) => Set(context, AttemptName, "", TimeSpan.Zero, SameSiteMode.Lax);

    private string? Value(HttpContext context, string name, int most = Most) => context.Request.Cookies[NameOf(context, name)] is { Length: > 0 } value && value.Length < most ? value : null;

    private void Set(HttpContext context, string name, string value, TimeSpan? age, SameSiteMode sameSite = SameSiteMode.Strict) => context.Response.Cookies.Append(NameOf(context, name), value, new CookieOptions
    {
        HttpOnly = true,
        Secure = proxies.IsHttps(context),
        SameSite = sameSite,
        Path = "/",
        MaxAge = age,
    });

    private string NameOf(HttpContext context, string name) => proxies.IsHttps(context) ? HostPrefix + name : name;
}
