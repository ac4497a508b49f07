using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using RazorSlices;
using Waxseal.Access;
using Waxseal.Dashboard.Pages;
using Waxseal.Dashboard.Readings;

namespace Waxseal.Dashboard.Api;

/// <summary>Why a request is not answered as it was meant (RFC 9457).</summary>
/// <param name="Status">The status of HTTP.</param>
/// <param name="Detail">Why, and what to do, in sentences.</param>
internal sealed record Problem(int Status, string Detail) : IResult
{
    private const string MediaType = "application/problem+json";

    /// <summary>What kind of problem it is: about:blank, so the status says all.</summary>
    // RFC 9457 §4.2.1: about:blank says that the problem is the status and nothing more, and the title is that of the status.
    public string Type { get; init; } = "about:blank";

    /// <summary>The status in words.</summary>
    public string Title => ReasonPhrases.GetReasonPhrase(Status);

    /// <summary>The parameter at fault; absent where it is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parameter { get; init; }

    /// <summary>After how many seconds to ask again.</summary>
    [JsonIgnore]
    public int? RetryAfter { get; init; }

    /// <summary>Why something was not changed.</summary>
    public static Problem Of(Refusal refusal) => new(StatusOf(refusal), Show.Brief(Show.Capital(refusal.Reason), 500)) { Parameter = refusal.Parameter };

    /// <summary>The status of HTTP of a reason.</summary>
    public static int StatusOf(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Unfit => StatusCodes.Status400BadRequest,
        RefusalKind.NotAllowed => StatusCodes.Status403Forbidden,
        RefusalKind.NotThere => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status409Conflict,
    };

    /// <summary>What the API answers in place of a page that says why there is none.</summary>
    public static IResult InsteadOf(IResult result) =>
        result is FramedPage<NoPage> page ? new Problem(((RazorSlice)page).StatusCode, page.Model.Text) : result;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = MediaType;
        if (RetryAfter is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        byte[] body = [.. JsonSerializer.SerializeToUtf8Bytes(this, ApiJsonContext.Default.Problem), (byte)'\n'];
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }
}
