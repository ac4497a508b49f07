using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Waxseal.Alerts.Judgement;
using Waxseal.Alerts.Routes;
using Waxseal.Evidence;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Storage;
using Waxseal.Storage.Alerts;
using Waxseal.Storage.Looks;

namespace Waxseal.Alerts;

/// <summary>
/// Judges what is stored, and writes what becomes of alerts. Of several processes one judges for all; were two to do so at once, each
/// alert would still be raised once, for the database keeps it so.
/// </summary>
/// <param name="options">When, and from where on.</param>
/// <param name="routes">Whom to tell.</param>
/// <param name="holder">This process, in this life of it.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="logger">Where it logs.</param>
internal sealed class AlertEngine(AlertsOptions options, ImmutableArray<IRoute> routes, string holder, TimeProvider clock, ILogger logger)
{
    private const string Work = "judgement";

    // What time alone changes is looked for so often; what reports change, when they come.
    private static readonly TimeSpan Round = TimeSpan.FromHours(1);

    // A report is committed some time after it came, and the clocks of two machines differ.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private readonly Thresholds _thresholds = options.Thresholds;
    private readonly Course _course = new(options.RemindAfter, options.ClearAfter);
    private DateTimeOffset? _lastRound;
    private ILookup<string, Condition> _expiring = Array.Empty<Condition>().ToLookup(condition => condition.Key.PolicyDomain);

    /// <summary>Judges what there is news of, if it is this process's turn.</summary>
    /// <returns>Whether it was.</returns>
    public async Task<bool> JudgeAsync(Store store, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (await store.Turns.TakeAsync(Work, holder, now, now + options.TurnLength, cancellationToken) is not { } doneUpto)
        {
            // Whose turn comes after another's begins with all.
            _lastRound = null;
            return false;
        }

        bool isIntakeSilent = await JudgeIntakeAsync(store, now, cancellationToken);
        foreach (string policyDomain in await DueAsync(store, doneUpto, now, cancellationToken))
        {
            await JudgeAsync(store, policyDomain, isIntakeSilent, cancellationToken);

            // With many policy domains a round takes longer than a turn.
            if (clock.GetUtcNow() is var later && later - now > options.TurnLength / 2
                && await store.Turns.TakeAsync(Work, holder, later, later + options.TurnLength, cancellationToken) is null)
            {
                return true;
            }
        }

        await store.AlertMessages.GiveUpOldAsync(now - (2 * options.GiveUpAfter) - TimeSpan.FromDays(1), now, cancellationToken);
        await store.Turns.DoneAsync(Work, holder, now, cancellationToken);
        return true;
    }

    /// <summary>Leaves the turn to another process.</summary>
    public Task LeaveAsync(Store store, CancellationToken cancellationToken) => store.Turns.EndAsync(Work, holder, cancellationToken);

    private async Task<ImmutableArray<string>> DueAsync(Store store, DateTimeOffset doneUpto, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ImmutableArray<string> restless = await store.AlertFacts.RestlessAsync(now - options.RemindAfter, cancellationToken);
        IEnumerable<string> due = restless.Concat(await store.AlertFacts.NewsAsync(doneUpto - Overlap, cancellationToken));
        if (_lastRound is not { } last || now - last >= Round || last.UtcDateTime.Date != now.UtcDateTime.Date)
        {
            _lastRound = now;
            _expiring = (await ExpiringAsync(store, now, cancellationToken)).ToLookup(condition => condition.Key.PolicyDomain);
            due = due.Concat(await store.AlertFacts.PolicyDomainsAsync(cancellationToken)).Concat(_expiring.Select(domain => domain.Key))
                .Concat(await store.AlertFacts.RestlessAsync(now, cancellationToken));
        }

        return [.. due.Where(domain => domain.Length > 0).Distinct()];
    }

