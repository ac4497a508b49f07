using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Waxseal.Access.Secrets;
using Waxseal.Dashboard.Api;

namespace Waxseal.Dashboard.Access;

/// <summary>Sees to it that what changes something was sent by a page of this site, and not by that of a stranger in the same browser.</summary>
internal static class FormGuard
{
    /// <summary>The hidden field of every form.</summary>
    public const string Field = "csrf";

    /// <summary>The same for scripts.</summary>
    public const string Header = "X-Csrf-Token";

    // Nobody who is not known yet has more to say than a name and a password.
    private const int MostOfStrangers = 16 * 1024;

    /// <summary>Why a request is not taken for one of our pages; null when it is.</summary>
    /// <param name="context">The request.</param>
    /// <param name="viewer">Who sends it.</param>
    public static async Task<string?> FindProblemAsync(HttpContext context, Viewer viewer)
    {
        IHeaderDictionary headers = context.Request.Headers;
        if (headers.TryGetValue("Sec-Fetch-Site", out StringValues site) && site.ToString() is not ("same-origin" or "none"))
            return "another site sent it";
        if (headers.TryGetValue("Origin", out StringValues origin) && !IsOurs(origin.ToString(), context.Request.Host))
            return "another site sent it";

        // Fetch §3.2: a browser says with every POST where it comes from. Where there are no accounts, the API takes what says nothing of that.
        if (viewer.Way == ViewerWay.Local && ApiRoute.Has(context.Request.Path.Value ?? "/"))
            return null;
        if (viewer.FormSecret is null)
            return "the browser keeps no cookies of this site, or forgot them";
        if (headers.TryGetValue(Header, out StringValues given))
            return RandomSecret.AreSame(given, viewer.FormSecret) ? null : "the page it came from is too old";
        if (!context.Request.HasFormContentType)
            return "it brings no token along";
        if (viewer.Role == ViewerRole.Nobody && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MostOfStrangers;
        try
        {
            return RandomSecret.AreSame((await context.Request.ReadFormAsync(context.RequestAborted))[Field], viewer.FormSecret) ? null : "the page it came from is too old";
        }
        catch (Exception fault) when (fault is BadHttpRequestException or InvalidDataException)
        {
            return "it is no form, or too large";
        }
    }

    // RFC 6454 §7.3: the field is null where the browser does not want to say.
    private static bool IsOurs(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && string.Equals(uri.Authority, host.Value, StringComparison.OrdinalIgnoreCase);
}
