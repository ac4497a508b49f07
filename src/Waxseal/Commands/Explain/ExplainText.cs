using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Inputs;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Weighing;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Terminal;

namespace Waxseal.Commands.Explain;

/// <summary>Writes an explanation for people.</summary>
internal sealed class ExplainText(Page page, bool all)
{
    // What fits a screenful or two of a folder with many troubles; --all shows the rest.
    private const int FindingsInFull = 5;
    private const int PolicyDomainsInFull = 20;
    private const int RowsByReporter = 30;
    private const int CountColumns = 19;
    private const int OutOfTimeNamed = 3;
    private const int ShareColumns = 4;

    public void Write(Explanation explanation, Intake intake)
    {
        if (intake.Ledger.Reports > 0)
        {
            WriteCoverage(explanation.Coverage);
            WriteSums(explanation);
        }

        if (intake.HoldsDeliveries)
            new DeliveryText(page, all).Write(intake.Deliveries);
        int shown = all ? explanation.Findings.Length : Math.Min(FindingsInFull, explanation.Findings.Length);
        foreach (Finding finding in explanation.Findings[..shown])
            WriteFinding(finding);
        WriteRest(explanation.Findings[shown..]);
        WriteDefects(intake.Defects);
        WriteClosing(explanation, intake);
    }

    private void WriteCoverage(Coverage coverage)
    {
        string reports = coverage.Reports == 1 ? "1 report" : $"{coverage.Reports:N0} reports";
        string reporters = coverage.Reporters.Length <= 6
            ? Join(coverage.Reporters)
            : $"{coverage.Reporters.Length} reporters";
        string days = coverage.FirstDay == coverage.LastDay
            ? $"on {coverage.FirstDay:yyyy-MM-dd}"
            : $"from {coverage.FirstDay:yyyy-MM-dd} to {coverage.LastDay:yyyy-MM-dd}";
        string extra = (coverage.Duplicates, coverage.Corrections) switch
        {
            (0, 0) => "",
            (var same, 0) => $" {Count(same, "copy", "copies")} of reports already read {(same == 1 ? "was" : "were")} left out.",
            (0, var newer) => $" {Count(newer, "report", "reports")} came again with other numbers; the fuller count was taken.",
            var (same, newer) => $" {Count(same, "copy", "copies")} left out; {Count(newer, "report", "reports")} came again with other "
                + "numbers, and the fuller count was taken.",
        };
        page.Paragraph($"{reports} by {reporters}, {days} (UTC).{extra}");
        WriteOutOfTime(coverage.OutOfTime);
    }

    private void WriteOutOfTime(ImmutableArray<OutOfTimeReport> reports)
    {
        if (reports.IsEmpty)
            return;

        string named = string.Join("; ", reports.Take(OutOfTimeNamed).Select(report => report.FirstDay == report.LastDay
            ? $"{report.Reporter}, {report.FirstDay:yyyy-MM-dd}"
            : $"{report.Reporter}, {report.FirstDay:yyyy-MM-dd} to {report.LastDay:yyyy-MM-dd}"));
        string more = reports.Length > OutOfTimeNamed ? $"; and {reports.Length - OutOfTimeNamed} more" : "";
        page.Paragraph(Styled.Warning($"{Count(reports.Length, "report names days", "reports name days")} that are still to come or that no "
            + $"report can speak of ({named}{more}). What {(reports.Length == 1 ? "it counts" : "they count")} is told, but no later day is "
            + "reckoned from it."));
    }

    private void WriteSums(Explanation explanation)
    {
        ImmutableArray<PolicyDomainSummary> domains = explanation.PolicyDomains;
        if (domains.IsEmpty)
            return;

        // The policy domains with most failures first, when there are too many to show.
        bool isCut = !all && domains.Length > PolicyDomainsInFull;
        IEnumerable<PolicyDomainSummary> shown = isCut
            ? domains.OrderByDescending(domain => domain.Failed).Take(PolicyDomainsInFull)
            : domains;
        bool byReporter = all || domains.Sum(domain => domain.Reporters.Length) <= RowsByReporter;

        page.Blank();
        page.Row(Styled.Dim(" sessions    failed"), Styled.Dim(byReporter ? "policy domain, reporter, days" : "policy domain"), CountColumns);
        foreach (PolicyDomainSummary domain in shown)
        {
            if (!byReporter)
                page.Row(Counts(domain.Successful, domain.Failed), $"{NameOf(domain.PolicyDomain)}, {Count(domain.Reporters.Length, "reporter", "reporters")}", CountColumns);
            foreach (ReporterSummary reporter in byReporter ? domain.Reporters : [])
                page.Row(Counts(reporter.Successful, reporter.Failed), $"{NameOf(domain.PolicyDomain)}, {reporter.Reporter}, {Days(reporter)}", CountColumns);
        }

        if (isCut)
            page.Paragraph(Styled.Dim($"and {Count(domains.Length - PolicyDomainsInFull, "more policy domain", "more policy domains")}; --all shows them."));
    }

