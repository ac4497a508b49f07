using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Waxseal.Answers;
using Waxseal.Dashboard.Api;
using Waxseal.Dashboard.Readings;
using Waxseal.Storage.Reports;

namespace Waxseal.Dashboard;

/// <summary>Parses one report again with the parser of this version, as <c>waxseal store reparse</c> does with all.</summary>
/// <param name="parse">What this version makes of a stored report and its bytes, by the present configuration.</param>
/// <param name="logger">Where it logs.</param>
internal sealed class Reparsing(Func<StoredReport, byte[], ArrivedReport> parse, ILogger logger)
{
    /// <summary>Does it, and leads back to the page of the report.</summary>
    public async Task<IResult?> FromPageAsync(Asked asked) =>
        await ReparseAsync(asked) is (var outcome, var id) ? TypedResults.Redirect($"{Links.Report(id)}?reparsed={outcome.ToString().ToLowerInvariant()}") : null;

    /// <summary>Does it, and answers with the report as it is then.</summary>
    public async Task<IResult?> FromApiAsync(Asked asked)
    {
        if (await ReparseAsync(asked) is not (var outcome, var id))
            return null;
        if (outcome is ReparseOutcome.Gone or ReparseOutcome.Overtaken)
            return new Problem(StatusCodes.Status409Conflict, ReparseWords.Of(outcome));
        return await OneReport.ReadAsync(asked with { Names = new Dictionary<string, string> { ["id"] = id } }) is { } report
            ? ApiAnswer.Of(WholeReportJson.Of(report.Stored, report.Policies), StoreJsonContext.Default.WholeReportJson)
            : null;
    }

    private async Task<(ReparseOutcome Outcome, string Id)?> ReparseAsync(Asked asked)
    {
        if (await asked.Store.ReportAsync(asked.Names["id"], asked.Cancelled) is not { } report)
            return null;
        (ReparseOutcome outcome, ReportRef known) = await ReparseAsync(asked, report);
        logger.ReportParsedAgain(known.Id, asked.Viewer.Name, outcome.ToString().ToLowerInvariant());
        return (outcome, known.Id);
    }

    private async Task<(ReparseOutcome Outcome, ReportRef Known)> ReparseAsync(Asked asked, StoredReport report)
    {
        if (await asked.Store.BodyAsync(report, asked.Cancelled) is not { } body)
            return (ReparseOutcome.Gone, report.Reference);
        ArrivedReport again = parse(report, body);
        if (await asked.Store.RewriteAsync(report, again, asked.Cancelled) is not { } known)
            return (ReparseOutcome.Overtaken, report.Reference);
        if (again.Evidence is null)
            return (ReparseOutcome.Unreadable, known);
        StoredReport? now = await asked.Store.ReportAsync(known.Id, asked.Cancelled);
        return (now is null || IsSame(report, now) ? ReparseOutcome.Same : ReparseOutcome.Changed, known);
    }

    private static bool IsSame(StoredReport before, StoredReport now) =>
        (before.State, before.Reporter, before.Successful, before.Failed, before.Fault) == (now.State, now.Reporter, now.Successful, now.Failed, now.Fault)
        && before.Defects == now.Defects && before.PolicyDomains.SequenceEqual(now.PolicyDomains);
}

/// <summary>What parsing a report again came to.</summary>
internal enum ReparseOutcome
{
    /// <summary>It says what it said.</summary>
    Same,

    /// <summary>It says something else, or counts now and did not before.</summary>
    Changed,

    /// <summary>It is no report for this version either.</summary>
    Unreadable,

    /// <summary>Its bytes are not kept any more.</summary>
    Gone,

    /// <summary>It became something else while it was parsed.</summary>
    Overtaken,
}

/// <summary>What parsing a report again came to, for people.</summary>
internal static class ReparseWords
{
    public static string Of(ReparseOutcome outcome) => outcome switch
    {
        ReparseOutcome.Same => "Parsed again: it says what it said before.",
        ReparseOutcome.Changed => "Parsed again: what this page shows has changed.",
        ReparseOutcome.Unreadable => "Parsed again: this version cannot read it either.",
        ReparseOutcome.Gone => "Nothing was parsed: the bytes of this report are not kept any more.",
        _ => "Nothing was parsed: the report became something else meanwhile, for it came again. Look at it as it is now.",
    };
}
