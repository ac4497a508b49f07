using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Waxseal.Answers;
using Waxseal.Linting;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Commands.Lint;

/// <summary>The answer of <c>lint --json</c>. Members are only ever added; <c>version</c> changes when one must go.</summary>
internal sealed record LintJson(
    int Version, string Kind, string File, bool Valid, LintValue? Value, ImmutableArray<ProblemJson> Problems)
{
    /// <summary>Writes one line of JSON.</summary>
    public static void Write(Stream output, LintSubject subject)
    {
        LintReading reading = subject.Reading;
        LintJson json = new(
            1,
            subject.Kind.Name,
            subject.Source,
            reading.IsValid,
            reading.Value,
            [.. reading.Problems.Select(ProblemJson.Of)]);
        JsonOutput.Write(output, json, LintJsonContext.Default.LintJson);
    }
}

/// <summary>A problem as JSON.</summary>
/// <param name="Code">Its stable name.</param>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1, in bytes.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="Rule">The section that says so.</param>
internal sealed record ProblemJson(string Code, string Severity, int Line, int Column, string Message, string Rule)
{
    /// <summary>Whether a lenient reader goes on all the same.</summary>
    public bool Tolerable { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Correction { get; init; }

    public static ProblemJson Of(Problem problem) => new(
        problem.Code,
        problem.Severity == ProblemSeverity.Error ? "error" : "warning",
        problem.Place.Line,
        problem.Place.Column,
        problem.Message,
        problem.Rule)
    {
        Tolerable = problem.IsTolerable,
        Text = problem.Text,
        Correction = problem.Correction,
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LintJson))]
internal sealed partial class LintJsonContext : JsonSerializerContext;
