using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Protocol.Diagnosis.Checks;

/// <summary>What was not looked at, so that nobody takes it for well.</summary>
internal static class Omissions
{
    public static ImmutableArray<string> In(DomainFacts facts)
    {
        string policyHost = $"mta-sts.{facts.PolicyDomain}";
        bool omits(string type, bool isIpv6) =>
            facts.Lookup(policyHost, type) is { Answer.Outcome: DnsOutcome.Found } && !facts.PolicyHost.IsEmpty && facts.PolicyHost.All(address => address.IsIpv6 != isIpv6);
        return
        [
            .. omits("A", isIpv6: false) ? ["the IPv4 addresses of the policy host"] : Array.Empty<string>(),
            .. omits("AAAA", isIpv6: true) ? ["the IPv6 addresses of the policy host"] : Array.Empty<string>(),
            .. facts.VisitsMxHosts ? Array.Empty<string>() : ["the MX hosts at port 25"],
            .. facts.Omitted,
        ];
    }
}
