using Waxseal.Net.Dns;

namespace Waxseal.Lab.Signing;

/// <summary>What an authoritative server of one zone answers to one question (RFC 4035 §3.1).</summary>
internal sealed class LabAnswer(SignedZone zone, DnsName name, DnsType type)
{
    public List<DnsRecord> Answers { get; } = [];

    public List<DnsRecord> Authority { get; } = [];

    public DnsRcode Rcode { get; private set; }

    /// <summary>Fills the answer in.</summary>
    /// <returns>Where to go on, when the name is an alias.</returns>
    public DnsName? Find()
    {
        if (Exists(name))
            return TakeOrDeny(name);
        if (Redirection() is { } redirection)
            return Redirect(redirection);

        DnsName closest = name.Parent;
        while (!Exists(closest))
            closest = closest.Parent;
        DnsName nextCloser = name.Last(closest.LabelCount + 1);
        DnsName wildcard = Below("*", closest);
        if (zone.Denial != LabDenial.Nsec && !IsPlainAnswer(wildcard))
            Prove(closest);
        Prove(zone.Denial == LabDenial.Nsec ? name : nextCloser);
        if (Exists(wildcard))
            return TakeOrDeny(wildcard);

        Rcode = DnsRcode.NxDomain;
        Prove(wildcard);
        AddSoa();
        return null;
    }

    private DnsName? TakeOrDeny(DnsName owner)
    {
        if (Take(owner, type))
            return null;
        if (Take(owner, DnsType.Cname))
            return DnsName.FromWire(At(owner, DnsType.Cname)[0].Data.Span);

        // With opt-out, a delegation may have no record of its own.
        if (zone is { IsSigned: true, Denial: LabDenial.Nsec3OptOut })
            Prove(owner.Parent);
        Prove(owner);
        AddSoa();
        return null;
    }

    private bool IsPlainAnswer(DnsName wildcard) => At(wildcard, type).Count + At(wildcard, DnsType.Cname).Count > 0;

    // RFC 4035 §3.1.3.3: records of a wildcard are given as if they were of the name, their signature as it is.
    private bool Take(DnsName owner, DnsType wanted)
    {
        List<DnsRecord> records = At(owner, wanted);
        Answers.AddRange(records.Concat(SignaturesAt(owner, wanted)).Select(record => record with { Owner = name }));
        return records.Count > 0;
    }

    private DnsRecord? Redirection() =>
        zone.Published.FirstOrDefault(record => record.Type == DnsType.Dname && name.IsAtOrBelow(record.Owner));

    private DnsName Redirect(DnsRecord redirection)
    {
        byte[] target = [.. name.Wire[..^redirection.Owner.Wire.Length], .. redirection.Data.Span];
        Answers.AddRange([redirection, .. SignaturesAt(redirection.Owner, DnsType.Dname)]);
        Answers.Add(new DnsRecord(name, DnsType.Cname, redirection.Ttl, target));
        return DnsName.FromWire(target);
    }

    private void AddSoa() => Authority.AddRange(At(zone.Name, DnsType.Soa).Concat(SignaturesAt(zone.Name, DnsType.Soa)));

    private void Prove(DnsName what)
    {
        if (!zone.IsSigned)
            return;

        DnsName owner = zone.OwnerOfProof(what);
        DnsType proof = zone.Denial == LabDenial.Nsec ? DnsType.Nsec : DnsType.Nsec3;
        foreach (DnsRecord record in At(owner, proof).Concat(SignaturesAt(owner, proof)))
        {
            if (!Authority.Contains(record))
                Authority.Add(record);
        }
    }

    // A name exists, too, when there are only names below it; hashed owners are no names.
    private bool Exists(DnsName owner) => zone.Records.Any(record => record.Owner.IsAtOrBelow(owner));

    private List<DnsRecord> At(DnsName owner, DnsType wanted) =>
        [.. zone.Published.Where(record => record.Owner.Equals(owner) && record.Type == wanted)];

    private IEnumerable<DnsRecord> SignaturesAt(DnsName owner, DnsType covered) =>
        zone.Published.Where(record => record.Owner.Equals(owner) && ZoneSigner.Covers(record, covered));

    private static DnsName Below(string label, DnsName name) =>
        name.TryBelow(label, out DnsName? below) ? below : throw new InvalidOperationException($"{label} below {name}");
}
