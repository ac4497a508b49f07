using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Waxseal.Answers;
using Waxseal.Dashboard.Access;
using Waxseal.Evidence;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Storage.Reports;

namespace Waxseal.Dashboard.Readings;

/// <summary>One report, down to its bytes.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Stored">The report as it is stored.</param>
/// <param name="Policies">What it says of each policy.</param>
/// <param name="Defects">How it departs from RFC 8460.</param>
/// <param name="Text">The report as it came, cut to a length; null when its bytes are not kept any more.</param>
/// <param name="IsCut">Whether it is longer.</param>
internal sealed record OneReport(
    Frame Frame, StoredReport Stored, ImmutableArray<PolicySessions> Policies, ImmutableArray<DefectJson> Defects, string? Text, bool IsCut) : IFramed
{
    /// <summary>What parsing it again came to, when that was asked for just now; null when not.</summary>
    public ReparseOutcome? Reparsed { get; private init; }

    /// <summary>Whether the viewer may have it parsed again, and there are bytes to parse.</summary>
    public bool CanReparse { get; private init; }

    private const int MostShown = 64 * 1024;

    /// <summary>Why it does not count; null when it does.</summary>
    public WhyNotCounted? Why => WhyNotCounted.Of(Stored);

    /// <summary>Reads it; null when there is none.</summary>
    public static async Task<OneReport?> ReadAsync(Asked asked)
    {
        if (await asked.Store.ReportAsync(asked.Names["id"], asked.Cancelled) is not { } report)
            return null;
        byte[]? body = await asked.Store.BodyAsync(report, asked.Cancelled);
        ImmutableArray<PolicySessions> policies = report.State == ReportState.Counted ? await asked.Store.PoliciesAsync(report, asked.Cancelled)
            : body is not null && StoredBody.Read(body)?.Report is { } read ? PolicySessions.Of(new ReportEvidence(read, report.Arrival.Origin))
            : [];
        byte[]? plain = body is null ? null : StoredBody.Plain(body);
        string? text = plain is null ? null : Indented(plain);
        return new(
            asked.Frame($"Report of {report.Reporter}", "reports"), report, policies, DefectJson.In(report.Defects),
            text is null ? null : Show.Brief(text, MostShown), text?.Length > MostShown)
        {
            Reparsed = Enum.TryParse(asked.Query("reparsed"), ignoreCase: true, out ReparseOutcome outcome) && Enum.IsDefined(outcome) ? outcome : null,
            CanReparse = body is not null && asked.Viewer.Role >= ViewerRole.Operator,
        };
    }

    /// <summary>Its bytes, to be kept as a file; null when there are none.</summary>
    public static async Task<(string Name, byte[] Octets)?> OctetsAsync(Asked asked) =>
        await asked.Store.ReportAsync(asked.Names["id"], asked.Cancelled) is { } report && await asked.Store.BodyAsync(report, asked.Cancelled) is { } body
            ? ($"report-{report.Reference.Id[..12]}.json", StoredBody.Plain(body))
            : null;

    /// <summary>The same as an answer.</summary>
    public static async Task<IResult?> RawAsync(Asked asked)
    {
        if (await OctetsAsync(asked) is not { } file)
            return null;

        // Whatever a stranger sent is a file and never a page.
        asked.Context.Response.Headers.ContentDisposition = $"attachment; filename=\"{file.Name}\"";
        return TypedResults.Bytes(file.Octets, "application/octet-stream");
    }

    private static string Indented(byte[] plain)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(plain);
            using MemoryStream stream = new();
            using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
                json.WriteTo(writer);
            return System.Text.Encoding.UTF8.GetString(stream.ToArray());
        }
        catch (JsonException)
        {
            // What is no JSON is shown as it is.
            return System.Text.Encoding.UTF8.GetString(plain);
        }
    }
}
