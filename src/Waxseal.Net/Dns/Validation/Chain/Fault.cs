namespace Waxseal.Net.Dns.Validation.Chain;

/// <summary>Answers that say nothing about a chain.</summary>
internal static class Fault
{
    /// <summary>The verdict when there is no usable answer; null when there is one.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="answer">The answer, or null.</param>
    /// <param name="zone">The zone the chain has led to.</param>
    // RFC 4035 §4.3: indeterminate, as the resolver does not obtain the records.
    public static ChainVerdict? Of(DnsQuestion question, DnsMessage? answer, DnsName zone) => answer switch
    {
        null => ChainVerdict.Indeterminate(zone, $"there is no answer for {question}"),
        { Rcode: DnsRcode.NoError or DnsRcode.NxDomain } => null,
        { Rcode: var rcode } => ChainVerdict.Indeterminate(
            zone, $"the resolver answers {rcode.ToString().ToUpperInvariant()} for {question}"),
    };
}
