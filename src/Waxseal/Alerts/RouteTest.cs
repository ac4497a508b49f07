using Waxseal.Alerts.Routes;
using Waxseal.Hosting.Sending;

namespace Waxseal.Alerts;

/// <summary>Sends a test on a route. Quiet hours do not count, and nothing of it stands in the store.</summary>
internal static class RouteTest
{
    /// <summary>Sends it.</summary>
    /// <returns>What came back.</returns>
    public static async Task<SendAnswer> SendAsync(IRoute route, TimeProvider clock, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(Courier.SendTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await route.SendAsync(new Notice($"test-{Guid.NewGuid():N}", clock.GetUtcNow(), []), either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(false, $"no answer within {Courier.SendTimeout.TotalSeconds:0} seconds");
        }
    }
}
