namespace Waxseal.Net.Dns.Exchange;

/// <summary>How one question to one name server ended.</summary>
internal abstract record ExchangeResult
{
    private ExchangeResult()
    {
    }

    /// <summary>The server answered this very question; what it says is not judged yet.</summary>
    /// <param name="Message">The answer.</param>
    /// <param name="Transport">What it came over.</param>
    /// <param name="Elapsed">From the question to the answer.</param>
    public sealed record Answered(DnsMessage Message, DnsTransport Transport, TimeSpan Elapsed) : ExchangeResult;

    /// <summary>No answer that belongs to the question came in time.</summary>
    /// <param name="Dropped">How many messages came that did not belong to it.</param>
    public sealed record TimedOut(int Dropped) : ExchangeResult;

    /// <summary>The server cannot be reached, or broke off.</summary>
    /// <param name="Reason">Why, in a few words.</param>
    public sealed record Unreachable(string Reason) : ExchangeResult;

    /// <summary>The answer did not fit into UDP, and over TCP there was none.</summary>
    /// <param name="Reason">What went wrong over TCP, in a few words.</param>
    public sealed record Truncated(string Reason) : ExchangeResult;

    /// <summary>The server answered over UDP with the letters of the name in another case: it has to be asked over TCP.</summary>
    public sealed record CaseLost : ExchangeResult;
}
