using System.Collections.Immutable;
using Waxseal.Linting;
using Waxseal.Protocol.Parsing;
using Waxseal.Terminal;

namespace Waxseal.Commands.Lint;

/// <summary>Shows to people what came of checking a text.</summary>
internal sealed class LintText(Page page)
{
    private const int Indentation = 2;

    public void Write(LintSubject subject)
    {
        page.Blank();
        page.Paragraph(Styled.Strong(subject.Kind.Name) + $" {subject.Source}");
        WriteProblems(subject.Reading);
        WriteValue(subject.Reading.Value);
        page.Blank();
        page.Paragraph(VerdictOn(subject.Reading));
    }

    private void WriteProblems(LintReading reading)
    {
        ImmutableArray<Problem> problems = reading.Problems;
        for (int i = 0; i < problems.Length; i++)
        {
            page.Blank();
            WriteProblem(problems[i], reading.Text.Span);

            // One correction may mend several problems; it stands below the last of them.
            bool isShared = i + 1 < problems.Length && problems[i + 1].Correction == problems[i].Correction;
            if (problems[i].Correction is { } correction && !isShared)
                WriteCorrection(correction);
        }
    }

    private void WriteProblem(Problem problem, ReadOnlySpan<byte> text)
    {
        Styled severity = problem.Severity == ProblemSeverity.Error ? Styled.Error("error") : Styled.Warning("warning");
        page.Paragraph($"{problem.Place} " + severity + $" {problem.Code} " + Styled.Dim($"({problem.Rule})"));
        using (page.Indent(Indentation))
        {
            if (Excerpt.Of(text, problem, page.Width - Indentation) is { } excerpt)
            {
                page.Verbatim(excerpt.Line);
                page.Verbatim(Styled.Dim(excerpt.Marks));
            }

            page.Paragraph(problem.Message);
        }
    }

    private void WriteCorrection(string correction)
    {
        using (page.Indent(Indentation))
        {
            page.Paragraph("Correct would be:");
            using (page.Indent(Indentation))
            {
                foreach (string line in correction.Split('\n'))
                    page.Verbatim(Styled.Good(line));
            }
        }
    }

    private void WriteValue(LintValue? value)
    {
        if (value is null)
            return;

        List<(string Label, string Text)> rows = [.. value.Rows()];
        if (rows.Count == 0)
            return;

        page.Blank();
        page.Paragraph("What a receiver understands:");
        int columns = Math.Min(rows.Max(row => row.Label.Length), page.Width / 3);
        using (page.Indent(Indentation))
        {
            foreach ((string label, string text) in rows)
                page.Row(Styled.Dim(label), text, columns);
        }
    }

    private static Styled VerdictOn(LintReading reading)
    {
        string warnings = Count(reading.Warnings, "warning");
        if (reading.IsValid)
            return reading.Warnings == 0 ? Styled.Good("valid") : Styled.Good("valid") + $", with {warnings}";

        string counts = reading.Warnings == 0
            ? Count(reading.Errors, "error")
            : $"{Count(reading.Errors, "error")}, {warnings}";
        bool isTolerable = reading.Value is not null
            && reading.Problems.All(problem => problem.IsTolerable || problem.Severity == ProblemSeverity.Warning);
        string tolerance = isTolerable ? "; who reads leniently understands it all the same" : "";
        return Styled.Error("not valid") + $": {counts}{tolerance}";
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
