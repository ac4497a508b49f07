using System.CommandLine;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Engines;
using Waxseal.Storage.Migrations;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>Brings the schema of the store up to date.</summary>
internal sealed class StoreMigrateCommand : StoreSubcommand
{
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Tell what would be done, and do nothing." };

    public StoreMigrateCommand(Surroundings surroundings)
        : base("migrate", "Bring the schema of the store up to date; waxseal serve does so by itself.", surroundings) => Add(_dryRun);

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        bool isDry = parsed.GetValue(_dryRun);
        if (isDry)
            await Storage.Store.DemandAsync(configuration.Store.Address, cancellationToken);
        await using Engine engine = Storage.Store.EngineOf(configuration.Store.Address);
        Migrator migrator = new(engine, Surroundings.Clock);
        IReadOnlyList<Migration> steps = isDry ? await migrator.PendingAsync(cancellationToken) : await migrator.ApplyAsync(cancellationToken);
        Page page = Surroundings.NewPage();
        page.Paragraph(steps.Count == 0 ? "The schema is up to date." : isDry ? "These steps would be applied:" : "These steps were applied:");
        foreach (Migration step in steps)
            page.Item($"{step.Number:0000} {step.Name}");
        return ExitCode.Clean;
    }
}
