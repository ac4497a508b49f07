using System.Collections.Immutable;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.TlsRpt.Body;
using Waxseal.Protocol.TlsRpt.Forms;

namespace Waxseal.Protocol.TlsRpt.Writing;

/// <summary>Brings one entry of <c>policies</c> into the form it is written in.</summary>
internal sealed class ConformingPolicy(ReportFaults faults)
{
    private readonly ConformingFailure _failures = new(faults);

    public ReportPolicy Make(ReportPolicy policy, int index)
    {
        faults.Enter(index);
        if (policy.Type == PolicyType.Other)
            faults.Add("policy/policy-type", "The kind of policy must be one of the standard's.");

        ImmutableArray<string> policyString = PolicyString(policy);
        return policy with
        {
            PolicyString = policyString,
            PolicyDomain = PolicyDomain(policy.PolicyDomain),
            MxHosts = MxHosts(policy.Type, policyString, policy.MxHosts),
            SuccessfulSessions = faults.Count(policy.SuccessfulSessions, "summary/total-successful-session-count"),
            FailedSessions = faults.Count(policy.FailedSessions, "summary/total-failure-session-count"),
            Failures = [.. policy.Failures.Select(_failures.Make)],
        };
    }

    // RFC 8460 §4.4, §4.5: the lines of the policy as published, or the TLSA records; nothing without a policy.
    private ImmutableArray<string> PolicyString(ReportPolicy policy)
    {
        const string Member = "policy/policy-string";

        ImmutableArray<string> lines = policy.PolicyString;
        if (policy.Type == PolicyType.NoPolicyFound && !lines.IsEmpty)
            faults.Add(Member, "Where no policy was found there is no text of one.");
        if (policy.Type == PolicyType.Tlsa && !lines.All(line => TlsaText.IsTlsa(line)))
            faults.Add(Member, "A TLSA record is written as usage, selector, matching type and hexadecimal data.");
        if (lines.Length == 1 && TextListReader.IsFolded(lines[0]))
            faults.Add(Member, "A single line in brackets is taken for a list by receivers.");
        faults.CheckLength(lines, Member);
        foreach (string line in lines)
            faults.CheckCharacters(line, Member);
        return lines;
    }

    // RFC 8460 §4.4: in A-labels; written for every kind of policy.
    private string PolicyDomain(string? text)
    {
        if (DomainName.TryParse(text ?? "", out DomainName? name, out DomainNameError? error))
            return name.Value;

        faults.Add("policy/policy-domain", $"The policy domain {error.Text}.");
        return "";
    }

    // RFC 8460 §4.4: with sts alone, in A-labels.
    private ImmutableArray<string> MxHosts(
        PolicyType type, ImmutableArray<string> policyString, ImmutableArray<string> mxHosts)
    {
        const string Member = "policy/mx-host";

        if (type != PolicyType.Sts && !mxHosts.IsEmpty)
            faults.Add(Member, "Only an MTA-STS policy has MX patterns.");
        if (type == PolicyType.Sts && mxHosts.IsEmpty && PolicyParser.NamesMxPatterns(policyString))
            faults.Add(Member, "The MX patterns of the policy are missing.");
        faults.CheckLength(mxHosts, Member);
        return [.. mxHosts.Select(MxPattern)];
    }

    // RFC 8461 §4.1: a host name, or "*." and a name
    private string MxPattern(string text)
    {
        const string Wildcard = "*.";

        string prefix = text.StartsWith(Wildcard, StringComparison.Ordinal) ? Wildcard : "";
        if (DomainName.TryParse(text[prefix.Length..], out DomainName? name, out DomainNameError? error))
            return prefix + name.Value;

        faults.Add("policy/mx-host", $"An MX pattern {error.Text}.");
        return text;
    }
}
