using System.Threading.Channels;
using Waxseal.Net.Probing;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.Senders;
using Waxseal.Protocol.Names;

namespace Waxseal.Commands.Check;

/// <summary>Looks at many policy domains side by side, and gives the results in the order of the domains.</summary>
/// <param name="probe">Gathers the facts.</param>
/// <param name="atOnce">How many are looked at at a time.</param>
/// <param name="only">The one sender that is looked as; null for all.</param>
internal sealed class CheckRun(DomainProbe probe, int atOnce, SenderProfile? only = null)
{
    public async IAsyncEnumerable<CheckResult> RunAsync(
        IEnumerable<DomainName> policyDomains, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<Task<CheckResult>> running = Channel.CreateBounded<Task<CheckResult>>(atOnce);
        Task feeding = FeedAsync(policyDomains, running.Writer, stop.Token);
        try
        {
            await foreach (Task<CheckResult> result in running.Reader.ReadAllAsync(cancellationToken))
                yield return await result;
            await feeding;
        }
        finally
        {
            await stop.CancelAsync();
        }
    }

    private async Task FeedAsync(IEnumerable<DomainName> policyDomains, ChannelWriter<Task<CheckResult>> running, CancellationToken cancellationToken)
    {
        try
        {
            foreach (DomainName policyDomain in policyDomains)
                await running.WriteAsync(CheckAsync(policyDomain, cancellationToken), cancellationToken);
            running.Complete();
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            running.Complete(fault);
        }
    }

    private async Task<CheckResult> CheckAsync(DomainName policyDomain, CancellationToken cancellationToken)
    {
        await Task.Yield();
        CheckResult result = Checker.Check(await probe.ProbeAsync(policyDomain, cancellationToken));
        return only is null ? result : result with { Senders = [.. result.Senders.Where(sender => sender.Sender == only.Name)] };
    }
}
