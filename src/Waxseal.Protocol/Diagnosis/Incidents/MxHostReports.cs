using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Incidents;

/// <summary>
/// Puts what is said of an MX host to the policy domain it serves. For TLSA records some senders (Postfix, mox) name the
/// TLSA base domain as policy domain, as RFC 8460 §1.1 has it, and others (Microsoft) the domain mail is for.
/// </summary>
internal sealed class MxHostReports
{
    private readonly ILookup<string, string> _byName;
    private readonly ILookup<string, string> _byParent;
    private readonly HashSet<string> _withPolicy;

    private MxHostReports(ImmutableArray<ReportedPolicy> all)
    {
        (string PolicyDomain, MxPattern Pattern)[] patterns =
        [
            .. all.Where(policy => policy.Policy is not null)
                .SelectMany(policy => policy.Policy!.MxPatterns.Select(pattern => (policy.PolicyDomain, pattern)))
                .Distinct(),
        ];
        IEnumerable<(string PolicyDomain, string Name)> named = all
            .SelectMany(policy => policy.Faults.Where(fault => fault.MxHost is not null).Select(fault => (policy.PolicyDomain, fault.MxHost!)));
        _byName = patterns
            .Where(entry => !entry.Pattern.IsWildcard)
            .Select(entry => (entry.PolicyDomain, Name: entry.Pattern.Name.Value))
            .Concat(named)
            .Where(entry => entry.PolicyDomain.Length > 0 && entry.PolicyDomain != entry.Name)
            .Distinct()
            .ToLookup(entry => entry.Name, entry => entry.PolicyDomain, StringComparer.Ordinal);
        _byParent = patterns
            .Where(entry => entry.Pattern.IsWildcard && entry.PolicyDomain.Length > 0)
            .ToLookup(entry => entry.Pattern.Name.Value, entry => entry.PolicyDomain, StringComparer.Ordinal);
        _withPolicy = all.Where(policy => policy.Type == PolicyType.Sts).Select(policy => policy.PolicyDomain).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The reported policies, each at the policy domain it tells of.</summary>
    public static ImmutableArray<ReportedPolicy> ToPolicyDomains(ImmutableArray<ReportedPolicy> all)
    {
        if (!all.Any(policy => policy.Type == PolicyType.Tlsa))
            return all;

        var reports = new MxHostReports(all);
        return [.. all.Select(reports.ToPolicyDomain)];
    }

    private ReportedPolicy ToPolicyDomain(ReportedPolicy policy)
    {
        string mxHost = policy.PolicyDomain;
        if (policy.Type != PolicyType.Tlsa || _withPolicy.Contains(mxHost) || ServedBy(mxHost) is not { } policyDomain)
            return policy;
        return policy with
        {
            PolicyDomain = policyDomain,
            Faults = [.. policy.Faults.Select(fault => fault with { MxHost = fault.MxHost ?? mxHost })],
        };
    }

    // An MX host of several policy domains has its faults for itself.
    private string? ServedBy(string mxHost)
    {
        string parent = mxHost[(mxHost.IndexOf('.', StringComparison.Ordinal) + 1)..];
        string[] served = [.. _byName[mxHost].Concat(_byParent[parent]).Distinct().Take(2)];
        return served.Length == 1 && served[0] != mxHost ? served[0] : null;
    }
}
