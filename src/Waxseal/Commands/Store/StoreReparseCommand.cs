using System.CommandLine;
using System.Globalization;
using Waxseal.Hosting.Configuration;
using Waxseal.ReportIntake;
using Waxseal.Storage.Reports;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>Reads the kept bytes of all reports again.</summary>
internal sealed class StoreReparseCommand : StoreSubcommand
{
    private readonly Option<bool> _all = new("--all") { Description = "Read those again as well that this version has read before." };

    public StoreReparseCommand(Surroundings surroundings)
        : base("reparse", "Read the kept bytes of reports again with the reader of this version; numbers follow what it reads. Reports that are quarantined count from now on where the present configuration accepts them.", surroundings) => Add(_all);

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        await using Storage.Store store = await OpenAsync(configuration, cancellationToken);
        int all = (int)Math.Min(int.MaxValue, (await store.Stored.StatesAsync(cancellationToken)).Values.Sum());
        ReportIntakeOptions options = configuration.ReportIntake ?? new();
        int seen = 0, read = 0, gone = 0, accepted = 0;
        using (Progress progress = new(Surroundings))
        {
            await foreach (StoredReport report in store.Stored.ListAsync(new ReportFilter(), cancellationToken))
            {
                progress.Show(++seen, all, "reports");
                if (report.Reader == ReportRow.Reader && report.State != ReportState.Quarantined && !parsed.GetValue(_all))
                    continue;
                if (await store.Stored.BodyAsync(report.Reference, cancellationToken) is not { } body)
                {
                    gone++;
                    continue;
                }

                ArrivedReport again = ReportReceiver.ReadAgain(report, body, options);
                if (await store.Reports.RewriteAsync(report, again, cancellationToken) is null)
                    continue; // It has become something else meanwhile.
                read++;
                if (report.State == ReportState.Quarantined && again.State == ReportState.Counted)
                    accepted++;
            }
        }

        Surroundings.NewPage().Paragraph(string.Create(CultureInfo.InvariantCulture,
            $"{read:N0} of {seen:N0} reports read again; of {gone:N0} the bytes are not kept any more, and their numbers stay as they are.{(accepted > 0 ? $" {accepted:N0} that were quarantined count now." : "")}"));
        return ExitCode.Clean;
    }
}
