using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Waxseal.Answers;
using Waxseal.Inputs;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Commands.Check;

/// <summary>Reads back what <c>check --json</c> wrote.</summary>
internal static class FactsFile
{
    // Facts of some thousand policy domains; a file that is larger is none of ours, or wants to be split.
    private const long MaxLength = 256 * 1024 * 1024;

    /// <summary>Reads the facts of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="facts">The facts of each policy domain, or null.</param>
    /// <param name="problem">Why it cannot be read, or null.</param>
    public static bool TryRead(string path, [NotNullWhen(true)] out DomainFacts[]? facts, [NotNullWhen(false)] out string? problem)
    {
        try
        {
            string? refusal = "is a folder";
            using FileStream? file = Directory.Exists(path) ? null : InputFile.Open(path, out refusal);
            (facts, problem) = file is not null ? Read(file) : (null, $"it {refusal}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            (facts, problem) = (null, $"it {InputFile.ReasonOf(fault)}");
        }

        return facts is not null;
    }

    /// <summary>Reads the facts of a file that is open.</summary>
    public static bool TryRead(Stream file, [NotNullWhen(true)] out DomainFacts[]? facts, [NotNullWhen(false)] out string? problem)
    {
        (facts, problem) = Read(file);
        return facts is not null;
    }

    private static (DomainFacts[]? Facts, string? Problem) Read(Stream file)
    {
        if (file.Length > MaxLength)
            return (null, $"it is longer than {MaxLength / 1024 / 1024} MB");
        byte[] json = new byte[file.Length];
        file.ReadExactly(json);
        try
        {
            CheckDocumentJson? document = HasGap(json) ? null : JsonSerializer.Deserialize(json, CheckJsonContext.Default.CheckDocumentJson);
            return document is null ? (null, "it is not what waxseal check --json writes: there is no value where there has to be one")
                : document.Version != CheckJson.Version ? (null, $"it is of version {document.Version}; this program reads version {CheckJson.Version}")
                : ([.. document.Domains.Select(domain => domain.Facts)], null);
        }
        catch (JsonException fault)
        {
            return (null, $"it is not what waxseal check --json writes{(fault.LineNumber > 0 ? $", by line {fault.LineNumber + 1}" : "")}");
        }
    }

    // No list of ours has null in it, and no number is beyond all measure; the serializer would take both.
    private static bool HasGap(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = CheckJsonContext.Default.Options.MaxDepth });
        bool isMember = false;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Null && !isMember)
                return true;
            if (reader.TokenType == JsonTokenType.Number && !double.IsFinite(reader.GetDouble()))
                return true;
            isMember = reader.TokenType == JsonTokenType.PropertyName;
        }

        return false;
    }
}
