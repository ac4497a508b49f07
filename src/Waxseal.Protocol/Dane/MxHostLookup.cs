using System.Collections.Immutable;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.Dane;

/// <summary>What is known about one MX host before its TLSA records are asked for.</summary>
/// <param name="NextHop">The next-hop domain, before any alias.</param>
/// <param name="Mx">What the look-up of its MX records found.</param>
/// <param name="MxHost">
/// The MX host as the MX record names it; the next-hop domain where there are no MX records.
/// </param>
/// <param name="Aliases">The aliases met while the addresses of the MX host were looked up, in order.</param>
/// <param name="Address">What the address look-ups found at the end of the aliases.</param>
public sealed record MxHostLookup(
    DomainName NextHop, MxFinding Mx, DomainName MxHost, ImmutableArray<CnameStep> Aliases, DnsFinding Address)
{
    /// <summary>The name whose MX records were used: <see cref="NextHop"/> after all aliases.</summary>
    public DomainName ExpandedNextHop { get; init; } = NextHop;

    /// <summary>The TCP port of the connection, 1 to 65535.</summary>
    public int Port { get; init; } = 25;

    /// <summary>
    /// The names to look for TLSA records at, in order. The first with a secure RRset is the one that counts.
    /// </summary>
    /// <returns>One or two candidates, or none when DANE does not apply to the MX host.</returns>
    public ImmutableArray<TlsaCandidate> Candidates() =>
        [.. BaseDomains().Distinct().Select(Candidate).Where(candidate => candidate.CanExist)];

    // RFC 7672 §2.2.2 and §2.2.3: which names can be the TLSA base domain. Names between the first and the last alias
    // never are.
    private ImmutableArray<DomainName> BaseDomains()
    {
        if (Mx is not (MxFinding.Secure or MxFinding.Insecure or MxFinding.Absent) || !HasAddress)
            return [];

        // RFC 7672 §2.1.3: after one insecure alias everything is insecure.
        bool isSecure = Address == DnsFinding.Secure && Aliases.All(alias => alias.IsSecure);
        if (Aliases.IsEmpty)
            return isSecure ? [MxHost] : [];
        if (isSecure)
            return [Aliases[^1].Target, MxHost];
        return Aliases[0].IsSecure ? [MxHost] : [];
    }

    private bool HasAddress => Address is DnsFinding.Secure or DnsFinding.Insecure;

    private TlsaCandidate Candidate(DomainName baseDomain) => new(baseDomain, Port, ReferenceIds(baseDomain));

    // RFC 7672 §3.2.2: the TLSA base domain always comes first.
    private ImmutableArray<DomainName> ReferenceIds(DomainName baseDomain) => Mx switch
    {
        // RFC 7672 §3.2.2: a secure MX adds the next-hop domain as it was and as its aliases end.
        MxFinding.Secure => [.. new[] { baseDomain, NextHop, ExpandedNextHop }.Distinct()],

        // RFC 7672 §3.2.2: without MX the next-hop domain is added where its alias is the base domain.
        MxFinding.Absent => [.. new[] { baseDomain, NextHop }.Distinct()],

        // RFC 7672 §3.2.2: an insecure MX vouches for no name but that of the MX host itself.
        _ => [baseDomain],
    };
}

/// <summary>One CNAME met during a look-up.</summary>
/// <param name="Owner">The name that is an alias.</param>
/// <param name="Target">The name it stands for.</param>
/// <param name="IsSecure">Whether DNSSEC proved this CNAME.</param>
public sealed record CnameStep(DomainName Owner, DomainName Target, bool IsSecure);
