using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Facts;

/// <summary>Everything that was gathered about one policy domain in one go, before any of it is judged.</summary>
/// <param name="PolicyDomain">The policy domain, as an A-label name in lower case.</param>
/// <param name="GatheredAt">When gathering began, in UTC.</param>
/// <param name="ElapsedMs">How long gathering took, in milliseconds.</param>
/// <param name="Resolver">The resolver whose answers these are.</param>
/// <param name="Lookups">Every name and type that was asked for, each once.</param>
/// <param name="Zones">The zones these names lie in, with their name servers.</param>
/// <param name="PolicyHost">The policy host at each of its addresses.</param>
/// <param name="MxHosts">The MX hosts, in order of preference.</param>
public sealed record DomainFacts(
    string PolicyDomain,
    DateTimeOffset GatheredAt,
    double ElapsedMs,
    ResolverFacts Resolver,
    ImmutableArray<LookupFacts> Lookups,
    ImmutableArray<ZoneFacts> Zones,
    ImmutableArray<PolicyHostAddressFacts> PolicyHost,
    ImmutableArray<MxHostFacts> MxHosts)
{
    /// <summary>
    /// What our own validation found: for answers that the resolver refused as bogus, and for the MX records, MX hosts and TLSA
    /// records of zones that ought to be signed.
    /// </summary>
    public ImmutableArray<ValidationFacts> Validations { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Whether MX hosts were visited; false when that was switched off.</summary>
    public bool VisitsMxHosts { get; init; } = true;

    /// <summary>What could not be looked at, and why; empty when everything was.</summary>
    public ImmutableArray<string> Omitted { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>What was found for a name and type, or null when it was not asked for.</summary>
    /// <param name="name">The name, without the dot of the root.</param>
    /// <param name="type">The type, such as <c>TXT</c>.</param>
    public LookupFacts? Lookup(string name, string type) =>
        Lookups.FirstOrDefault(lookup => lookup.Type == type && string.Equals(lookup.Name, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>The recursive resolvers that were asked.</summary>
/// <param name="Addresses">Where they were asked.</param>
/// <param name="Validates">Whether they proved to validate; false when one of them showed that it does not, null when neither is certain.</param>
public sealed record ResolverFacts(ImmutableArray<string> Addresses, bool? Validates)
{
    /// <summary>Whether they vouch (AD, RFC 4035 §3.2.3) for the root zone, which is signed; null when they gave no answer.</summary>
    public bool? VouchForSigned { get; init; }

    /// <summary>
    /// Whether they refuse a name whose signatures are known to be bogus; null when they do not give it without checking either.
    /// </summary>
    public bool? RefuseBogus { get; init; }
}
