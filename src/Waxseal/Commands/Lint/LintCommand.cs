using System.CommandLine;
using System.Diagnostics;
using Waxseal.Answers;
using Waxseal.Inputs;
using Waxseal.Linting;
using Waxseal.Protocol.Names;
using Waxseal.Terminal;

namespace Waxseal.Commands.Lint;

/// <summary>Checks a record, a policy or a report against the standard.</summary>
internal sealed class LintCommand : Command, IHasExamples
{
    private const string Error = "error";
    private const string Warning = "warning";

    private readonly Surroundings _surroundings;

    private readonly Argument<string> _kind = new("KIND")
    {
        Description = $"What it is meant to be: {string.Join(", ", LintKind.All.Select(kind => kind.Name))}.",
    };

    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "The file that holds it; - or nothing for standard input.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Write JSON for programs, one line for each text.",
    };

    private readonly FailOnOption _failOn = new("something", "error", Error, Warning);

    private readonly Option<DomainName?> _policyDomain = new("--policy-domain")
    {
        Description = "The policy domain that a policy is for; adds warnings about MX patterns that allow too much.",
        HelpName = "NAME",
        CustomParser = result =>
        {
            if (DomainName.TryParse(result.Tokens[0].Value, out DomainName? name, out _))
                return name;
            result.AddError($"--policy-domain takes a domain name such as example.com, not \"{result.Tokens[0].Value}\".");
            return null;
        },
    };

    public LintCommand(Surroundings surroundings)
        : base("lint", "Check a record, a policy or a report to the letter, and say how to put it right.")
    {
        _surroundings = surroundings;
        _kind.AcceptOnlyFromAmong([.. LintKind.All.Select(kind => kind.Name)]);
        Add(_kind);
        Add(_file);
        Add(_json);
        Add(_failOn);
        Add(_policyDomain);
        SetAction((parsed, cancellationToken) => Task.FromResult(Run(parsed, cancellationToken)));
    }

    public IEnumerable<(string CommandLine, string Meaning)> Examples =>
    [
        ("dig +short TXT _mta-sts.example.com | waxseal lint sts-record", "The record that announces an MTA-STS policy."),
        ("waxseal lint sts-policy mta-sts.txt", "An MTA-STS policy, before it goes to the policy host."),
        ("echo 'v=TLSRPTv1; rua=mailto:tls@example.com' | waxseal lint tlsrpt-record", "The record that asks for TLS reports."),
        ("waxseal lint tlsa zone.txt", "The TLSA records of a zone file."),
        ("waxseal lint report report.eml", "A TLS report, as it came by mail."),
    ];

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        LintKind kind = Array.Find(LintKind.All, kind => kind.Name == parsed.GetValue(_kind))!;
        string file = parsed.GetValue(_file) ?? ReportOrigin.StandardInput;
        if (file == ReportOrigin.StandardInput && _surroundings.InIsTerminal)
            _surroundings.NewErrorPage().Paragraph($"Expected is {kind.Expected} End it with Ctrl-D.");

        int exitCode = ExitCode.Clean;
        LintText text = new(_surroundings.NewPage());
        foreach (LintOutcome outcome in new LintSource(_surroundings, parsed.GetValue(_policyDomain)).Read(kind, file, cancellationToken))
        {
            if (outcome is LintOutcome.Checked { Subject: var subject })
                Write(subject, text, parsed.GetValue(_json));
            exitCode = Math.Max(exitCode, ExitCodeOf(outcome, parsed));
        }

        return exitCode;
    }

    private void Write(LintSubject subject, LintText text, bool asJson)
    {
        if (asJson)
            LintJson.Write(_surroundings.OutStream, subject);
        else
            text.Write(subject);
    }

    private int ExitCodeOf(LintOutcome outcome, ParseResult parsed)
    {
        switch (outcome)
        {
            case LintOutcome.Checked { Subject.Reading: var reading }:
                return _failOn.ExitCodeOf(parsed, SeveritiesOf(reading));
            case LintOutcome.Unread unread:
                Page page = _surroundings.NewErrorPage();
                page.Paragraph(Styled.Error("waxseal: ") + $"{unread.Source} {unread.Reason}");
                return ExitCode.CouldNotTell;
            default:
                throw new UnreachableException();
        }
    }

    private static IEnumerable<string> SeveritiesOf(LintReading reading)
    {
        if (!reading.IsValid)
            yield return Error;
        if (reading.Warnings > 0)
            yield return Warning;
    }
}
