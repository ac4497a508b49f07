using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waxseal.Hosting;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage;
using Waxseal.Storage.Reports;

namespace Waxseal.ReportIntake.Https;

/// <summary>Takes reports by POST (RFC 8460 §5.4). What is answered with 2xx is on disk.</summary>
internal sealed class HttpsIntake(HttpsIntakeOptions options, ReportReceiver receiver, RateLimits limits, TimeProvider clock, ILogger<HttpsIntake> logger) : IDisposable
{
    // Reports are a few kilobytes; large ones wait for each other, so that a few cannot fill the memory.
    private const int Large = 256 * 1024;
    private const int MostLargeAtOnce = 3;

    private readonly ForwardedSource _sources = new(options.TrustedProxies, options.ProxyHeader);
    private readonly SemaphoreSlim _large = new(MostLargeAtOnce);

    /// <summary>Answers requests for the path; everything else is not found.</summary>
    public void Map(IApplicationBuilder app) => app.Run(AnswerAsync);

    public void Dispose() => _large.Dispose();

    private async Task AnswerAsync(HttpContext context)
    {
        (int status, string text) = await AnswerToAsync(context);
        HostMetrics.Answered("reportIntake.https", status);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        if (status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
            context.Response.Headers.RetryAfter = "60";
        if (status >= 400)
            context.Response.Headers.Connection = "close";
        await context.Response.WriteAsync(text + "\n");
    }

    private async Task<(int Status, string Text)> AnswerToAsync(HttpContext context)
    {
        if (!IsOurPath(context.Request.Path))
            return Refuse(RefusalKind.NotForUs, StatusCodes.Status404NotFound, "There is nothing here.");
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = "POST";
            return Refuse(RefusalKind.NotForUs, StatusCodes.Status405MethodNotAllowed, "TLS reports are sent here by POST (RFC 8460 section 5.4).");
        }

        IPAddress source = _sources.Of(context.Connection.RemoteIpAddress, context.Request.Headers);
        if (!limits.AllowsReportFrom(source))
            return Refuse(RefusalKind.TooManyFromSource, StatusCodes.Status429TooManyRequests, "This address sends more reports than are taken; try again in a minute.");
        if (context.Request.ContentLength > ReportLimits.FileBytes)
            return Refuse(RefusalKind.TooLarge, StatusCodes.Status413PayloadTooLarge, $"A report has at most {ReportLimits.FileBytes} bytes.");

        bool isLarge = context.Request.ContentLength is null or > Large;
        if (isLarge)
            await _large.WaitAsync(context.RequestAborted);
        try
        {
            using CancellationTokenSource deadline = new(options.Timeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, context.RequestAborted);
            return await BodyOf.ReadAsync(context.Request, ReportLimits.FileBytes, isLarge, either.Token) is { } body
                ? await TakeAsync(body, source, either.Token)
                : Refuse(RefusalKind.TooLarge, StatusCodes.Status413PayloadTooLarge, $"A report has at most {ReportLimits.FileBytes} bytes.");
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return Refuse(RefusalKind.TooSlow, StatusCodes.Status408RequestTimeout, $"The report did not come within {options.Timeout.TotalSeconds:0} seconds.");
        }
        catch (BadHttpRequestException fault)
        {
            return Refuse(RefusalKind.NotForUs, fault.StatusCode, fault.Message);
        }
        catch (StoreUnavailableException fault)
        {
            logger.StoreUnavailable("https", fault.Message);
            return Refuse(RefusalKind.StoreUnavailable, StatusCodes.Status503ServiceUnavailable, "The report cannot be stored now; send it again later.");
        }
        finally
        {
            if (isLarge)
                _large.Release();
        }
    }

    private async Task<(int Status, string Text)> TakeAsync(ReadOnlyMemory<byte> body, IPAddress source, CancellationToken cancellationToken)
    {
        if (body.IsEmpty)
            return Refuse(RefusalKind.NotForUs, StatusCodes.Status400BadRequest, "The request has no body.");

        Arrival arrival = new(clock.GetUtcNow(), Channel.Https, source.ToString()) { TrustReason = "HTTPS does not prove who sends" };
        ImmutableArray<Received> received = await receiver.TakeAsync(PackedReports.Open(new ReportOrigin("the request"), body), body, arrival, cancellationToken);
        foreach (Received one in received)
            logger.Tell("https", arrival.Origin, one);
        if (received.FirstOrDefault(one => one is Received.TooMany) is Received.TooMany { Reason: var wait })
            return (StatusCodes.Status429TooManyRequests, $"{wait}; send it again later.");
        return received.FirstOrDefault(one => one is Received.Refused) is Received.Refused { Reason: var reason }
            ? (StatusCodes.Status400BadRequest, reason)
            : received.All(one => one is Received.Kept { Receipt.Outcome: ReportOutcome.Duplicate })
                ? (StatusCodes.Status200OK, "The report was known.")
                : (StatusCodes.Status201Created, "The report is stored.");
    }

    private static (int Status, string Text) Refuse(RefusalKind kind, int status, string text)
    {
        IntakeMetrics.Refused(Channel.Https, kind);
        return (status, text);
    }

    // Compared in a time that says nothing of how much of it was right.
    private bool IsOurPath(PathString path)
    {
        string expected = options.PathSecret is null ? options.Path : $"{options.Path.TrimEnd('/')}/{options.PathSecret.Reveal()}";
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(path.Value ?? ""), Encoding.UTF8.GetBytes(expected));
    }
}