    private async Task JudgeAsync(Store store, string policyDomain, bool isIntakeSilent, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);
        DomainSums sums = await store.AlertFacts.SumsAsync(policyDomain, today.AddDays(-_thresholds.WindowDays), today, options.ProvedOnly, cancellationToken);
        ImmutableArray<Condition> conditions = [.. Judge.Of(sums, now, _thresholds, isIntakeSilent), .. _expiring[policyDomain]];
        await FollowAsync(store, policyDomain, [.. conditions.Where(condition => options.Kinds.Contains(condition.Key.Kind.ToWord()))], sums, now, cancellationToken);
    }

    private async Task<bool> JudgeIntakeAsync(Store store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Condition? silent = null;
        if (await store.AlertFacts.LastArrivalAsync(cancellationToken) is { } last && now - last >= _thresholds.IntakeSilentAfter)
            silent = SilentIntake.Of(last, await store.AlertFacts.ArrivalDaysAsync(last.AddDays(-SilentIntake.HabitDays), cancellationToken), now, _thresholds);
        bool isTold = silent is not null && options.Kinds.Contains(AlertKind.IntakeSilent.ToWord());
        await FollowAsync(store, SilentIntake.Key.PolicyDomain, isTold ? [silent!] : [], null, now, cancellationToken);
        return silent is not null;
    }

    private async Task FollowAsync(Store store, string policyDomain, ImmutableArray<Condition> conditions, DomainSums? sums, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<Alert> open = [];
        await foreach (Alert alert in store.StoredAlerts.OpenAsync(policyDomain, cancellationToken))
            open.Add(alert);
        foreach (Step step in _course.StepsOf(open, conditions, now))
            await TakeAsync(store, step, sums, now, cancellationToken);
    }

    private async Task TakeAsync(Store store, Step step, DomainSums? sums, DateTimeOffset now, CancellationToken cancellationToken)
    {
        AlertWriter writer = new(new StoredEvidence(store));
        switch (step)
        {
            case Step.Raise { Condition: var raised }:
                AlertText text = await writer.WriteAsync(raised, now, cancellationToken);
                if (await store.Alerts.RaiseAsync(raised.Key, raised.IsUrgent, text, RoutesOf(raised.Key), now, now - Course.ReturnsWithin, cancellationToken))
                    logger.AlertRaised(raised.Key.Kind.ToWord(), raised.Key.PolicyDomain, raised.Key.Subject);
                break;
            case Step.Sustain { Alert: var alert, Condition: var lasting }:
                if (await store.Alerts.SustainAsync(alert, lasting.IsUrgent, await writer.WriteAsync(lasting, now, cancellationToken), RoutesOf(alert.Key), now, cancellationToken))
                    logger.AlertSustained(alert.Key.Kind.ToWord(), alert.Key.PolicyDomain, alert.Key.Subject);
                break;
            case Step.Calm { Alert: var calm }:
                await store.Alerts.SetCalmAsync(calm, now, cancellationToken);
                break;
            case Step.Stir { Alert: var stirred }:
                await store.Alerts.SetCalmAsync(stirred, null, cancellationToken);
                break;
            case Step.Clear { Alert: var over }:
                if (await store.Alerts.ClearAsync(over, AlertWriter.WriteCleared(over, sums), RoutesOf(over.Key), now, cancellationToken))
                    logger.AlertCleared(over.Key.Kind.ToWord(), over.Key.PolicyDomain, over.Key.Subject);
                break;
        }
    }

    private ImmutableArray<string> RoutesOf(AlertKey key) => [.. routes.Where(route => route.Takes(key)).Select(route => route.Name)];

    private async Task<List<Condition>> ExpiringAsync(Store store, DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<Condition> expiring = [];
        foreach (IGrouping<string, (string PolicyDomain, CertificatePeriod Certificate)> domain in (await store.StoredLooks.CertificatesNowAsync(cancellationToken)).GroupBy(row => row.PolicyDomain))
            expiring.AddRange(Expiring.Certificates(domain.Key, domain.Select(row => row.Certificate.Certificate), now, _thresholds));
        foreach (Look look in await store.StoredLooks.LastAsync(cancellationToken))
        {
            if (Expiring.Policy(look.PolicyDomain, [.. await store.StoredLooks.PeriodsAsync(look.PolicyDomain, cancellationToken)], look.At, now, _thresholds) is { } condition)
                expiring.Add(condition);
        }

        return expiring;
    }
}
