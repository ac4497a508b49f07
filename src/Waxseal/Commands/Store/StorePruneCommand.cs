using System.CommandLine;
using System.Globalization;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Retention;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>Deletes what is older than it is to be kept.</summary>
internal sealed class StorePruneCommand(Surroundings surroundings) : StoreSubcommand("prune", "Delete what is older than the configuration keeps it (the keys store.keep...).", surroundings)
{
    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        Cleaned cleaned = await store.Cleaning.CleanAsync(configuration.Store.Cutoffs(Surroundings.Clock.GetUtcNow()), cancellationToken);
        Page page = Surroundings.NewPage();
        page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"The bytes of {cleaned.Bodies:N0} reports and all of {cleaned.Reports:N0} reports were deleted."));
        page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"The facts of {cleaned.Documents:N0} looks, all of {cleaned.Looks:N0} looks and {cleaned.Values:N0} earlier values were deleted."));
        return ExitCode.Clean;
    }
}
