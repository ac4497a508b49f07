using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Waxseal.Inputs;
using Waxseal.Linting;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Dashboard.Readings;

/// <summary>Something that somebody pasted or dropped, and what it means.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Text">The text that was pasted; empty for files.</param>
/// <param name="Explanation">What reports, bounces and logs say; null when there are none in it.</param>
/// <param name="Intake">What was read, and what could not be.</param>
/// <param name="Linted">What came of a record or a policy; null when it is none.</param>
internal sealed partial record Pasted(Frame Frame, string Text, Explanation? Explanation, Intake Intake, LintSubject? Linted) : IFramed
{
    private const int MostFiles = 100;
    private const int MostText = 1024 * 1024;

    /// <summary>Whether anything was handed in.</summary>
    public bool IsAsked => Explanation is not null || Linted is not null || Intake.UnreadCount > 0;

    /// <summary>The page before anything was handed in.</summary>
    public static Pasted Empty(Asked asked) => new(asked.Frame("Explain", "explain"), "", null, new Intake(), null);

    /// <summary>Reads what was handed in.</summary>
    public static async Task<Pasted> ReadAsync(Asked asked)
    {
        IFormCollection form = await asked.Context.Request.ReadFormAsync(
            new Microsoft.AspNetCore.Http.Features.FormOptions { MultipartBodyLengthLimit = ReportLimits.FileBytes, ValueLengthLimit = MostText, ValueCountLimit = 16, BufferBody = false }, asked.Cancelled);
        string text = form["text"].ToString().ReplaceLineEndings("\n").Trim();
        Frame frame = asked.Frame("Explain", "explain");
        if (KindOf(text) is { } kind)
            return new(frame, text, null, new Intake(), new LintSubject(kind, "your text", kind.Read(Encoding.UTF8.GetBytes(text), new LintContext(asked.Today, null))));

        var asOf = DateTimeOffset.FromUnixTimeSeconds(asked.Now.ToUnixTimeSeconds());
        Intake intake = new();
        DeliveryInput deliveries = new(intake.Deliveries, asOf);
        if (text.Length > 0)
            Add(intake, deliveries, "your text", new MemoryStream(Encoding.UTF8.GetBytes(text)), asked.Cancelled);
        foreach (IFormFile file in form.Files.Take(MostFiles).Where(file => file.Length > 0))
        {
            await using Stream stream = file.OpenReadStream();
            using MemoryStream whole = new();
            await stream.CopyToAsync(whole, asked.Cancelled);
            whole.Position = 0;
            Add(intake, deliveries, file.FileName, whole, asked.Cancelled);
        }

        return new(frame, text, intake.HoldsAnything ? intake.Explain(asOf) : null, intake, null);
    }

    private static void Add(Intake intake, DeliveryInput deliveries, string name, Stream content, CancellationToken cancellationToken)
    {
        foreach (IntakeResult result in StreamReports.In(new ReportOrigin(name), content, isNamed: true, deliveries))
        {
            cancellationToken.ThrowIfCancellationRequested();

            // Whoever hands it in wants to know why it is no report.
            intake.Add(result is IntakeResult.Skipped { Reason: var reason } ? new IntakeResult.Failed(result.Origin, reason) : result);
        }
    }

    // By their first words, as people copy them: with the quotes of a zone file, or the line of dig.
    private static LintKind? KindOf(string text) =>
        text.Contains("v=STSv1", StringComparison.OrdinalIgnoreCase) && text.Length < 2000 ? LintKind.StsRecord
        : text.Contains("v=TLSRPTv1", StringComparison.OrdinalIgnoreCase) && text.Length < 4000 ? LintKind.TlsRptRecord
        : text.StartsWith("version:", StringComparison.OrdinalIgnoreCase) ? LintKind.StsPolicy
        : TlsaLine().IsMatch(text) ? LintKind.Tlsa
        : null;

    // RFC 6698 §2.2, with or without the owner before it.
    [GeneratedRegex(@"^(\S+\s+(\d+\s+)?(IN\s+)?TLSA\s+)?[0-3]\s+[01]\s+[0-2]\s+[0-9A-Fa-f]{8}", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 100)]
    private static partial Regex TlsaLine();
}
