using Waxseal.Net.Dns.Validation.Records;
using Waxseal.Net.Dns.Validation.Signatures;

namespace Waxseal.Net.Dns.Validation.Chain;

/// <summary>Judges aliases, among them those that a server makes from a DNAME record.</summary>
/// <param name="check">Checks signatures of the zone.</param>
internal sealed class AliasJudge(SetCheck check)
{
    /// <summary>What the signatures over an alias come to.</summary>
    /// <param name="answer">The whole answer.</param>
    /// <param name="alias">Its CNAME records for one name.</param>
    // RFC 6672 §5.3.1: the CNAME record made from a DNAME record has no signature; that of the DNAME record counts.
    public SetVerdict Of(DnsMessage answer, RecordSet alias) =>
        alias.Signatures.IsEmpty && SourceOf(answer, alias) is { } source ? check.OfItself(source) : check.Of(alias);

    /// <summary>Where an alias leads, or null when its data is no name.</summary>
    public static DnsName? TargetOf(RecordSet alias) => NameIn(alias.Records[0]);

    private static RecordSet? SourceOf(DnsMessage answer, RecordSet alias) =>
        RecordSet.All(answer.Answers, DnsType.Dname)
            .FirstOrDefault(source => TargetOf(alias) is { } target && target.Equals(Redirected(alias.Owner, source)));

    // RFC 6672 §2.2: the labels below the owner of the record stay, and its target takes the place of the owner.
    private static DnsName? Redirected(DnsName name, RecordSet source)
    {
        if (name.Equals(source.Owner) || !name.IsAtOrBelow(source.Owner) || NameIn(source.Records[0]) is not { } target)
            return null;

        byte[] wire = [.. name.Wire[..^source.Owner.Wire.Length], .. target.Wire];
        return wire.Length > DnsName.MaxWireLength ? null : DnsName.FromWire(wire);
    }

    private static DnsName? NameIn(DnsRecord record) =>
        RecordName.TryRead(record.Data.Span, 0, out DnsName? name, out _) ? name : null;
}
