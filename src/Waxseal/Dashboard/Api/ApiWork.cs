using Microsoft.AspNetCore.Http;
using Waxseal.Answers;
using Waxseal.Dashboard.Api.Documents;
using Waxseal.Dashboard.Checking;
using Waxseal.Inputs;
using Waxseal.Linting;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Dashboard.Api;

/// <summary>Does what takes a while: looks, explains and lints, a few at a time.</summary>
/// <param name="checks">Looks at policy domains.</param>
internal sealed class ApiWork(LiveChecks checks) : IDisposable
{
    private const string Source = "the body";
    private const int RetryAfter = 10;
    private const int TextBytes = 1_000_000;

    // Each may hold a large file in memory.
    private readonly Places _places = new(atOnce: 4, mostWaiting: 16);

    public static ApiBody CheckBody { get; } = ApiBody.Json("a policy domain, such as {\"domain\": \"example.com\"}.", ApiJsonContext.Default.CheckRequestJson);

    public static ApiBody ReportBody { get; } = new("reports as they came: JSON, gzip, zip, a mail, an mbox; or a bounce, or lines of a mail server's log.", [], ReportLimits.FileBytes);

    public static ApiBody LintBody { get; } = new("the text, or for the kind report a report as it came.", [], ReportLimits.FileBytes);

    public void Dispose() => _places.Dispose();

    /// <summary>Looks at a policy domain.</summary>
    public async Task<IResult?> CheckAsync(Asked asked)
    {
        (CheckRequestJson? wanted, Problem? problem) = await CheckBody.ReadAsync(asked.Context.Request, ApiJsonContext.Default.CheckRequestJson, asked.Cancelled);
        if (wanted is not { Domain: var text })
            return problem;
        if (!DomainName.TryParse(text, out DomainName? name, out DomainNameError? error))
            return new Problem(StatusCodes.Status400BadRequest, $"\"{Show.Brief(text, 300)}\" {error.Text}.");
        return await checks.TryCheckAsync(name, asked.Cancelled) is { } result
            ? ApiAnswer.Of(CheckedDomainJson.Of(result), CheckJsonContext.Default.CheckedDomainJson)
            : Busy();
    }

    /// <summary>Says what reports, bounces and logs mean.</summary>
    public Task<IResult?> ExplainAsync(Asked asked) => WithBodyAsync(asked, ReportBody, octets =>
    {
        var asOf = DateTimeOffset.FromUnixTimeSeconds(asked.Now.ToUnixTimeSeconds());
        Intake intake = new();
        foreach (IntakeResult result in StreamReports.In(new ReportOrigin(Source), new MemoryStream(octets), isNamed: true, new DeliveryInput(intake.Deliveries, asOf)))
        {
            asked.Cancelled.ThrowIfCancellationRequested();

            // Whoever hands it in wants to know why it is no report.
            intake.Add(result is IntakeResult.Skipped { Reason: var reason } ? new IntakeResult.Failed(result.Origin, reason) : result);
        }

        return ApiAnswer.Of(ExplainJson.Of(intake.Explain(asOf), intake), ExplainJsonContext.Default.ExplainJson);
    });

    /// <summary>Holds a text against the standard.</summary>
    public async Task<IResult?> LintAsync(Asked asked)
    {
        if (Array.Find(LintKind.All, kind => kind.Name == asked.Names["kind"]) is not { } kind)
            return new Problem(StatusCodes.Status404NotFound, $"There is no kind \"{Show.Brief(asked.Names["kind"], 100)}\". There are {string.Join(", ", LintKind.All.Select(one => one.Name))}.");
        DomainName? policyDomain = DomainName.TryParse(asked.Query("domain") ?? "", out DomainName? name, out _) ? name : null;
        return await WithBodyAsync(asked, kind == LintKind.Report ? LintBody : LintBody with { MostBytes = TextBytes }, octets =>
        {
            IEnumerable<LintOutcome> outcomes = kind == LintKind.Report
                ? StreamReports.In(new ReportOrigin(Source), new MemoryStream(octets), isNamed: true).Select(LintOutcome.OfReport).OfType<LintOutcome>()
                : [new LintOutcome.Checked(new LintSubject(kind, Source, kind.Read(octets, new LintContext(asked.Today, policyDomain))))];
            LintListJson list = new(1, [.. outcomes.Select(outcome => LintJson.Of(SubjectOf(outcome)))]);
            return ApiAnswer.Of(list, LintJsonContext.Default.LintListJson);
        });
    }

    private async Task<IResult?> WithBodyAsync(Asked asked, ApiBody body, Func<byte[], IResult> work)
    {
        if (!await _places.TakeAsync(asked.Cancelled))
            return Busy();
        try
        {
            (byte[] octets, Problem? problem) = await body.ReadAsync(asked.Context.Request, asked.Cancelled);
            return problem ?? work(octets);
        }
        finally
        {
            _places.Leave();
        }
    }

    private static LintSubject SubjectOf(LintOutcome outcome) => outcome switch
    {
        LintOutcome.Checked { Subject: var subject } => subject,
        LintOutcome.Unread unread => new(LintKind.Report, unread.Source, LintReading.OfNoReport(unread.Reason)),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>That too many ask for the same at once.</summary>
    public static Problem Busy() => new(StatusCodes.Status429TooManyRequests, "So many ask for this at once that yours has no place in the row. Ask again in a moment.") { RetryAfter = RetryAfter };
}
