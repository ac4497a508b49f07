using Waxseal.Protocol.MtaSts.Grammar;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.MtaSts.Slips;

/// <summary>Says what is legal in a policy, but unwise.</summary>
internal static class PolicyAdvice
{
    private const long Day = 86_400;
    private const long Week = 604_800;

    public static void Give(PolicyFields fields, DomainName? policyDomain, ProblemList problems)
    {
        if (fields.Mode == StsMode.Enforce && fields.MaxAge is { } maxAge)
            AdviseOnMaxAge(maxAge, fields.MaxAgeValue, problems);
        foreach ((MxPattern pattern, Piece value) in fields.Mx)
            AdviseOnPattern(pattern, value, policyDomain, problems);
    }

    private static void AdviseOnMaxAge(long maxAge, Piece value, ProblemList problems)
    {
        // RFC 8461 §10.2: a policy that lives shorter than it takes to refresh it leaves gaps.
        if (maxAge < Day)
        {
            problems.Warning("sts-policy-max-age-short", value,
                "Sending MTAs refresh a policy about once a day, so this one expires in between and protects nothing. "
                + "Use a week or more.", $"max_age: {Week}", rule: "RFC 8461 §10.2");
        }

        // RFC 8461 §3.2: typically in the range of weeks or greater.
        else if (maxAge < Week)
        {
            problems.Warning("sts-policy-max-age-short", value,
                "An attacker who blocks refreshes outlasts this policy within days. Use a week or more.",
                $"max_age: {Week}");
        }
    }

    private static void AdviseOnPattern(
        MxPattern pattern, Piece value, DomainName? policyDomain, ProblemList problems)
    {
        // RFC 8461 §10.4: a wide wildcard lets any host below it act as MX host.
        if (pattern.IsWildcard && pattern.Name == policyDomain)
        {
            problems.Warning("sts-policy-mx-whole-domain", value,
                "The pattern allows every host directly below the domain to take its mail. Name the MX hosts, or give "
                + "them a subdomain of their own.", rule: "RFC 8461 §10.4");
        }

        else if (pattern.IsWildcard && PublicSuffixList.IsPublicSuffix(pattern.Name))
        {
            problems.Warning("sts-policy-mx-public-suffix", value,
                "The pattern allows names that anyone can register. Name the MX hosts, or give the wildcard a domain "
                + "of your own.", rule: "RFC 8461 §10.4");
        }

        if (IsAddress(pattern))
        {
            problems.Warning("sts-policy-mx-address", value,
                "This is an IPv4 address, which never equals the name in an MX record. Write the name of the MX host.");
        }
    }

    private static bool IsAddress(MxPattern pattern) =>
        !pattern.IsWildcard && pattern.Name.Value.All(letter => char.IsAsciiDigit(letter) || letter == '.');
}
