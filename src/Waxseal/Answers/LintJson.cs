using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Waxseal.Linting;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Answers;

/// <summary>The answer of <c>lint --json</c>. Members are only ever added; <c>version</c> changes when one must go.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Kind">What the text is meant to be.</param>
/// <param name="File">Where it is from.</param>
/// <param name="Valid">Whether it keeps the standard to the letter.</param>
/// <param name="Value">What was understood; null when nothing can be made of it.</param>
/// <param name="Problems">All that is wrong or unwise, in the order of the text.</param>
internal sealed record LintJson(
    int Version, string Kind, string File, bool Valid, LintValue? Value, ImmutableArray<ProblemJson> Problems)
{
    public static LintJson Of(LintSubject subject) => new(
        1,
        subject.Kind.Name,
        subject.Source,
        subject.Reading.IsValid,
        subject.Reading.Value,
        [.. subject.Reading.Problems.Select(ProblemJson.Of)]);

    /// <summary>Writes one line of JSON.</summary>
    public static void Write(Stream output, LintSubject subject) => JsonOutput.Write(output, Of(subject), LintJsonContext.Default.LintJson);
}

/// <summary>Several texts that came in one.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="Texts">What came of each.</param>
internal sealed record LintListJson(int Version, ImmutableArray<LintJson> Texts);

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

    /// <summary>The text that it is about; absent where a line and column say enough.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    /// <summary>The text as it should be; absent where that is not known.</summary>
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
[JsonSerializable(typeof(LintListJson))]
internal sealed partial class LintJsonContext : JsonSerializerContext;
