using Microsoft.Extensions.Logging;
using Waxseal.Net.Probing;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Names;
using Waxseal.Storage;
using Waxseal.Storage.Looks;

namespace Waxseal.Monitor;

/// <summary>Takes one look at a policy domain, if it is ours to take, and keeps it.</summary>
internal sealed class LookTaker(LookStore looks, DomainProbe probe, MonitorOptions options, TimeProvider clock, ILogger logger)
{
    // Beyond the time a look may take: to judge it, and to write it down.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    // DNS that is down is up again before the next look would be due.
    private static readonly TimeSpan SoonAgain = TimeSpan.FromMinutes(5);

    private static readonly string Process = Guid.NewGuid().ToString("N");

    public async Task TakeAsync(DomainName policyDomain, CancellationToken cancellationToken)
    {
        LookLease lease = new(policyDomain.Value, Process);
        DateTimeOffset now = clock.GetUtcNow();
        if (!await looks.ClaimAsync(lease, now, now + options.Timeout + Margin, cancellationToken))
            return;

        try
        {
            CheckResult result = Checker.Check(await probe.ProbeAsync(policyDomain, cancellationToken));
            await KeepAsync(lease, result);
        }
        catch (OperationCanceledException)
        {
            // Another process may take it at once.
            await looks.ReleaseAsync(lease, now, CancellationToken.None);
            throw;
        }
        catch (Exception fault) when (fault is not StoreUnavailableException)
        {
            logger.LookFailed(policyDomain.Value, fault);
            await looks.ReleaseAsync(lease, clock.GetUtcNow() + Shorter(SoonAgain), CancellationToken.None);
        }
    }

    private async Task KeepAsync(LookLease lease, CheckResult result)
    {
        Look look = LookDocument.Of(result);
        bool isUnknown = look.Standing == CheckStanding.Unknown;
        DateTimeOffset next = clock.GetUtcNow() + (isUnknown ? Shorter(SoonAgain) : options.Interval + Jitter());

        // What was seen is kept although the program is told to stop.
        IReadOnlyList<ObservedChange>? changes =
            await looks.AddAsync(lease, look, LookDocument.Pack(result), Observed.In(result.Facts), next, CancellationToken.None);
        if (changes is null)
        {
            logger.LookTooLate(lease.PolicyDomain);
            return;
        }

        if (isUnknown)
            logger.NotLookedAt(look.PolicyDomain, look.Headline);
        else
            logger.LookedAt(look.PolicyDomain, look.Standing.ToWord(), look.Errors, look.Warnings, (long)look.Elapsed.TotalMilliseconds);
        foreach (ObservedChange change in changes.Where(change => change.Kind != ObservedKind.Serial))
            logger.ChangeSeen(look.PolicyDomain, change.Kind.ToWord(), change.Subject);
    }

    private TimeSpan Shorter(TimeSpan time) => time < options.Interval ? time : options.Interval;

    private TimeSpan Jitter() => options.Jitter * ((Random.Shared.NextDouble() * 2) - 1);
}
