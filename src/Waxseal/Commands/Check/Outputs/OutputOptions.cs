using System.CommandLine;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Terminal;

namespace Waxseal.Commands.Check.Outputs;

/// <summary>The options that choose the form of the answer.</summary>
internal sealed class OutputOptions
{
    private readonly Option<bool> _json = new("--json") { Description = "Write facts and findings as JSON; waxseal explain --facts reads it back." };
    private readonly Option<bool> _junit = new("--junit") { Description = "Write JUnit XML, one test suite a policy domain." };
    private readonly Option<bool> _sarif = new("--sarif") { Description = "Write SARIF 2.1.0, for code scanning." };
    private readonly Option<bool> _html = new("--html") { Description = "Write one HTML file." };

    public void AddTo(Command command)
    {
        foreach (Option<bool> option in new[] { _json, _junit, _sarif, _html })
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (new[] { _json, _junit, _sarif, _html }.Count(option => result.GetValue(option)) > 1)
                result.AddError("--json, --junit, --sarif and --html exclude each other.");
        });
    }

    public ICheckOutput Open(ParseResult parsed, Surroundings surroundings, bool verbose, Func<Severity, bool> fails)
    {
        if (parsed.GetValue(_json))
            return new CheckJson(surroundings.OutStream);
        if (parsed.GetValue(_junit))
            return new CheckJunit(surroundings.OutStream, fails);
        if (parsed.GetValue(_sarif))
            return new CheckSarif(surroundings.OutStream);
        return parsed.GetValue(_html) ? new CheckHtml(surroundings.OutStream) : new CheckText(surroundings.NewPage(), verbose);
    }
}
