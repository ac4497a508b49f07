using Microsoft.Extensions.Logging.Abstractions;
using Waxseal.Hosting;

namespace Waxseal.Tests.Hosting;

public class RoleLoopTests
{
    [Fact]
    public async Task A_loop_that_breaks_down_tells_so_and_begins_again()
    {
        RoleState state = new("test", TimeProvider.System);
        TaskCompletionSource<Trouble?> second = new();
        int runs = 0;
        using RoleLoop loop = new(
            async stop =>
            {
                if (++runs == 1)
                    throw new InvalidOperationException("nobody foresaw this");
                second.TrySetResult(state.Trouble);
                state.Turn();
                await Task.Delay(Timeout.Infinite, stop);
            },
            state, TimeProvider.System, NullLogger.Instance);

        loop.Start();
        Trouble? trouble = await second.Task.WaitAsync(TestContext.Current.CancellationToken);
        await loop.StopAsync(TestContext.Current.CancellationToken);

        Assert.True(trouble is { IsFault: true, Reason: "InvalidOperationException: nobody foresaw this" }, trouble?.ToString());
        Assert.Null(state.Trouble);
        Assert.Equal(trouble, state.LastTrouble);
    }

    [Fact]
    public async Task A_loop_that_does_not_end_is_not_waited_for_without_end()
    {
        TaskCompletionSource never = new();
        using CancellationTokenSource patience = new();
        RoleLoop loop = new(_ => never.Task, new RoleState("test", TimeProvider.System), TimeProvider.System, NullLogger.Instance);
        loop.Start();
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loop.StopAsync(patience.Token));
        never.SetResult();
    }

    [Fact]
    public void A_role_with_several_loops_fares_as_the_worst_of_them()
    {
        RoleState turning = new("test", TimeProvider.System);
        RoleState waiting = new("test", TimeProvider.System);
        RoleState broken = new("test", TimeProvider.System);
        RoleState[] loops = [broken, turning, waiting];
        broken.Break("nobody foresaw this");
        waiting.Fail("the other side is away");
        turning.Turn();
        Assert.Same(broken, RoleState.WorstOf(loops));

        broken.Turn();
        Assert.Same(waiting, RoleState.WorstOf(loops));

        waiting.Turn();
        Assert.NotSame(turning, RoleState.WorstOf(loops));
    }
}
