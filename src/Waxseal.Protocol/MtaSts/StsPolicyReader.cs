using Waxseal.Protocol.MtaSts.Grammar;
using Waxseal.Protocol.MtaSts.Slips;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.MtaSts;

/// <summary>Reads a policy by the grammar of RFC 8461 §3.2.</summary>
public static class StsPolicyReader
{
    /// <summary>The longest body that can be a policy, in octets (RFC 8461 §3.3).</summary>
    public const int MaxLength = 65_536;

    /// <summary>Reads the body a policy host served.</summary>
    /// <param name="body">The octets of the body, after content decoding.</param>
    /// <param name="policyDomain">The policy domain, or null; it only adds warnings.</param>
    /// <returns>
    /// The policy, null when sending MTAs have to refuse it; and what is wrong or unwise about the text, at most about
    /// a hundred problems. The policy of a text with tolerable errors is what a lenient resolver makes of it.
    /// </returns>
    public static Parsed<StsPolicy> Read(ReadOnlySpan<byte> body, DomainName? policyDomain = null)
    {
        var problems = new ProblemList("sts", "RFC 8461 §3.2");
        return NotAPolicy.Recognise(body, problems)
            ? new(null, problems.Finish(body))
            : new PolicyReading(body, policyDomain, problems).Read();
    }
}
