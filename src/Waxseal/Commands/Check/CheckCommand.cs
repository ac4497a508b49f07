using System.CommandLine;
using Waxseal.Commands.Check.Outputs;
using Waxseal.Net.Probing;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Names;
using Waxseal.Terminal;

namespace Waxseal.Commands.Check;

/// <summary>Looks at policy domains as large senders do.</summary>
internal sealed class CheckCommand : Command, IHasExamples
{
    private static readonly Severity[] Severities = [Severity.Error, Severity.Warning, Severity.Info];

    private readonly Surroundings _surroundings;
    private readonly ProbeSettings _settings = new();

    private readonly Argument<string[]> _domains = new("DOMAIN")
    {
        Description = "Policy domains: what stands behind the @ of your addresses. - reads them from standard input, one a line.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _file = new("--domains")
    {
        Description = "Read further policy domains from a file, one a line.",
        HelpName = "FILE",
    };

    private readonly Option<int> _atOnce = new("--at-once")
    {
        Description = "How many policy domains are looked at side by side (1 to 1000; default 32).",
        HelpName = "N",
        DefaultValueFactory = _ => 32,
    };

    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Show the facts as well: what each server said." };
    private readonly OutputOptions _outputs = new();
    private readonly FailOnOption _failOn = new("a finding", WordOf(Severity.Warning), [.. Severities.Select(WordOf)]);

    public CheckCommand(Surroundings surroundings)
        : base("check", "Look at a domain as each large sender does, and say what is wrong, for whom, and how to mend it.")
    {
        _surroundings = surroundings;
        Add(_domains);
        Add(_file);
        _outputs.AddTo(this);
        Add(_verbose);
        Add(_failOn);
        _settings.AddTo(this);
        Add(_atOnce);
        SetAction(RunAsync);
    }

    public IEnumerable<(string CommandLine, string Meaning)> Examples =>
    [
        ("waxseal check example.com", "Look at one policy domain."),
        ("waxseal check --domains domains.txt --json > facts.json", "Look at many, and keep the facts."),
        ("waxseal check example.com --fail-on error --junit", "For a pipeline: fail only where mail is held back."),
    ];

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        Page errors = _surroundings.NewErrorPage();
        DomainList list = new(_surroundings.In);
        if (Mistakes(parsed) is { Length: > 0 } mistakes || !_settings.TryRead(parsed, out ProbeSettings.Reading? settings, out mistakes))
        {
            foreach (string mistake in mistakes)
                errors.Paragraph(Styled.Error("waxseal: ") + mistake);
            return ExitCode.Usage;
        }

        using DomainProbe probe = new(settings.Options, settings.Rules, _surroundings.Clock);
        using ICheckOutput output = _outputs.Open(parsed, _surroundings, parsed.GetValue(_verbose), severity => _failOn.Fails(parsed, WordOf(severity)));
        List<string> severities = [];
        bool isUnknown = false;
        int done = 0;
        using (Progress progress = new(_surroundings))
        {
            IEnumerable<DomainName> domains = list.Read(parsed.GetValue(_domains)!, parsed.GetValue(_file));
            int? all = DomainList.Count(parsed.GetValue(_domains)!, parsed.GetValue(_file));
            await foreach (CheckResult result in new CheckRun(probe, parsed.GetValue(_atOnce), settings.Only).RunAsync(domains, cancellationToken))
            {
                progress.Clear();
                output.Write(result);
                if (_surroundings.OutIsTerminal)
                    await _surroundings.Out.FlushAsync(cancellationToken);
                severities = [.. severities.Concat(result.Findings.Select(finding => WordOf(finding.Severity))).Distinct()];
                isUnknown |= result.Standing == CheckStanding.Unknown || !result.Facts.Omitted.IsEmpty;
                progress.Show(++done, all, "policy domains looked at");
            }
        }

        output.End();
        if (done == 0 && list.Faults.Count == 0)
            list.Faults.Add("there was no policy domain to look at: the list is empty.");
        foreach (string fault in list.Faults)
            errors.Paragraph(Styled.Error("waxseal: ") + fault);
        int exitCode = _failOn.ExitCodeOf(parsed, severities);
        return list.Faults.Count > 0 ? ExitCode.Usage : exitCode == ExitCode.Clean && isUnknown ? ExitCode.CouldNotTell : exitCode;
    }

    private string[] Mistakes(ParseResult parsed)
    {
        string? file = parsed.GetValue(_file);
        return
        [
            .. parsed.GetValue(_domains)!.Length == 0 && file is null ? ["no policy domain given, such as: waxseal check example.com"] : Array.Empty<string>(),
            .. file is not (null or "-") && DomainList.RefusalOf(file) is { } refusal ? [refusal] : Array.Empty<string>(),
            .. parsed.GetValue(_atOnce) is < 1 or > 1000 ? ["--at-once takes a number from 1 to 1000."] : Array.Empty<string>(),
        ];
    }

    private static string WordOf(Severity severity) => severity.ToString().ToLowerInvariant();
}
