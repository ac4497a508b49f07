using Waxseal.Net.Dns.Validation.Records;
using Waxseal.Net.Dns.Validation.Signatures;

namespace Waxseal.Net.Dns.Validation.Denial;

/// <summary>The NSEC and NSEC3 records of an answer whose signatures hold.</summary>
internal sealed class DenialRecords
{
    private readonly DnsName _zone;
    private readonly List<NextName> _names = [];
    private readonly List<HashedName> _hashes = [];

    private DenialRecords(DnsName zone) => _zone = zone;

    /// <summary>The first of them whose signature does not hold; null when all hold.</summary>
    public SetVerdict.Fails? Failure { get; private set; }

    /// <summary>When the first of the signatures ends.</summary>
    public DateTimeOffset? FirstEnd { get; private set; }

    /// <summary>Takes them out of the authority section (RFC 4035 §3.1.3, RFC 5155 §7.2).</summary>
    /// <param name="message">The answer.</param>
    /// <param name="zone">The zone they have to be of.</param>
    /// <param name="check">Checks their signatures.</param>
    public static DenialRecords Of(DnsMessage message, DnsName zone, SetCheck check)
    {
        DenialRecords records = new(zone);
        IEnumerable<RecordSet> sets = RecordSet.All(message.Authority, DnsType.Nsec)
            .Concat(RecordSet.All(message.Authority, DnsType.Nsec3))
            .Where(set => set.Owner.IsAtOrBelow(zone) && (set.Signatures.IsEmpty || set.Signatures.Any(IsOfZone)));
        foreach (RecordSet set in sets.Take(ValidationLimits.MaxDenials))
            records.Add(set, check.Of(set));
        return records;

        // RFC 6840 §4.1: at a zone cut there are records of both zones, and the signer tells whose they are.
        bool IsOfZone(Signature signature) => signature.Signer.Equals(zone);
    }

    /// <summary>What is proven of a name and type.</summary>
    public DenialProof Proof(DnsName name, DnsType type) =>
        Proof(nsec => nsec.Of(name, type), nsec3 => nsec3.Of(name, type));

    /// <summary>Whether no name exists that is closer to a name than the wildcard its records come from.</summary>
    /// <param name="name">The name.</param>
    /// <param name="closest">What the wildcard is below.</param>
    public DenialProof ProofOfWildcard(DnsName name, DnsName closest) =>
        Proof(nsec => nsec.OfCloser(name, closest), nsec3 => nsec3.OfCloser(name, closest));

    private DenialProof Proof(Func<NsecDenial, DenialProof> byName, Func<HashedDenial, DenialProof> byHash)
    {
        if (_names.Count > 0)
            return byName(new NsecDenial([.. _names]));
        if (_hashes.Count > 0)
            return byHash(new HashedDenial(_zone, [.. _hashes]));
        return DenialProof.None($"the answer has no NSEC or NSEC3 records of {_zone}");
    }

    private void Add(RecordSet set, SetVerdict verdict)
    {
        switch (verdict)
        {
            case SetVerdict.Fails failure:
                Failure ??= failure;
                break;

            // RFC 4035 §5.4: records that stand for a wildcard are no proof; their owner says nothing of what is beside it.
            case SetVerdict.Holds holds when holds.Signature.Labels == SignedForm.LabelsOf(set.Owner) && TryAdd(set):
                FirstEnd = FirstEnd is { } end && end < holds.End ? end : holds.End;
                break;
        }
    }

    private bool TryAdd(RecordSet set)
    {
        // A name has one such record; more than one would be more work than any proof takes.
        DnsRecord record = set.Records[0];
        if (set.Type == DnsType.Nsec && NextName.TryRead(record, out NextName? name))
            _names.Add(name);
        else if (set.Type == DnsType.Nsec3 && HashedName.TryRead(record, out HashedName? hash))
            _hashes.Add(hash);
        else
            return false;
        return true;
    }
}
