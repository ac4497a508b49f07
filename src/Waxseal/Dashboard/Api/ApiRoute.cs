using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Waxseal.Dashboard.Access;
using Waxseal.Hosting.Metrics;
using Waxseal.Terminal;

namespace Waxseal.Dashboard.Api;

/// <summary>One address of the API: what it is for people and for programs, and how it is answered.</summary>
/// <param name="Method">GET, which is also HEAD, POST or DELETE.</param>
/// <param name="Path">Its path after that of the API; a part in braces stands for one part of any text.</param>
/// <param name="Least">Who may ask.</param>
/// <param name="Summary">What it gives, as a sentence.</param>
/// <param name="Parameters">What may be asked for.</param>
/// <param name="Answer">The form of the answer; null where it is none of JSON.</param>
/// <param name="Reply">Answers; null says that there is no such thing.</param>
internal sealed record ApiRoute(
    string Method, string Path, ViewerRole Least, string Summary, ImmutableArray<ApiParameter> Parameters, JsonTypeInfo? Answer, Func<Asked, Task<IResult?>> Reply)
{
    /// <summary>The path of the API.</summary>
    public const string Base = "/api/v1";

    /// <summary>What the answer may be, the usual first.</summary>
    public ImmutableArray<string> MediaTypes { get; init; } = [ApiAnswer.Json];

    /// <summary>What is sent along; null for nothing.</summary>
    public ApiBody? Body { get; init; }

    /// <summary>The status of an answer.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Whether it tells of the whole server, so that nobody who belongs to a tenant may ask.</summary>
    public bool IsOfWhole { get; init; }

    /// <summary>The same for the site.</summary>
    public Route Route => new(Method, Base + Path, Least, AnswerAsync) { IsOfWhole = IsOfWhole };

    /// <summary>Whether a path is one of the API.</summary>
    public static bool Has(string path) => path == "/api" || path.StartsWith("/api/", StringComparison.Ordinal);

    private async Task<IResult?> AnswerAsync(Asked asked) =>
        FindProblem(asked) ?? await Reply(asked) ?? new Problem(StatusCodes.Status404NotFound, $"Nothing is known of {Show.Brief(string.Join(", ", asked.Names.Values), 300)}.");

    private Problem? FindProblem(Asked asked)
    {
        foreach (string name in asked.Context.Request.Query.Keys)
        {
            if (Parameters.FirstOrDefault(parameter => parameter.Name == name) is not { } parameter)
                return Unknown(name);
            if (asked.Query(name) is { } value && !parameter.Fits(value))
                return new(StatusCodes.Status400BadRequest, $"{name} takes {parameter.Takes}, and not \"{Show.Brief(value, 100)}\".") { Parameter = name };
        }

        if (asked.Day("from") is { } from && asked.Day("to") is { } to && from > to)
            return new(StatusCodes.Status400BadRequest, "from lies behind to.") { Parameter = "from" };
        if (!MediaTypes.IsEmpty && asked.Query("format") is null && MediaTypes.All(type => AcceptHeader.WeightOf(asked.Context.Request.Headers.Accept, type) <= 0))
            return new(StatusCodes.Status406NotAcceptable, $"The answer is to be had as {string.Join(" or ", MediaTypes)}; Accept wants something else.");
        return Body?.FindProblem(asked.Context.Request);
    }

    private Problem Unknown(string name)
    {
        string meant = NearWord.Of(name, Parameters.Select(parameter => parameter.Name)) is { } near ? $" Did you mean {near}?"
            : Parameters.IsEmpty ? " There are none here." : $" There are {string.Join(", ", Parameters.Select(parameter => parameter.Name))}.";
        return new(StatusCodes.Status400BadRequest, $"There is no parameter {Show.Brief(name, 100)}.{meant}") { Parameter = Show.Brief(name, 100) };
    }
}
