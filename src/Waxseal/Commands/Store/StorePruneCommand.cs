using System.CommandLine;
using System.Globalization;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Retention;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>Deletes what is older than it is to be kept.</summary>
internal sealed class StorePruneCommand : StoreSubcommand
{
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Tell what there is of each kind and what would be deleted, and delete nothing." };

    public StorePruneCommand(Surroundings surroundings)
        : base("prune", "Delete what is older than the configuration keeps it (the keys store.keep...).", surroundings) => Add(_dryRun);

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        Cutoffs cutoffs = configuration.Store.Cutoffs(Surroundings.Clock.GetUtcNow());
        Page page = Surroundings.NewPage();
        if (parsed.GetValue(_dryRun))
        {
            List<Holding> holdings = await store.Cleaning.HoldingsAsync(cutoffs, cancellationToken);
            foreach (Holding holding in holdings)
            {
                string keep = Spans.Of(configuration.Store.KeptFor(holding.Key));
                page.Row(holding.Key, string.Create(CultureInfo.InvariantCulture, $"{holding.What}: {holding.Rows:N0}, kept {keep}, {holding.Outlived:N0} would be deleted"), holdings.Max(one => one.Key.Length));
            }

            return ExitCode.Clean;
        }

        Cleaned cleaned = await store.Cleaning.CleanAsync(cutoffs, cancellationToken);
        page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"The bytes of {cleaned.Bodies:N0} reports and all of {cleaned.Reports:N0} reports were deleted."));
        page.Paragraph(string.Create(CultureInfo.InvariantCulture, $"The facts of {cleaned.Documents:N0} looks, all of {cleaned.Looks:N0} looks and {cleaned.Values:N0} earlier values were deleted."));
        return ExitCode.Clean;
    }
}
