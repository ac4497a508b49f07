using Waxseal.Storage.Writing;

namespace Waxseal.Storage.Alerts;

/// <summary>Lets one process of several do work for all of them. A turn ends by itself, so one that was killed holds nobody up for long.</summary>
internal sealed class Turns(WriteQueue writes)
{
    private const string Take = """
        INSERT INTO alert_turn (work, holder, ends_at, done_upto) VALUES (@work, @holder, @ends_at, 0)
        ON CONFLICT (work) DO UPDATE SET holder = excluded.holder, ends_at = excluded.ends_at
            WHERE alert_turn.ends_at <= @now OR alert_turn.holder = excluded.holder
        RETURNING done_upto
        """;

    private const string DoneUpto = "SELECT done_upto FROM alert_turn WHERE work = @work";
    private const string Done = "UPDATE alert_turn SET done_upto = @done_upto WHERE work = @work AND holder = @holder";
    private const string End = "UPDATE alert_turn SET ends_at = 0 WHERE work = @work AND holder = @holder";

    /// <summary>Takes a turn, or holds it for longer.</summary>
    /// <param name="work">What is to be done.</param>
    /// <param name="holder">Who wants to do it.</param>
    /// <param name="now">Now.</param>
    /// <param name="until">When another may take it, unless it is held for longer by then.</param>
    /// <param name="cancellationToken">Ends the wait for a place in the queue.</param>
    /// <returns>Up to when the work is done; null when it is another's turn.</returns>
    public async Task<DateTimeOffset?> TakeAsync(string work, string holder, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        long? done = await writes.RunAsync(
            (session, token) => session.Command(Take,
                ("work", work), ("holder", holder), ("ends_at", until.ToUnixTimeMilliseconds()), ("now", now.ToUnixTimeMilliseconds())).NumberAsync(token),
            cancellationToken).ConfigureAwait(false);
        return done is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
    }

    /// <summary>Notes up to when the work is done.</summary>
    public Task<int> DoneAsync(string work, string holder, DateTimeOffset upto, CancellationToken cancellationToken) =>
        writes.RunAsync((session, token) => session.RunAsync(Done, token, ("work", work), ("holder", holder), ("done_upto", upto.ToUnixTimeMilliseconds())), cancellationToken);

    /// <summary>Up to when the work is done; null when nobody ever took a turn.</summary>
    public async Task<DateTimeOffset?> DoneUptoAsync(string work, CancellationToken cancellationToken) =>
        await writes.RunAsync((session, token) => session.Command(DoneUpto, ("work", work)).NumberAsync(token), cancellationToken).ConfigureAwait(false) is { } time
            ? DateTimeOffset.FromUnixTimeMilliseconds(time)
            : null;

    /// <summary>Leaves the turn to others.</summary>
    public Task<int> EndAsync(string work, string holder, CancellationToken cancellationToken) =>
        writes.RunAsync((session, token) => session.RunAsync(End, token, ("work", work), ("holder", holder)), cancellationToken);
}
