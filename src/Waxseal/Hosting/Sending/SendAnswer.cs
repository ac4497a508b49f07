namespace Waxseal.Hosting.Sending;

/// <summary>How an attempt to send ended.</summary>
/// <param name="IsSent">Whether the other side has it.</param>
/// <param name="Words">What it said, or what went wrong, on one line.</param>
internal sealed record SendAnswer(bool IsSent, string Words)
{
    /// <summary>The beginning of what it said, as it came.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Whether it said more than that.</summary>
    public bool IsCut { get; init; }

    /// <summary>After how long the other side wants to be asked again; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
