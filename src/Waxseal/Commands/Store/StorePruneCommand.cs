using System.CommandLine;
using System.Globalization;
using Waxseal.Hosting.Configuration;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>Deletes what is older than it is to be kept.</summary>
internal sealed class StorePruneCommand(Surroundings surroundings) : StoreSubcommand("prune", "Delete what is older than the configuration keeps it (the keys store.keep...).", surroundings)
{
    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        DateTimeOffset now = Surroundings.Clock.GetUtcNow();
        (long bodies, long reports) = await store.Reports.PruneAsync(
            now - configuration.Store.KeepBodies, now - configuration.Store.KeepRefused, now - configuration.Store.KeepNumbers, cancellationToken);
        (long documents, long looks, long values) = await store.Looks.PruneAsync(
            now - configuration.Store.KeepFacts, now - configuration.Store.KeepLooks, now - configuration.Store.KeepChanges, cancellationToken);
        await store.Alerts.PruneAsync(now - configuration.Store.KeepNumbers, cancellationToken);
        await store.Findings.PruneAsync(now - configuration.Store.KeepChanges, cancellationToken);
        await store.Engine.CompactAsync(cancellationToken);
        Page page = Surroundings.NewPage();
        page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"The bytes of {bodies:N0} reports and all of {reports:N0} reports were deleted."));
        page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"The facts of {documents:N0} looks, all of {looks:N0} looks and {values:N0} earlier values were deleted."));
        return ExitCode.Clean;
    }
}
