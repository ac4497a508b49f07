using Microsoft.Extensions.Logging;
using Waxseal.Hosting;
using Waxseal.Storage;

namespace Waxseal.ReportIntake.Folder;

/// <summary>Looks into a folder again and again, as long as there is a store for what is found there.</summary>
/// <param name="channel">The word of the channel, for the log.</param>
/// <param name="folder">The folder.</param>
/// <param name="every">How often.</param>
/// <param name="look">Takes in what is there.</param>
/// <param name="store">Where it goes.</param>
/// <param name="state">Is told how it fares.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="logger">Where it logs.</param>
internal sealed class FolderWatch(string channel, string folder, TimeSpan every, Func<CancellationToken, Task> look, StoreDoor store, RoleState state, TimeProvider clock, ILogger logger)
{
    private string? _told;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                if (store.IsOpen)
                {
                    await look(cancellationToken);
                    state.Turn();
                    _told = null;
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                string reason = Directory.Exists(folder) ? fault.Message : "it does not exist";
                state.Fail($"{folder}: {reason}");
                if (IsNew(reason))
                    logger.FolderUnreadable(folder, reason);
            }
            catch (StoreUnavailableException fault)
            {
                state.Fail(fault.Message);
                if (IsNew(fault.Message))
                    logger.StoreUnavailable(channel, fault.Message);
            }

            await Task.Delay(every, clock, cancellationToken);
        }
    }

    // What stays as it is, is told of once.
    private bool IsNew(string reason)
    {
        bool isNew = reason != _told;
        _told = reason;
        return isNew;
    }
}
