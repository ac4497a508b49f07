using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waxseal.Hosting;
using Waxseal.Hosting.Listening;
using Waxseal.Inputs;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage;
using Waxseal.Storage.Reports;

namespace Waxseal.ReportIntake.Https;

/// <summary>Takes reports by POST (RFC 8460 §5.4). What is answered with 2xx is on disk.</summary>
internal sealed class HttpsIntake(HttpsIntakeOptions options, ReportReceiver receiver, IntakeRoom room, RateLimits limits, TimeProvider clock, ILogger<HttpsIntake> logger)
{
    private readonly ForwardedSource _sources = new(options.TrustedProxies, options.ProxyHeader);

    /// <summary>Answers requests for the path; everything else is not found.</summary>
    public void Map(IApplicationBuilder app) => app.Run(AnswerAsync);

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
        byte[] words = Encoding.UTF8.GetBytes(text + "\n");
        context.Response.ContentLength = words.Length;
        await context.Response.Body.WriteAsync(words);
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
            return RefuseTooLarge();

        using RequestBody body = new(room.Places);
        try
        {
            using CancellationTokenSource deadline = new(options.Timeout, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, context.RequestAborted);
            return await body.ReadAsync(context.Request, ReportLimits.FileBytes, either.Token) switch
            {
                BodyReading.TooLarge => RefuseTooLarge(),
                BodyReading.NoPlace => Refuse(RefusalKind.TooBusy, StatusCodes.Status503ServiceUnavailable, "Too many large reports come at once; send it again later."),
                _ => await TakeAsync(body.Octets, source, either.Token),
            };
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return Refuse(RefusalKind.TooSlow, StatusCodes.Status408RequestTimeout, $"The report did not come within {options.Timeout.TotalSeconds:0} seconds.");
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return RefuseTooLarge();
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
    }

    private async Task<(int Status, string Text)> TakeAsync(ReadOnlyMemory<byte> body, IPAddress source, CancellationToken cancellationToken)
    {
        if (body.IsEmpty)
            return Refuse(RefusalKind.NotForUs, StatusCodes.Status400BadRequest, "The request has no body.");

        Arrival arrival = new(clock.GetUtcNow(), Channel.Https, source.ToString()) { TrustReason = "HTTPS does not prove who sends" };
        ImmutableArray<Received> received = await room.Unpacking.RunAsync(
            () => PackedReports.Open(new ReportOrigin("the request"), body), results => receiver.TakeAsync(results, body, arrival, cancellationToken), cancellationToken);
        foreach (Received one in received)
            logger.Tell("https", arrival.Origin, one);
        if (received.FirstOrDefault(one => one is Received.Later) is Received.Later { Reason: var wait })
            return (StatusCodes.Status429TooManyRequests, $"{wait}; send it again later.");
        if (received.FirstOrDefault(one => one is Received.Refused) is Received.Refused { Kind: var kind, Reason: var reason })
            return (kind == RefusalKind.TooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest, reason);
        string but = received.OfType<Received.Kept>().FirstOrDefault(kept => kept.Why is not null) is { Why.Reason: var why, Receipt.State: var state }
            ? $" It is {state.ToWord()} and does not count. {why}."
            : "";
        return received.All(one => one is Received.Kept { Receipt.Outcome: ReportOutcome.Known })
            ? (StatusCodes.Status200OK, $"The report was known.{but}")
            : (StatusCodes.Status201Created, $"The report is stored.{but}");
    }

    private static (int Status, string Text) RefuseTooLarge() =>
        Refuse(RefusalKind.TooLarge, StatusCodes.Status413PayloadTooLarge, $"A report has at most {ReportLimits.FileBytes} bytes.");

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
