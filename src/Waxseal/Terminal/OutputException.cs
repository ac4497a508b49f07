namespace Waxseal.Terminal;

/// <summary>The answer cannot be written where it has to go.</summary>
internal sealed class OutputException(string message) : IOException(message)
{
    /// <summary>Whether the program at the other end of the pipe has stopped reading, as <c>head</c> does when it has enough.</summary>
    public bool ReaderIsGone { get; init; }
}
