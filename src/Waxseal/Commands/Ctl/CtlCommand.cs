using System.CommandLine;
using Waxseal.Terminal;

namespace Waxseal.Commands.Ctl;

/// <summary>Asks a process of <c>waxseal serve</c> that runs on this machine.</summary>
internal sealed class CtlCommand : Command, IHasExamples
{
    public CtlCommand(Surroundings surroundings)
        : base("ctl", "Ask the waxseal serve that runs on this machine.")
    {
        Add(new CtlStatusCommand(surroundings));
        Add(new CtlReloadCommand(surroundings));
    }

    public IEnumerable<(string CommandLine, string Meaning)> Examples =>
    [
        ("waxseal ctl status", "Tell what runs, where it listens, and what is wrong."),
        ("waxseal ctl reload", "Have it read its configuration again; if anything is wrong in it, nothing changes."),
    ];
}
