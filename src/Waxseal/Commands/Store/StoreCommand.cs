using System.CommandLine;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>Works on the store of <c>waxseal serve</c>, whether it runs or not.</summary>
internal sealed class StoreCommand : Command
{
    public StoreCommand(Surroundings surroundings)
        : base("store", "Look into the store of waxseal serve, and look after it.")
    {
        Add(new StoreStatusCommand(surroundings));
        Add(new StoreListCommand(surroundings));
        Add(new StoreShowCommand(surroundings));
        Add(new StoreHistoryCommand(surroundings));
        Add(new StoreAlertsCommand(surroundings));
        Add(new StoreAddCommand(surroundings));
        Add(new StoreExportCommand(surroundings));
        Add(new StoreReparseCommand(surroundings));
        Add(new StorePruneCommand(surroundings));
        Add(new StoreBackupCommand(surroundings));
        Add(new StoreMigrateCommand(surroundings));
    }
}
