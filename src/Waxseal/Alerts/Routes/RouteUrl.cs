using Waxseal.Hosting;

namespace Waxseal.Alerts.Routes;

/// <summary>Where a route over HTTP leads.</summary>
internal static class RouteUrl
{
    /// <summary>The host of a URL; empty where there is none.</summary>
    public static string HostOf(string? text) => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) ? uri.Host : "";

    /// <summary>What is wrong with a text, as the end of a sentence, or null. It is not repeated: it may be a secret.</summary>
    public static string? ProblemOf(string text) => !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("https" or "http") || uri.UserInfo.Length > 0
        ? "is no URL; it takes https://HOST/PATH"
        : uri.Scheme == "http" && !ThisMachine.Is(uri.Host)
            ? $"is a URL of http, and {uri.Host} is not this machine; it takes https://HOST/PATH"
            : null;
}
