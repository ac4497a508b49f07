using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Waxseal.Net.Dns.Validation.Records;

/// <summary>An NSEC3 record: which hashed name of the zone comes next, and what the owner has (RFC 5155 §3).</summary>
internal sealed record HashedName
{
    private const int HeadLength = 5;
    private const byte OptOutFlag = 1;

    private HashedName(DnsName zone, TypeMap types)
    {
        Zone = zone;
        Types = types;
    }

    /// <summary>The zone it is of.</summary>
    public DnsName Zone { get; }

    /// <summary>How names are hashed.</summary>
    public byte Algorithm { get; private init; }

    /// <summary>How often a hash is hashed again.</summary>
    public ushort Rounds { get; private init; }

    /// <summary>What is hashed with each name.</summary>
    public ReadOnlyMemory<byte> Salt { get; private init; }

    /// <summary>The hash of the name it belongs to.</summary>
    public ReadOnlyMemory<byte> Owner { get; private init; }

    /// <summary>The next hash; after the last, the first.</summary>
    public ReadOnlyMemory<byte> Next { get; private init; }

    /// <summary>What the owner has.</summary>
    public TypeMap Types { get; }

    /// <summary>Whether delegations without DS records may lie between the owner and the next (RFC 5155 §3.1.2.1).</summary>
    public bool IsOptOut { get; private init; }

    /// <summary>Whether it says only what is known.</summary>
    // RFC 5155 §8.1: a record with an unknown hash algorithm is ignored.
    // RFC 5155 §8.2: so is one with unknown flags.
    public bool IsKnown { get; private init; }

    // RFC 5155 §3.2: hash algorithm, flags, iterations, salt length, salt, hash length, next hashed owner name, types
    public static bool TryRead(DnsRecord record, [NotNullWhen(true)] out HashedName? hashed)
    {
        hashed = null;
        ReadOnlyMemory<byte> data = record.Data;
        if (data.Length < HeadLength || !TryCut(data[(HeadLength - 1)..], out var salt, out var afterSalt))
            return false;
        if (!TryCut(afterSalt, out var next, out var afterNext) || TypeMap.Read(afterNext) is not { } types)
            return false;

        byte[]? owner = Base32.Decode(record.Owner.Wire[1..(record.Owner.Wire[0] + 1)]);
        if (owner is null || owner.Length != next.Length || next.IsEmpty)
            return false;

        byte flags = data.Span[1];
        hashed = new HashedName(record.Owner.Parent, types)
        {
            Algorithm = data.Span[0],
            Rounds = BinaryPrimitives.ReadUInt16BigEndian(data.Span[2..]),
            Salt = salt,
            Owner = owner,
            Next = next,
            IsOptOut = (flags & OptOutFlag) != 0,
            IsKnown = data.Span[0] == NameHash.Sha1 && (flags & ~OptOutFlag) == 0,
        };
        return true;
    }

    /// <summary>Whether the name with this hash is the owner.</summary>
    public bool Matches(ReadOnlySpan<byte> hash) => hash.SequenceEqual(Owner.Span);

    /// <summary>Whether the zone has no name with this hash (RFC 5155 §8.3).</summary>
    public bool Covers(ReadOnlySpan<byte> hash)
    {
        bool isAfterOwner = Owner.Span.SequenceCompareTo(hash) < 0;
        bool isBeforeNext = hash.SequenceCompareTo(Next.Span) < 0;

        // RFC 5155 §3.1.7: the last hash points to the first.
        bool isLast = Next.Span.SequenceCompareTo(Owner.Span) <= 0;
        return !Matches(hash) && (isLast ? isAfterOwner || isBeforeNext : isAfterOwner && isBeforeNext);
    }

    // An octet of length, and as many octets.
    private static bool TryCut(ReadOnlyMemory<byte> data, out ReadOnlyMemory<byte> field, out ReadOnlyMemory<byte> rest)
    {
        int length = data.IsEmpty ? 0 : data.Span[0];
        bool fits = data.Length > length;
        field = fits ? data.Slice(1, length) : default;
        rest = fits ? data[(length + 1)..] : default;
        return fits;
    }
}
