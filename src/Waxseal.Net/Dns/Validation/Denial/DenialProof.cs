using Waxseal.Net.Dns.Validation.Records;

namespace Waxseal.Net.Dns.Validation.Denial;

/// <summary>What is proven of a name and type that the answer has no records for.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Detail">More of it in a sentence; empty when there is nothing to add.</param>
internal sealed record DenialProof(DenialKind Kind, string Detail = "")
{
    /// <summary>Nothing is proven.</summary>
    public static DenialProof None(string why) => new(DenialKind.Nothing, why);

    /// <summary>What the record of the name itself proves.</summary>
    /// <param name="name">The name.</param>
    /// <param name="type">The type.</param>
    /// <param name="types">The types it has.</param>
    public static DenialProof OfTypes(DnsName name, DnsType type, TypeMap types)
    {
        // RFC 6840 §4.3: with CNAME at the name, there would be an alias instead of no data.
        if (types.Contains(type) || types.Contains(DnsType.Cname))
            return None($"by the proof itself, {name} has {(types.Contains(type) ? type : DnsType.Cname).ToWord()} records");

        // RFC 4035 §5.4: DS records are above a zone cut; only the root has nothing above it.
        if (type == DnsType.Ds && types.Contains(DnsType.Soa) && !name.Equals(DnsName.Root))
            return None($"the proof about DS records comes from {name} itself, not from the zone above");

        // RFC 6840 §4.1: of what is delegated, the zone above can tell only about DS.
        if (type != DnsType.Ds && types.IsDelegation)
            return None($"the proof comes from the zone above {name}, which is delegated");

        return new DenialProof(types.IsDelegation ? DenialKind.Delegation : DenialKind.NoType);
    }
}

/// <summary>What a proof comes to.</summary>
internal enum DenialKind
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>The name does not have the type.</summary>
    NoType,

    /// <summary>The name is a delegation and has no DS records.</summary>
    Delegation,

    /// <summary>The name does not exist, and no wildcard stands for it with this type.</summary>
    NoName,

    /// <summary>The zone leaves room for delegations without DS records, and says nothing of them.</summary>
    OptOut,

    /// <summary>The proof takes more rounds of hashing than are made.</summary>
    TooManyRounds,
}
