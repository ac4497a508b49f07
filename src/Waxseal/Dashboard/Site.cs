using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waxseal.Dashboard.Access;
using Waxseal.Dashboard.Api;
using Waxseal.Dashboard.Readings;
using Waxseal.Hosting;
using Waxseal.Storage;

namespace Waxseal.Dashboard;

/// <summary>Answers browsers: finds the route, hands it what it needs, and guards what goes out.</summary>
internal sealed class Site(DashboardOptions options, Routes routes, Gate gate, StoreDoor store, TimeProvider clock, ILogger<Site> logger)
{
    // No script or style but ours, nothing from elsewhere, no frame around.
    private const string ContentPolicy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public void Map(IApplicationBuilder app) => app.Run(AnswerAsync);

    private async Task AnswerAsync(HttpContext context)
    {
        Guard(context.Response.Headers);
        IResult result = await ResultAsync(context);
        if (ApiRoute.Has(context.Request.Path.Value ?? "/"))
            result = Problem.InsteadOf(result);
        await result.ExecuteAsync(context);
        HostMetrics.Answered("dashboard", context.Response.StatusCode);
    }

    private async Task<IResult> ResultAsync(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "/";
        if (!IsOurs(context.Request.Host.Host))
        {
            logger.RequestRefused(path, $"asked for by the name {context.Request.Host.Host}");
            return Without(StatusCodes.Status421MisdirectedRequest, "Not by this name", "The address in your browser is none by which these pages may be read. Use http://127.0.0.1 with the port, or add the name to dashboard.hostNames.");
        }

        if (Assets.Find(path) is { } asset)
            return asset.Answer(context);
        try
        {
            return await RoutedAsync(context, path) ?? Without(StatusCodes.Status404NotFound, "There is no such page", "What was here may have been removed as too old, or the address has a slip in it.");
        }
        catch (StoreUnavailableException fault)
        {
            logger.PagesStoreUnavailable(fault.Message);
            context.Response.Headers.RetryAfter = "30";
            return Without(StatusCodes.Status503ServiceUnavailable, "The store is not there", $"Nothing can be shown now: {fault.Message}. Try again in a moment.");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads the answer any more.
            return Results.Empty;
        }
        catch (Exception fault)
        {
            logger.PageFailed(path, fault);
            return Without(StatusCodes.Status500InternalServerError, "This page failed", "That is a fault of waxseal itself; its log says more.");
        }
    }

    private async Task<IResult?> RoutedAsync(HttpContext context, string path)
    {
        string method = HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method;
        foreach (Route route in routes.All)
        {
            if (route.NamesIn(path) is { } names && route.Method == method)
            {
                (Viewer viewer, IResult? refusal) = await gate.PassAsync(context, route);
                return refusal ?? await route.Answer(new Asked(context, names, viewer, new VisibleStore(store.Open, viewer), clock.GetUtcNow()) { Banner = options.Banner });
            }
        }

        return MethodRefused(context, path);
    }

    // RFC 9110 §15.5.6
    private IResult? MethodRefused(HttpContext context, string path)
    {
        string[] methods = [.. routes.All.Where(route => route.NamesIn(path) is not null).Select(route => route.Method)];
        if (methods.Length == 0)
            return null;
        context.Response.Headers.Allow = string.Join(", ", methods.Contains(HttpMethods.Get) ? [.. methods, HttpMethods.Head] : methods);
        return Without(StatusCodes.Status405MethodNotAllowed, "Not in this way", $"{context.Request.Method} is not answered here; {context.Response.Headers.Allow} is.");
    }

    // RFC 9110 §7.4: a page of a stranger whose name leads to this address asks by that name.
    private bool IsOurs(string host) =>
        ThisMachine.Is(host) || options.HostNames.Contains(host, StringComparer.OrdinalIgnoreCase);

    private IResult Without(int status, string title, string text) => NoPage.Answer(status, title, text, clock.GetUtcNow(), options.Banner);

    private static void Guard(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";

        // With no-referrer browsers would send Origin: null with our own forms (Fetch, append a request Origin header).
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
    }
}
