using System.CommandLine;
using System.Globalization;
using Waxseal.Answers;
using Waxseal.Inputs;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Terminal;

namespace Waxseal.Commands.Explain;

/// <summary>Says what TLS reports mean.</summary>
internal sealed class ExplainCommand : Command, IHasExamples
{
    private static readonly Severity[] Severities = [Severity.Error, Severity.Warning, Severity.Info];

    private readonly Surroundings _surroundings;

    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Reports: files, folders (with all below them), or - for standard input. Plain JSON, gzip, zip, mails (.eml), "
            + "mbox and Maildir, in any mixture. Also bounces, and logs of mail servers where they are named.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Write JSON for programs." };

    private readonly Option<bool> _all = new("--all")
    {
        Description = "Show every finding and every policy domain in full, not only the most urgent.",
    };

    private readonly Looks _looks = new();
    private readonly Histories _histories = new();

    private readonly FailOnOption _failOn = new("a finding", WordOf(Severity.Warning), [.. Severities.Select(WordOf)]);

    private readonly Option<DateTimeOffset?> _asOf = new("--as-of")
    {
        Description = "Answer as of this day (YYYY-MM-DD, UTC) instead of today: what is due, late or long past.",
        HelpName = "DAY",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
                return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            result.AddError($"--as-of takes a day such as 2024-11-09, not \"{text}\".");
            return null;
        },
    };

    public ExplainCommand(Surroundings surroundings)
        : base("explain", "Say what TLS reports, bounces and mail logs mean: what broke, for whom, why, what to do, and how you will know.")
    {
        _surroundings = surroundings;
        Add(_paths);
        Add(_json);
        Add(_all);
        Add(_failOn);
        Add(_asOf);
        _looks.AddTo(this);
        _histories.AddTo(this);
        SetAction(RunAsync);
    }

    public IEnumerable<(string CommandLine, string Meaning)> Examples =>
    [
        ("waxseal explain report.eml", "Explain one report as it came by mail."),
        ("waxseal explain ~/Maildir/.tls-reports", "Explain all reports of a mail folder together; the more days, the better the answer."),
        ("waxseal explain report.eml --live", "Look at the policy domain as well, and settle what the report leaves open."),
        ("waxseal explain report.eml --history", "Weigh what the monitor of waxseal serve saw on the days of the report."),
        ("waxseal explain /var/log/mail.log bounce.eml", "Explain deliveries that failed because of TLS, by the log of a mail server and by a bounce."),
        ("waxseal explain --json reports/ | jq '.findings[].title'", "The same for programs."),
    ];

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        Intake intake = Read(parsed.GetValue(_paths)!, parsed.GetValue(_asOf) is { } day ? day.AddDays(1) : Now(), cancellationToken);
        string[] policyDomains = [.. intake.PolicyDomains];
        (Dictionary<string, LookSummary> looks, string[] mistakes) = await _looks.GatherAsync(parsed, policyDomains, _surroundings, cancellationToken);
        if (mistakes.Length > 0)
            return Refuse(mistakes);

        (Dictionary<string, DomainHistory> histories, mistakes, string? note) = await _histories.ReadAsync(parsed, intake.Ledger, _surroundings, cancellationToken);
        if (mistakes.Length > 0)
            return Refuse(mistakes);
        if (note is not null)
            _surroundings.NewErrorPage().Paragraph(Styled.Error("waxseal: ") + note);

        Explanation explanation = intake.Explain(parsed.GetValue(_asOf) ?? Now(), looks, histories);
        WriteUnread(intake);
        if (parsed.GetValue(_json))
        {
            _surroundings.Out.Flush();
            ExplainJson.Of(explanation, intake).Write(_surroundings.OutStream);
        }
        else if (intake.HoldsAnything)
        {
            Page page = _surroundings.NewPage();
            new ExplainText(page, parsed.GetValue(_all)).Write(explanation, intake);
            WriteSkipped(page, intake, parsed.GetValue(_all));
        }
        else if (parsed.GetValue(_all))
        {
            WriteSkipped(_surroundings.NewErrorPage(), intake, all: true);
        }

        // An answer that rests on part of the reports must not pass for a whole one.
        if (intake.UnreadCount > 0 || !intake.HoldsAnything || intake.IsNotUnderstood)
            return ExitCode.CouldNotTell;
        return _failOn.ExitCodeOf(parsed, explanation.Findings.Select(finding => WordOf(finding.Severity)));
    }

    private int Refuse(string[] mistakes)
    {
        Page page = _surroundings.NewErrorPage();
        foreach (string mistake in mistakes)
            page.Paragraph(Styled.Error("waxseal: ") + mistake);
        return ExitCode.Usage;
    }

    private Intake Read(string[] paths, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        Intake intake = new();
        using Progress progress = new(_surroundings);
        foreach (IntakeResult result in new ReportFiles(_surroundings.In, new DeliveryInput(intake.Deliveries, asOf)).Read(paths, cancellationToken))
        {
            intake.Add(result);
            progress.Show($"{intake.Ledger.Reports.ToString("N0", CultureInfo.InvariantCulture)} reports read");
        }

        return intake;
    }

    private void WriteUnread(Intake intake)
    {
        Page page = _surroundings.NewErrorPage();
        foreach (UnreadInput unread in intake.Unread)
        {
            string place = unread.Offset is { } offset ? $" (at byte {offset})" : "";
            string further = unread.FurtherFaults switch
            {
                null => "",
                1 => "; waxseal lint report names one more fault",
                var count => $"; waxseal lint report names {count} more faults",
            };
            page.Paragraph(Styled.Error("waxseal: ") + $"{unread.Input}: {unread.Reason.TrimEnd('.')}{place}{further}.");
        }

        if (intake.UnreadCount > intake.Unread.Count)
            page.Paragraph($"and {intake.UnreadCount - intake.Unread.Count:N0} more that could not be read.");
    }

    private static void WriteSkipped(Page page, Intake intake, bool all)
    {
        if (intake.Skipped == 0)
            return;

        string skipped = intake.Skipped == 1 ? "1 other file was skipped" : $"{intake.Skipped:N0} other files were skipped";
        page.Paragraph(Styled.Dim($"{skipped}{(all ? ":" : "; --all names what and why.")}"));
        if (!all)
            return;

        foreach (SkippedInput skip in intake.SkippedInputs)
            page.Item(Styled.Dim($"{skip.Input} {skip.Reason}"));
        if (intake.Skipped > intake.SkippedInputs.Count)
            page.Item(Styled.Dim($"and {intake.Skipped - intake.SkippedInputs.Count:N0} more"));
    }

    // Whole seconds: the answer speaks of days.
    private DateTimeOffset Now() =>
        DateTimeOffset.FromUnixTimeSeconds(_surroundings.Clock.GetUtcNow().ToUnixTimeSeconds());

    private static string WordOf(Severity severity) => severity.ToString().ToLowerInvariant();
}
