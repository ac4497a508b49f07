using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Waxseal.Answers;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Storage.Looks;

namespace Waxseal.Monitor;

/// <summary>Writes what a check came to as it is kept.</summary>
internal static class LookDocument
{
    private const string Unanswered = "the resolver gave no answers";

    /// <summary>The look of a check.</summary>
    public static Look Of(CheckResult result) =>
        new(result.Facts.PolicyDomain, result.Facts.GatheredAt, result.Standing, result.Standing == CheckStanding.Unknown ? Unanswered : Verdict.Of(result).Text)
        {
            Elapsed = TimeSpan.FromMilliseconds(result.Facts.ElapsedMs),
            Errors = Count(result.Findings, Severity.Error),
            Warnings = Count(result.Findings, Severity.Warning),
            Omitted = result.Omitted,
            Summary = System.Text.Encoding.UTF8.GetString(Json(Checker.Summarise(result.Facts), CheckJsonContext.Default.LookSummary)),
        };

    /// <summary>Findings and facts, gzip: an entry of what <c>check --json</c> writes.</summary>
    public static byte[] Pack(CheckResult result)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
            gzip.Write(Json(CheckedDomainJson.Of(result), CheckJsonContext.Default.CheckedDomainJson));
        return packed.ToArray();
    }

    private static int Count(ImmutableArray<Finding> findings, Severity severity) => findings.Count(finding => finding.Severity == severity);

    private static byte[] Json<T>(T value, JsonTypeInfo<T> type)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            JsonSerializer.Serialize(writer, value, type);
        return stream.ToArray();
    }
}
