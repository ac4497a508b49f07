using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Waxseal.Answers;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;
using Waxseal.Inputs;
using Waxseal.Net.Dns;
using Waxseal.ReportIntake;
using Waxseal.ReportIntake.Authenticity;
using Waxseal.Storage.Reports;
using Waxseal.Terminal;

namespace Waxseal.Commands.Store;

/// <summary>Puts reports from files into the store.</summary>
internal sealed class StoreAddCommand : StoreSubcommand
{
    private const int ReasonsShown = 5;

    private readonly Argument<string[]> _paths = new("PATH")
    {
        Description = "Files, folders, mboxes and Maildirs with reports; - reads one from standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    public StoreAddCommand(Surroundings surroundings)
        : base("add", "Put reports from files, folders and mailboxes on this machine into the store; each counts once.", surroundings) => Add(_paths);

    protected override async Task<int> RunAsync(ParseResult parsed, ServeConfiguration configuration, CancellationToken cancellationToken)
    {
        // Whoever may write to the store is not held to limits that are for strangers.
        ReportIntakeOptions options = configuration.ReportIntake ?? new();
        (options.PerDomain, options.PerSource) = (long.MaxValue, long.MaxValue);
        DataFolder.MakeFor(configuration.Store);
        await using StoreDoor door = new(configuration.Store.Address, Surroundings.Clock, NullLogger<StoreDoor>.Instance);
        await door.StartAsync(cancellationToken);
        _ = door.Open;
        ReportReceiver receiver = new(door, options, new RateLimits(options, Surroundings.Clock), new RecentReports(Surroundings.Clock));
        using StubResolver resolver = configuration.Dns.NewResolver(Surroundings.Clock);
        MailProofs proofs = new(new SenderProof(resolver, options.TrustedRelays, Surroundings.Clock), Surroundings.Clock);
        Page errors = Surroundings.NewErrorPage();
        Dictionary<WhyNotCounted, int> apart = [];
        int stored = 0, known = 0, refused = 0, empty = 0;
        using (Progress progress = new(Surroundings))
        {
            foreach (IntakeResult result in new ReportFiles(Surroundings.In).Read(parsed.GetValue(_paths)!, cancellationToken))
            {
                if (result is IntakeResult.Skipped)
                    continue;
                if (result is IntakeResult.Failed { HoldsNothing: true, Reason: var nothing })
                {
                    empty++;
                    errors.Paragraph(Styled.Error("waxseal: ") + $"{result.Origin} {nothing}.");
                    continue;
                }

                Arrival arrival = await proofs.ArrivalOfAsync(result, Channel.Command, result.Origin.ToString(), receivedAt: null, heedsRelays: true, "whoever may write to the store", cancellationToken);
                foreach (Received received in await receiver.TakeAsync([result], result is IntakeResult.Found found ? found.Json : default, arrival, cancellationToken))
                {
                    if (received is Received.Refused { Reason: var reason })
                    {
                        refused++;
                        errors.Paragraph(Styled.Error("waxseal: ") + $"{result.Origin}: {reason}");
                    }
                    else if (received is Received.Kept { Receipt: var receipt, Why: var why })
                    {
                        bool isKnown = receipt.Outcome == ReportOutcome.Known;
                        (stored, known) = isKnown ? (stored, known + 1) : (stored + 1, known);
                        if (why is not null)
                            apart[why] = apart.GetValueOrDefault(why) + 1;
                    }
                }

                progress.Show($"{stored + known:N0} reports");
            }
        }

        Surroundings.NewPage().Paragraph($"{Count(stored, "report")} stored, {ReportText.Number(known)} {(known == 1 ? "was" : "were")} known, {ReportText.Number(refused)} cannot be read.");
        if (apart.Count > 0)
            TellOf(apart);
        return refused + empty > 0 ? ExitCode.CouldNotTell : ExitCode.Clean;
    }

    private void TellOf(Dictionary<WhyNotCounted, int> apart)
    {
        Page page = Surroundings.NewPage();
        foreach ((WhyNotCounted why, int reports) in apart.OrderByDescending(entry => entry.Value).Take(ReasonsShown))
            page.Item($"{Count(reports, "report")} {(reports == 1 ? "does" : "do")} not count. {why.Reason}. {why.Remedy}".TrimEnd());
        if (apart.Count > ReasonsShown)
            page.Item("For other reasons, others; waxseal store list tells which.");
    }

    private static string Count(int number, string word) => $"{ReportText.Number(number)} {word}{(number == 1 ? "" : "s")}";
}
