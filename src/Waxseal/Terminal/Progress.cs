using System.Globalization;

namespace Waxseal.Terminal;

/// <summary>
/// A line on standard error that tells how far long work has come. It shows only on a terminal, only when the work takes
/// longer than a moment, and is gone when the work is done.
/// </summary>
internal sealed class Progress(Surroundings surroundings) : IDisposable
{
    private const int BarColumns = 20;
    private const int NarrowColumns = 72;

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(0.1);

    private long _shownAt = surroundings.Clock.GetTimestamp();
    private bool _isShown;
    private bool _wasShown;

    /// <summary>Shows a bar, and how much of all is done; without a bar where it is not known how much there is.</summary>
    public void Show(int done, int? all, string what)
    {
        string count = done.ToString("N0", CultureInfo.InvariantCulture);
        if (all is not > 0 || done > all || surroundings.TerminalColumns is > 0 and < NarrowColumns)
        {
            Show($"{count} {what}");
            return;
        }

        int filled = (int)((long)done * BarColumns / all.Value);
        Show($"[{new string('#', filled)}{new string('.', BarColumns - filled)}] {count} of {all.Value.ToString("N0", CultureInfo.InvariantCulture)} {what}");
    }

    public void Show(string text)
    {
        if (!surroundings.ErrorIsTerminal || surroundings.Clock.GetElapsedTime(_shownAt) < (_wasShown ? Between : Moment))
            return;

        // Back to the first column, the text, and the rest of the line erased.
        surroundings.Error.Write($"\r{Printable.Of(text)}\u001b[K");
        _shownAt = surroundings.Clock.GetTimestamp();
        (_isShown, _wasShown) = (true, true);
    }

    /// <summary>Takes the line away, so that something else can be written where it stood.</summary>
    public void Clear()
    {
        if (_isShown)
            surroundings.Error.Write("\r\u001b[K");
        _isShown = false;
    }

    public void Dispose() => Clear();
}
