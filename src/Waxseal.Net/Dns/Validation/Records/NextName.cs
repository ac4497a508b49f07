using System.Diagnostics.CodeAnalysis;

namespace Waxseal.Net.Dns.Validation.Records;

/// <summary>An NSEC record: which name of the zone comes next, and what the owner has (RFC 4034 §4.1).</summary>
/// <param name="Owner">The name it belongs to.</param>
/// <param name="Next">The next name of the zone that has records; after the last name, the zone itself.</param>
/// <param name="Types">What the owner has.</param>
internal sealed record NextName(DnsName Owner, DnsName Next, TypeMap Types)
{
    public static bool TryRead(DnsRecord record, [NotNullWhen(true)] out NextName? next)
    {
        next = RecordName.TryRead(record.Data.Span, 0, out DnsName? name, out int end)
            && TypeMap.Read(record.Data[end..]) is { } types
                ? new NextName(record.Owner, name, types)
                : null;
        return next is not null;
    }

    /// <summary>Whether the zone has no records at a name, because it lies between the owner and the next name.</summary>
    /// <param name="name">A name of the same zone.</param>
    public bool Covers(DnsName name)
    {
        // RFC 6840 §4.1: what is below a delegation or a DNAME is not the zone's to speak of.
        bool isOther = name.IsAtOrBelow(Owner) && (Types.IsDelegation || Types.Contains(DnsType.Dname));

        // RFC 4034 §4.1.1: the last name points back to the first, the zone itself.
        bool isLast = CanonicalOrder.Compare(Next, Owner) <= 0;
        return !isOther
            && CanonicalOrder.Compare(Owner, name) < 0
            && (isLast || CanonicalOrder.Compare(name, Next) < 0);
    }
}
