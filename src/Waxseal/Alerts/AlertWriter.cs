using System.Text;
using Waxseal.Alerts.Judgement;
using Waxseal.Evidence;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage.Alerts;
using Waxseal.Terminal;

namespace Waxseal.Alerts;

/// <summary>Writes what an alert says: the numbers that are stored, and what the diagnosis makes of the reports behind them.</summary>
internal sealed class AlertWriter(StoredEvidence evidence)
{
    // A diagnosis compares with the days before.
    private const int DaysBefore = 7;

    private const int LongestTitle = 160;
    private const int LongestShort = 1200;

    /// <summary>The text of something that is the matter.</summary>
    public async Task<AlertText> WriteAsync(Condition condition, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Finding? finding = condition.FirstDay is { } first && condition.LastDay is { } last
            ? Choose(condition, await evidence.ExplainAsync(condition.Key.PolicyDomain, first.AddDays(-DaysBefore), last, now, cancellationToken))
            : null;
        return new(
            Brief.Line(Named(condition.Key.PolicyDomain, condition.Title), LongestTitle),
            Brief.Line(finding is null ? condition.Sentence : $"{condition.Sentence} {finding.InShort}", LongestShort),
            Brief.Line(finding?.Actions.FirstOrDefault()?.Split('\n')[0] ?? condition.Remedy, LongestShort),
            DetailsOf(condition, finding))
        {
            FirstDay = condition.FirstDay,
            LastDay = condition.LastDay,
            Sessions = condition.Sessions,
            Failed = condition.Failed,
        };
    }

    /// <summary>The text of an alert that is over.</summary>
    public static AlertText WriteCleared(Alert alert, DomainSums? sums)
    {
        string since = sums?.Days.Where(day => day.Sessions > 0).MaxBy(day => day.Day)?.Day is { } newest
            ? SinceOf(newest, [.. sums.Days.Where(day => day.Day == newest)])
            : "";
        string sentence = $"What was told at {Wording.Time(alert.RaisedAt)} is not so any more. {since}".TrimEnd();
        return alert.Latest.Text with { InShort = sentence, Remedy = "", Details = sentence };
    }

    private static string SinceOf(DateOnly newest, ReporterDay[] days) =>
        $"The newest reports, of {Wording.Day(newest)}, count {Wording.Number(SessionCount.Sum(days.Select(day => day.Failed)))} of {Wording.Sessions(SessionCount.Sum(days.Select(day => day.Sessions)))} as failed.";

    private static string Named(string policyDomain, string title) => policyDomain.Length == 0 ? title : $"{policyDomain}: {title}";

    // The finding that speaks of what the alert is about, or else the most urgent one.
    private static Finding? Choose(Condition condition, Explanation explanation)
    {
        Finding[] own = [.. explanation.Findings.Where(finding => finding.PolicyDomain == condition.Key.PolicyDomain)];
        bool isSilence = condition.Key.Kind == AlertKind.ReporterSilent;
        return own.Where(finding => finding.Fault == FaultFamily.ReporterSilent == isSilence)
            .OrderByDescending(finding => finding.Sightings.Any(sighting => sighting.Reporter == condition.Reporter && (condition.ResultType is null || sighting.ResultTypes.Contains(condition.ResultType))))
            .FirstOrDefault();
    }

    private static string DetailsOf(Condition condition, Finding? finding)
    {
        StringBuilder text = new();
        Paragraph(text, null, condition.Sentence);
        if (finding is null)
        {
            Paragraph(text, "What to do", condition.Remedy);
            return text.ToString();
        }

        Paragraph(text, "What happened", finding.Happened);
        Paragraph(text, "What it did to your mail", finding.Effect);
        Paragraph(text, "Probable cause", finding.Verdict);
        List(text, "What to do", finding.Actions);
        List(text, "What would decide", finding.Observations);
        Paragraph(text, "How you will know", finding.MendedWhen);
        return text.ToString();
    }

    private static void List(StringBuilder text, string heading, IEnumerable<string> items)
    {
        bool isFirst = true;
        foreach (string item in items)
        {
            if (isFirst)
                text.Append('\n').Append(heading).Append(":\n");
            isFirst = false;
            string[] lines = item.Split('\n');
            text.Append("- ").Append(Printable.Of(lines[0])).Append('\n');
            foreach (string line in lines[1..])
                text.Append("    ").Append(Printable.Of(line)).Append('\n');
        }
    }

    private static void Paragraph(StringBuilder text, string? heading, string paragraph)
    {
        if (paragraph.Length == 0)
            return;
        if (heading is not null)
            text.Append('\n').Append(heading).Append(":\n");
        foreach (string line in paragraph.Split('\n'))
            text.Append(Printable.Of(line)).Append('\n');
    }
}
