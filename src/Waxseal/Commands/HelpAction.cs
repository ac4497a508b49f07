using System.CommandLine;
using System.CommandLine.Invocation;
using Waxseal.Terminal;

namespace Waxseal.Commands;

/// <summary>Shows what a command is for and how to write it.</summary>
internal sealed class HelpAction(Surroundings surroundings) : SynchronousCommandLineAction
{
    public int ExitCode { get; init; } = Commands.ExitCode.Clean;

    // Who asks for help gets it, whatever else the line says; who gets it unasked is told of errors first.
    public override bool ClearsParseErrors => ExitCode == Commands.ExitCode.Clean;

    public override int Invoke(ParseResult parseResult)
    {
        HelpPage.Write(surroundings.NewPage(), parseResult.CommandResult.Command);
        return ExitCode;
    }
}
