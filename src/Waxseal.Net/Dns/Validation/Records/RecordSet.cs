using System.Collections.Immutable;

namespace Waxseal.Net.Dns.Validation.Records;

/// <summary>All records of one name and type, with the signatures over them (RFC 4035 §2.2).</summary>
/// <param name="Owner">The name.</param>
/// <param name="Type">The type.</param>
/// <param name="Records">The records, at least one.</param>
/// <param name="Signatures">The signatures that can be read.</param>
internal sealed record RecordSet(
    DnsName Owner, DnsType Type, ImmutableArray<DnsRecord> Records, ImmutableArray<Signature> Signatures)
{
    /// <summary>The set of a name and type in one section of an answer, or null when there is none.</summary>
    public static RecordSet? Find(ImmutableArray<DnsRecord> section, DnsName owner, DnsType type)
    {
        ImmutableArray<DnsRecord> records =
            [.. section.Where(record => record.Type == type && record.Owner.Equals(owner))];
        return records.IsEmpty ? null : new RecordSet(owner, type, records, SignaturesOf(section, owner, type));
    }

    /// <summary>The sets of a type in one section of an answer.</summary>
    public static IEnumerable<RecordSet> All(ImmutableArray<DnsRecord> section, DnsType type) =>
        from owner in section
            .Where(record => record.Type == type)
            .Select(record => record.Owner)
            .Distinct()
            .Take(ValidationLimits.MaxSets)
        select Find(section, owner, type);

    /// <summary>The name and the type.</summary>
    public override string ToString() => $"{Owner} {DnsTypes.ToWord(Type)}";

    private static ImmutableArray<Signature> SignaturesOf(ImmutableArray<DnsRecord> section, DnsName owner, DnsType type)
    {
        var signatures = ImmutableArray.CreateBuilder<Signature>();
        foreach (DnsRecord record in section)
        {
            if (record.Type == DnsType.Rrsig
                && record.Owner.Equals(owner)
                && Signature.TryRead(record.Data, out Signature? signature)
                && signature.Covered == type
                && signatures.Count < ValidationLimits.MaxSignatures)
            {
                signatures.Add(signature);
            }
        }

        return signatures.DrainToImmutable();
    }
}
