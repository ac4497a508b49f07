using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using Waxseal.Answers;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Storage.Findings;

namespace Waxseal.Findings;

/// <summary>Findings as they are kept.</summary>
internal static class MadeFindings
{
    /// <summary>A finding of the diagnosis of reports: of each fault there is one.</summary>
    public static MadeFinding Of(Finding finding)
    {
        string fault = Word(finding.Fault.ToString());
        return new(finding.PolicyDomain, FindingSource.Reports, fault)
        {
            Severity = Word(finding.Severity.ToString()),
            State = Word(finding.State.ToString()),
            Title = finding.Title,
            InShort = finding.InShort,
            SeenBy = [.. finding.Sightings.Select(sighting => sighting.Reporter)],
            FailedSessions = finding.FailedSessions,
            Document = JsonSerializer.Serialize(FindingJson.Of(finding), CheckJsonContext.Default.FindingJson),
        };
    }

    /// <summary>The findings of a look, from its document, each with its likeliest cause: of each fault and cause there is one.</summary>
    /// <param name="policyDomain">The policy domain.</param>
    /// <param name="document">The document, gzip.</param>
    public static ImmutableArray<(MadeFinding Finding, string? Cause)> OfLook(string policyDomain, byte[] document)
    {
        using GZipStream plain = new(new MemoryStream(document), CompressionMode.Decompress);
        using JsonDocument json = JsonDocument.Parse(plain);
        return [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => OfLook(policyDomain, finding)).DistinctBy(made => made.Finding.Subject)];
    }

    private static (MadeFinding Finding, string? Cause) OfLook(string policyDomain, JsonElement finding)
    {
        string? cause = finding.GetProperty("causes").EnumerateArray().Select(entry => entry.GetProperty("id").GetString()).FirstOrDefault();
        MadeFinding made = new(policyDomain, FindingSource.Look, $"{finding.GetProperty("fault").GetString()} {cause}".TrimEnd())
        {
            Severity = finding.GetProperty("severity").GetString()!,
            State = finding.GetProperty("state").GetString()!,
            Title = finding.GetProperty("title").GetString()!,
            InShort = finding.GetProperty("inShort").GetString()!,
            FailedSessions = finding.GetProperty("failedSessions").GetInt64(),
            Document = finding.GetRawText(),
        };
        return (made, cause);
    }

    private static string Word(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
