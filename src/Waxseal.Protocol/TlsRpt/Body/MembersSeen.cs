namespace Waxseal.Protocol.TlsRpt.Body;

/// <summary>The members one object has had so far.</summary>
internal struct MembersSeen
{
    private uint _known;
    private HashSet<string>? _unknown;

    public int Count { get; private set; }

    /// <summary>Whether the object has had a member.</summary>
    public readonly bool Contains(ReportMember member) => (_known & (1u << (int)member)) != 0;

    /// <summary>Adds a member; false when the object has had it before.</summary>
    public bool TryAdd(ReportMember member)
    {
        uint bit = 1u << (int)member;
        bool isNew = (_known & bit) == 0;
        _known |= bit;
        Count++;
        return isNew;
    }

    /// <summary>Adds a member the standard does not know; false when the object has had it before.</summary>
    public bool TryAdd(string unknownName)
    {
        Count++;
        return (_unknown ??= new(StringComparer.Ordinal)).Add(unknownName);
    }
}
