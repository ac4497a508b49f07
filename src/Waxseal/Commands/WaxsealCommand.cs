using System.CommandLine;
using System.CommandLine.Help;
using Waxseal.Commands.Accounts;
using Waxseal.Commands.Check;
using Waxseal.Commands.Config;
using Waxseal.Commands.Ctl;
using Waxseal.Commands.Explain;
using Waxseal.Commands.Lint;
using Waxseal.Commands.Serve;
using Waxseal.Commands.Store;
using Waxseal.Terminal;

namespace Waxseal.Commands;

/// <summary>The command line of the whole program.</summary>
internal sealed class WaxsealCommand : RootCommand
{
    public WaxsealCommand(Surroundings surroundings)
        : base("Looks after the TLS of mail in transit: MTA-STS, TLS reports (TLS-RPT) and DANE.")
    {
        Options.Clear();
        Add(new HelpOption("--help", "-h") { Description = "Show this help.", Action = new HelpAction(surroundings) });
        Add(new VersionOption { Description = "Show the version.", Action = new VersionAction(surroundings) });
        Add(Debug);
        Add(new AccountCommand(surroundings));
        Add(new CheckCommand(surroundings));
        Add(new ConfigCommand(surroundings));
        Add(new CtlCommand(surroundings));
        Add(new ExplainCommand(surroundings));
        Add(new LintCommand(surroundings));
        Add(new ServeCommand(surroundings));
        Add(new StoreCommand(surroundings));
        Action = new HelpAction(surroundings) { ExitCode = ExitCode.Usage };
    }

    public Option<bool> Debug { get; } = new("--debug")
    {
        Description = "On an internal error, show where it arose (also WAXSEAL_DEBUG=1).",
        Recursive = true,
    };
}
