using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Waxseal.Hosting;
using Waxseal.Hosting.Listening;

namespace Waxseal.Dashboard.Access;

/// <summary>What proxies in front say of a request. From anybody else it counts for nothing.</summary>
internal sealed class Proxies(DashboardOptions options)
{
    private const string ForwardedProto = "X-Forwarded-Proto";

    // What proxies add of themselves: where one stands that nobody configured, strangers may come by it.
    private static readonly string[] Traces = [ForwardedSource.ForwardedFor, ForwardedSource.Forwarded, ForwardedProto, "X-Forwarded-Host", "Via", "X-Real-IP"];

    private readonly ForwardedSource _sources = new(options.TrustedProxies, options.ProxyHeader);

    /// <summary>Whether any is configured.</summary>
    public bool AreThere => !options.TrustedProxies.IsEmpty;

    /// <summary>Where a request came from.</summary>
    public IPAddress SourceOf(HttpContext context) => _sources.Of(context.Connection.RemoteIpAddress, context.Request.Headers);

    /// <summary>Whether the browser speaks HTTPS.</summary>
    public bool IsHttps(HttpContext context) => context.Request.IsHttps
        || (IsTrusted(context) && string.Equals(context.Request.Headers[ForwardedProto], "https", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a proxy handed the request on: it says so, or the name that is asked for is none of this machine's loopback.</summary>
    public static bool HandedOn(HttpContext context) => Array.Exists(Traces, context.Request.Headers.ContainsKey) || !ThisMachine.Is(context.Request.Host.Host);

    /// <summary>Who asks, by the word of a proxy; null when none says.</summary>
    public string? UserOf(HttpContext context) =>
        options.UserHeader is { } header && IsTrusted(context) && context.Request.Headers.TryGetValue(header, out StringValues values) && values is [{ Length: > 0 } user] ? user : null;

    private bool IsTrusted(HttpContext context) => _sources.Trusts(context.Connection.RemoteIpAddress);
}
