namespace Waxseal.Net.Dns.Validation;

/// <summary>Asks a recursive resolver that gives signatures and does not judge; the seam between validation and DNS.</summary>
public interface IMessageSource
{
    /// <summary>Asks with DO and CD set (RFC 4035 §3.2.1, §3.2.2), so that the data comes even when it is bogus.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    /// <returns>The whole answer, or null when none came.</returns>
    Task<DnsMessage?> AskAsync(DnsQuestion question, CancellationToken cancellationToken);
}