    private static Styled Counts(long successful, long failed)
    {
        long sessions = SessionCount.Add(successful, failed);
        string text = $"{sessions.ToString("N0", CultureInfo.InvariantCulture),9} {failed.ToString("N0", CultureInfo.InvariantCulture),9}";
        return failed > 0 ? Styled.Warning(text) : Styled.Good(text);
    }

    private static string Days(ReporterSummary reporter) => reporter.FirstDay == reporter.LastDay
        ? $"{reporter.FirstDay:yyyy-MM-dd}"
        : $"{reporter.FirstDay:yyyy-MM-dd} to {reporter.LastDay:yyyy-MM-dd} ({Count(reporter.Reports, "report", "reports")})";

    private void WriteFinding(Finding finding)
    {
        page.Heading(NameOf(finding));
        page.Paragraph(SeverityOf(finding) + Styled.Dim($", {finding.StateInWords}"));
        page.Blank();
        page.Paragraph(finding.InShort);
        using (page.Indent())
        {
            Section("What happened", finding.Happened);
            Section("What it did to your mail", finding.Effect);
            Section(finding.Evidence == FindingEvidence.Deliveries ? "What the lines prove" : "What the reports prove", finding.Readings.Select(reading => Styled.Dim($"[{reading.RuleId}] ") + reading.Text));
            WriteCauses(finding.Verdict, finding.Ranking, finding.Evidence == FindingEvidence.Deliveries ? "these lines" : "these reports");
            Section("What to do", finding.Actions);
            Section("What would decide", finding.Observations);
            Section("How you will know", finding.MendedWhen);
        }
    }

    private void WriteCauses(string verdict, Ranking ranking, string evidence)
    {
        page.Heading("Probable causes");
        page.Paragraph(verdict);
        if (ranking.Causes.IsEmpty)
            return;

        page.Paragraph(Styled.Dim($"Weighed because {ranking.Pattern}."));
        page.Blank();
        foreach (RankedCause ranked in ranking.Causes.Where(ranked => ranked.IsWorthShowing))
            WriteCause(ranked, ranking);
        page.Row(Styled.Strong(Percent(ranking.NotDeterminablePercent)), $"not determinable from {evidence}", ShareColumns);
        WriteSetAside(ranking);
    }

    private void WriteCause(RankedCause ranked, Ranking ranking)
    {
        Styled rule = ranked.Cause.Rule.Length > 0 ? Styled.Dim($" ({ranked.Cause.Rule})") : Styled.Empty;
        page.Row(Styled.Strong(Percent(ranked.Percent)), $"[{ranked.Cause.Id}] {ranked.Cause.Title}" + rule, ShareColumns);
        if (ranked.Weights.Length > 1)
            page.Row("", Styled.Dim(Sum(ranked, ranking)), ShareColumns);
    }

    // What was weighed and fell away is part of the answer: it need not be looked for.
    private void WriteSetAside(Ranking ranking)
    {
        ImmutableArray<RankedCause> small = [.. ranking.Causes.Where(ranked => !ranked.IsWorthShowing)];
        if (small.IsEmpty)
            return;

        IEnumerable<string> names = small.Select(ranked => $"[{ranked.Cause.Id}] {ranked.Cause.Title} ({Sum(ranked, ranking)})");
        int together = small.Sum(ranked => ranked.Percent);
        string share = together > 0 ? $", together {together} %" : "";
        page.Paragraph(Styled.Dim($"Improbable{share}: {string.Join("; ", names)}."));
    }

    private static string Sum(RankedCause ranked, Ranking ranking)
    {
        string parts = string.Join(", ", ranked.Weights.Select(weight =>
            $"{Signed(weight.Amount)} {(weight.Reason == ranking.Pattern ? "by the pattern" : weight.Reason)}"));
        return ranked.Weights.Length == 1 ? parts : $"{Signed(ranked.Score)} = {parts}";
    }

    private void WriteRest(ImmutableArray<Finding> rest)
    {
        if (rest.IsEmpty)
            return;

        page.Heading($"{Count(rest.Length, "further finding", "further findings")}; --all shows them in full");
        foreach (Finding finding in rest)
            page.Item(SeverityOf(finding) + $" {NameOf(finding)}");
    }

