using System.Collections.Immutable;
using Waxseal.Alerts.Judgement;
using Waxseal.Storage.Alerts;

namespace Waxseal.Alerts.Routes;

/// <summary>What is sent at once: one message about an alert, a digest of several, or a test.</summary>
/// <param name="Id">What receivers know it by; the same however often it is sent.</param>
/// <param name="At">When it was first written.</param>
/// <param name="Messages">What it tells of; nothing when it is a test.</param>
internal sealed record Notice(string Id, DateTimeOffset At, ImmutableArray<AlertMessage> Messages)
{
    // Beyond this a list is no news any more; mail has them all.
    private const int MostInChat = 15;

    /// <summary>What kind it is, in a word for programs.</summary>
    public string Type => Messages.Length switch { 0 => "test", 1 => "alert", _ => "digest" };

    public bool IsUrgent => Messages.Any(message => message.IsUrgent);

    /// <summary>One line.</summary>
    public string Title => Messages switch
    {
        [] => "Test of the alerts of Waxseal",
        [var only] => TitleOf(only),
        _ => $"{Messages.Length} messages about {Wording.Number(Messages.Select(message => message.AlertId).Distinct().Count())} alerts",
    };

    /// <summary>A few lines, as chat takes them.</summary>
    public IEnumerable<string> Lines => Messages switch
    {
        [] => ["This route works. Nothing is the matter."],
        [var only] => new[] { only.Event.Text.InShort, only.Event.Text.Remedy is { Length: > 0 } remedy ? $"What to do: {remedy}" : "" }.Where(line => line.Length > 0),
        _ => Messages.Take(MostInChat).Select(message => $"- {TitleOf(message)}")
            .Concat(Messages.Length > MostInChat ? [$"and {Messages.Length - MostInChat} more; waxseal store alerts shows all."] : []),
    };

    /// <summary>A notice of each message, or one digest: of many, and of what had to wait.</summary>
    /// <param name="taken">What was taken up together.</param>
    /// <param name="mostSingle">How many are told of one by one.</param>
    /// <param name="waited">Whether a message had to wait for the end of quiet hours.</param>
    public static IEnumerable<Notice> Of(ImmutableArray<AlertMessage> taken, int mostSingle, Func<AlertMessage, bool> waited) =>
        taken.Length > mostSingle || (taken.Length > 1 && taken.Any(waited))
            ? [new(taken[0].Batch, taken.Max(message => message.CreatedAt), taken)]
            : taken.Select(message => new Notice(message.Id, message.CreatedAt, [message]));

    public static string TitleOf(AlertMessage message) => message.Event.State switch
    {
        AlertState.Sustained => $"Still so: {message.Event.Text.Title}",
        AlertState.Cleared => $"Over: {message.Event.Text.Title}",
        _ => message.Event.Text.Title,
    };
}
