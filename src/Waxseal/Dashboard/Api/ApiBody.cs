using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Waxseal.Dashboard.Api;

/// <summary>What a caller may send along.</summary>
/// <param name="Meaning">What it is, as a sentence.</param>
/// <param name="MediaTypes">How it may be labelled; empty for any label but those of forms with parts, since its content tells what it is.</param>
/// <param name="MostBytes">How large it may be.</param>
internal sealed record ApiBody(string Meaning, string[] MediaTypes, int MostBytes)
{
    /// <summary>Its form, where it is JSON.</summary>
    public JsonTypeInfo? Type { get; init; }

    /// <summary>A body of JSON.</summary>
    /// <param name="meaning">What it is, as a sentence.</param>
    /// <param name="type">Its form.</param>
    /// <param name="mostBytes">How large it may be.</param>
    public static ApiBody Json(string meaning, JsonTypeInfo type, int mostBytes = 4096) => new(meaning, [ApiAnswer.Json], mostBytes) { Type = type };

    /// <summary>Reads it as JSON.</summary>
    public async Task<(T? Value, Problem? Problem)> ReadAsync<T>(HttpRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        (byte[] octets, Problem? problem) = await ReadAsync(request, cancellationToken);
        if (problem is not null)
            return (null, problem);
        return ValueIn(octets, type) is { } value ? (value, null) : (null, new(StatusCodes.Status400BadRequest, $"The body is not what is expected: {Meaning}"));
    }

    /// <summary>Why a body of this label is not taken; null when it may be.</summary>
    public Problem? FindProblem(HttpRequest request)
    {
        string label = (request.ContentType ?? "").Split(';')[0].Trim().ToLowerInvariant();
        if (MediaTypes.Length > 0 && !MediaTypes.Contains(label))
            return new(StatusCodes.Status415UnsupportedMediaType, $"The body is taken as {string.Join(" or ", MediaTypes)} alone{(label.Length == 0 ? "" : $", and not as {Show.Brief(label, 100)}")}; say so with Content-Type.");
        if (label.StartsWith("multipart/", StringComparison.Ordinal))
            return new(StatusCodes.Status415UnsupportedMediaType, "A form with parts is not taken: send the text or file itself as the body (curl --data-binary @FILE).");
        return request.ContentLength > MostBytes ? TooLarge() : null;
    }

    /// <summary>Reads it.</summary>
    public async Task<(byte[] Octets, Problem? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using MemoryStream whole = new();
        byte[] octets = new byte[81_920];
        try
        {
            for (int count; (count = await request.Body.ReadAsync(octets, cancellationToken)) > 0;)
            {
                if (whole.Length + count > MostBytes)
                    return ([], TooLarge());
                whole.Write(octets, 0, count);
            }
        }
        catch (BadHttpRequestException fault)
        {
            return ([], fault.StatusCode == StatusCodes.Status413PayloadTooLarge ? TooLarge() : new(fault.StatusCode, "The body did not arrive whole."));
        }

        return whole.Length > 0 ? (whole.ToArray(), null) : ([], new(StatusCodes.Status400BadRequest, $"The body is empty. Expected is: {Meaning}"));
    }

    private static T? ValueIn<T>(byte[] octets, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Encoding.UTF8.GetString(octets), type);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Problem TooLarge() => new(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {MostBytes.ToString("N0", CultureInfo.InvariantCulture)} bytes.");
}