    // A sender's slips are its own; they are told because they explain odd numbers.
    private void WriteDefects(ImmutableArray<DefectCount> defects)
    {
        if (defects.IsEmpty)
            return;

        page.Heading("Slips in the reports themselves, read all the same");
        foreach (DefectCount defect in defects)
        {
            string sender = defect.KnownSender is { } known ? $"; {known} is known for it" : "";
            page.Item($"{defect.Code} in {Count(defect.Reports, "report", "reports")}{sender}: {defect.Message}");
        }
    }

    private void WriteClosing(Explanation explanation, Intake intake)
    {
        page.Blank();
        if (intake.UnreadCount > 0)
            page.Paragraph(Styled.Warning($"Not all could be read ({Count(intake.UnreadCount, "input", "inputs")}, above): this answer rests on the rest."));
        if (explanation.Findings.IsEmpty)
        {
            page.Paragraph(intake.Ledger.Reports > 0 ? NoFailures(explanation) : NoFailedDelivery(intake));
            return;
        }

        IEnumerable<string> counts = explanation.Findings
            .GroupBy(finding => finding.Severity)
            .OrderByDescending(severity => severity.Key)
            .Select(severity => Count(severity.Count(), InWords(severity.Key), severity.Key == Severity.Info ? "info" : $"{InWords(severity.Key)}s"));
        page.Paragraph(Styled.Dim($"{Count(explanation.Findings.Length, "finding", "findings")}: {string.Join(", ", counts)}. "
            + "Shares are weights of evidence, not measured frequencies."));
    }

    // What did not fail has met a policy only where there was one, and sessions to meet it.
    private static Styled NoFailures(Explanation explanation)
    {
        long sessions = SessionCount.Sum(explanation.PolicyDomains.Select(domain => domain.Successful));
        long without = SessionCount.Sum(explanation.PolicyDomains.Select(domain => domain.WithoutPolicy));
        if (sessions == 0)
            return "No failures, and no sessions either: these reports prove nothing.";
        if (without == 0)
            return Styled.Good("No failures: every session in these reports met its policy.");
        return without == sessions
            ? Styled.Warning("No failures, but no policy either: these senders found neither MTA-STS nor DANE, so nothing protected these sessions.")
            : Styled.Warning($"No failures, but {without:N0} of the {sessions:N0} sessions found no policy, so nothing protected these.");
    }

    private void Section(string heading, string text)
    {
        page.Heading(heading);
        page.Paragraph(text);
    }

    private void Section(string heading, IEnumerable<Styled> items)
    {
        ImmutableArray<Styled> all = [.. items];
        if (all.IsEmpty)
            return;

        page.Heading(heading);
        foreach (Styled item in all)
            page.Item(item);
    }

    // An item may carry lines to paste below its first one.
    private void Section(string heading, ImmutableArray<string> items)
    {
        if (items.IsEmpty)
            return;

        page.Heading(heading);
        foreach (string item in items)
        {
            string[] lines = item.Split('\n');
            page.Item(lines[0]);
            using (page.Indent(4))
            {
                foreach (string line in lines[1..])
                    page.Verbatim(Styled.Strong(line));
            }
        }
    }

    private static Styled SeverityOf(Finding finding) => finding.Severity switch
    {
        Severity.Error => Styled.Error("error"),
        Severity.Warning => Styled.Warning("warning"),
        _ => Styled.Dim("info"),
    };

    private static string InWords(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };

    // What a mail server tells of itself, or of many, is about no one policy domain.
    private static string NameOf(Finding finding) => finding is { Evidence: FindingEvidence.Deliveries, PolicyDomain: "" }
        ? $"{char.ToUpperInvariant(finding.Title[0])}{finding.Title[1..]}"
        : $"{NameOf(finding.PolicyDomain)}: {finding.Title}";

    private static string NameOf(string policyDomain) => policyDomain.Length > 0 ? policyDomain : "(policy domain not given)";

    private static string Count(int count, string one, string many) =>
        $"{count.ToString("N0", CultureInfo.InvariantCulture)} {(count == 1 ? one : many)}";

    private static string Percent(int percent) => $"{percent.ToString(CultureInfo.InvariantCulture),2} %";

    private static Styled NoFailedDelivery(Intake intake) => intake.IsNotUnderstood
        ? Styled.Warning("Whether a delivery failed because of TLS cannot be told: the lines about it are not understood.")
        : Styled.Good("No delivery failed because of TLS, as far as these lines are understood.");

    private static string Signed(double amount) => amount.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);

    private static string Join(ImmutableArray<string> words) =>
        words.Length < 2 ? string.Concat(words) : $"{string.Join(", ", words[..^1])} and {words[^1]}";
}
