using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Waxseal.Dashboard.Api;

/// <summary>An answer that is whole before it goes out, so that whoever has it already need not take it again.</summary>
/// <param name="body">The answer.</param>
/// <param name="mediaType">What it is.</param>
internal sealed class ApiAnswer(byte[] body, string mediaType) : IResult
{
    public const string Json = "application/json";
    public const string Csv = "text/csv";
    public const string Octets = "application/octet-stream";

    /// <summary>The address of what goes on after it; null at the end.</summary>
    public string? Next { get; init; }

    /// <summary>The address of what was made; null where nothing was.</summary>
    public string? Made { get; init; }

    /// <summary>The name of the file in which to keep it; null for none.</summary>
    public string? FileName { get; init; }

    /// <summary>An answer of JSON.</summary>
    public static ApiAnswer Of<T>(T value, JsonTypeInfo<T> type, string? next = null) => new([.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'], Json) { Next = next };

    /// <summary>The same of something that was made.</summary>
    /// <param name="value">What was made.</param>
    /// <param name="type">Its form.</param>
    /// <param name="made">Its address.</param>
    public static ApiAnswer OfMade<T>(T value, JsonTypeInfo<T> type, string made) => new([.. JsonSerializer.SerializeToUtf8Bytes(value, type), (byte)'\n'], Json) { Made = made };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.Headers.Vary = "Accept, Authorization, Cookie";

        // RFC 8288 §3.3
        if (Next is not null)
            response.Headers.Link = $"<{Next}>; rel=\"next\"";
        if (Made is not null)
            (response.StatusCode, response.Headers.Location) = (StatusCodes.Status201Created, Made);
        if (HttpMethods.IsGet(httpContext.Request.Method) || HttpMethods.IsHead(httpContext.Request.Method))
        {
            response.Headers.CacheControl = "private, no-cache";
            EntityTagHeaderValue tag = new($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(..16))}\"");
            response.Headers.ETag = tag.ToString();
            if (IsKnown(httpContext.Request, tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        if (FileName is not null)
            response.Headers.ContentDisposition = $"attachment; filename=\"{FileName}\"";
        response.ContentType = mediaType;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, httpContext.RequestAborted);
    }

    // RFC 9110 §13.1.2: any of the tags, compared weakly; an asterisk stands for whatever there is.
    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch!, out IList<EntityTagHeaderValue>? known)
        && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false));
}
