using System.CommandLine;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Terminal;

namespace Waxseal.Commands.Explain;

/// <summary>Says what TLS reports mean.</summary>
internal sealed class ExplainCommand : Command
{
    public ExplainCommand(Surroundings surroundings)
        : base("explain", "Say what TLS reports mean: what broke, for whom, why, and what to do.")
    {
        Argument<string[]> paths = new("PATH") { Arity = ArgumentArity.OneOrMore };
        Add(paths);
        SetAction((parsed, _) =>
        {
            ReportLedger ledger = new();
            foreach (string path in parsed.GetValue(paths)!.SelectMany(p => Directory.Exists(p) ? Directory.GetFiles(p) : [p]).Order())
            {
                ReportReading reading = ReportReader.Read(File.ReadAllBytes(path));
                if (reading.Report is { } report)
                    ledger.Add(new ReportEvidence(report, path) { Defects = reading.Defects });
                else
                    surroundings.Error.WriteLine($"{path}: {reading.Defects[^1]}");
            }

            new ExplainText(surroundings.NewPage(), all: false).Write(Diagnostician.Explain(ledger, surroundings.Clock.GetUtcNow()));
            return Task.FromResult(0);
        });
    }
}
