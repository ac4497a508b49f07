using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Waxseal.Evidence;
using Waxseal.Protocol.Diagnosis;
using Waxseal.Storage;
using Waxseal.Storage.Findings;
using Waxseal.Storage.Looks;
using Waxseal.Storage.Reports;

namespace Waxseal.Findings;

/// <summary>Explains policy domains of which there is news, and keeps the findings. Of several processes one does it for all.</summary>
/// <param name="options">When, and how far back.</param>
/// <param name="holder">This process, in this life of it.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="logger">Where it logs.</param>
internal sealed class FindingMaker(FindingsOptions options, string holder, TimeProvider clock, ILogger logger)
{
    private const string Work = "findings";

    // A report is committed some time after it came, and the clocks of two machines differ.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, string> _explained = new(StringComparer.Ordinal);
    private DateOnly? _lastRound;

    /// <summary>Explains what there is news of, if it is this process's turn.</summary>
    /// <returns>The policy domains that were explained.</returns>
    public async Task<ImmutableArray<string>> MakeAsync(Store store, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (await store.Turns.TakeAsync(Work, holder, now, now + options.TurnLength, cancellationToken) is not { } doneUpto)
        {
            // Whose turn comes after another's begins with all.
            _lastRound = null;
            _explained.Clear();
            return [];
        }

        List<string> explained = [];
        foreach (string policyDomain in await DueAsync(store, doneUpto, now, cancellationToken))
        {
            if (await ExplainAsync(store, policyDomain, cancellationToken))
                explained.Add(policyDomain);

            // With many policy domains a round takes longer than a turn.
            if (clock.GetUtcNow() is var later && later - now > options.TurnLength / 2
                && await store.Turns.TakeAsync(Work, holder, later, later + options.TurnLength, cancellationToken) is null)
            {
                return [.. explained];
            }
        }

        await store.Turns.DoneAsync(Work, holder, now, cancellationToken);
        return [.. explained];
    }

    /// <summary>Leaves the turn to another process.</summary>
    public Task LeaveAsync(Store store, CancellationToken cancellationToken) => store.Turns.EndAsync(Work, holder, cancellationToken);

    // What a new day changes is that reports become late and faults old; so each day begins with all.
    private async Task<ImmutableArray<string>> DueAsync(Store store, DateTimeOffset doneUpto, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IEnumerable<string> due = await store.AlertFacts.NewsAsync(doneUpto - Overlap, cancellationToken);
        due = due.Concat((await store.StoredLooks.LastAsync(cancellationToken)).Where(look => look.At >= doneUpto - Overlap).Select(look => look.PolicyDomain));
        if (_lastRound != Today(now))
        {
            _lastRound = Today(now);
            due = due.Concat(await store.Sums.PolicyDomainsAsync(cancellationToken)).Concat((await store.StoredLooks.LastAsync(cancellationToken)).Select(look => look.PolicyDomain));
        }

        return [.. due.Where(domain => domain.Length > 0).Distinct()];
    }

    private async Task<bool> ExplainAsync(Store store, string policyDomain, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DateOnly today = Today(now), first = today.AddDays(-(int)options.Days);
        List<DaySum> days = await store.Sums.DaysAsync(policyDomain, first, today, cancellationToken);
        Look? look = (await store.StoredLooks.LastAsync(policyDomain, cancellationToken)).FirstOrDefault();
        string evidence = string.Join('\n', days.Select(day => day.ToString()).Append($"{look?.At:O} {today:O}"));
        if (_explained.GetValueOrDefault(policyDomain) == evidence)
            return false;

        Explanation explanation = await new StoredEvidence(store).ExplainAsync(policyDomain, first, today, now, cancellationToken);
        ImmutableArray<MadeFinding> ofReports = [.. explanation.Findings.Where(finding => finding.PolicyDomain == policyDomain).Select(MadeFindings.Of).DistinctBy(finding => finding.Subject)];
        await store.Findings.KeepAsync(policyDomain, FindingSource.Reports, ofReports, now, cancellationToken);

        // What reports and the look show alike is one finding.
        HashSet<string> causes = [.. explanation.Findings.Where(finding => finding.PolicyDomain == policyDomain && finding.State != State.Over).Select(finding => finding.Ranking.Causes.FirstOrDefault()?.Cause.Id).OfType<string>()];
        ImmutableArray<MadeFinding> ofLook = look is null ? [] : [.. (await OfLookAsync(store, look, cancellationToken)).Where(made => made.Cause is null || !causes.Contains(made.Cause)).Select(made => made.Finding)];
        await store.Findings.KeepAsync(policyDomain, FindingSource.Look, ofLook, now, cancellationToken);
        _explained[policyDomain] = evidence;
        logger.FindingsMade(policyDomain, explanation.Coverage.Reports, ofReports.Length + ofLook.Length, (long)(clock.GetUtcNow() - now).TotalMilliseconds);
        return true;
    }

    private static async Task<ImmutableArray<(MadeFinding Finding, string? Cause)>> OfLookAsync(Store store, Look look, CancellationToken cancellationToken) =>
        await store.StoredLooks.DocumentAsync(look.PolicyDomain, look.At, cancellationToken) is { } document ? MadeFindings.OfLook(look.PolicyDomain, document) : [];

    private static DateOnly Today(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime);
}
