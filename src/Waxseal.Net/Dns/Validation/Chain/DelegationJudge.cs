using System.Collections.Immutable;
using System.Diagnostics;
using Waxseal.Net.Dns.Validation.Denial;
using Waxseal.Net.Dns.Validation.Records;
using Waxseal.Net.Dns.Validation.Signatures;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Dns.Validation.Chain;

/// <summary>Judges answers to questions for DS records (RFC 4035 §5.2).</summary>
/// <param name="zone">The zone that answers.</param>
/// <param name="now">The time.</param>
internal sealed class DelegationJudge(SignedZone zone, DateTimeOffset now)
{
    private readonly SetCheck _check = new(zone.Keys, now);

    /// <summary>What the zone says about a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="answer">The answer, or null.</param>
    public Delegation Of(DnsName name, DnsMessage? answer)
    {
        DnsQuestion question = new(name, DnsType.Ds);
        if (Fault.Of(question, answer, zone.Name) is { } fault)
            return Over(fault);
        if (RecordSet.Find(answer!.Answers, name, DnsType.Ds) is { } set)
            return OfSigners(set);

        // An alias has no other records (RFC 1034 §3.6.2), so it is no zone; its target may be elsewhere.
        return RecordSet.Find(answer.Answers, name, DnsType.Cname) is { } alias
            ? OfAlias(answer, alias)
            : OfDenial(question, DenialRecords.Of(answer, zone.Name, _check));
    }

    private Delegation OfSigners(RecordSet set) => _check.OfItself(set) switch
    {
        SetVerdict.Holds holds => new Delegation.Signed(SignersIn(set), holds.End),
        SetVerdict.Fails failure => Over(ChainVerdict.Broken(zone.Name, failure)),
        _ => throw new UnreachableException(),
    };

    private static ImmutableArray<DelegationSigner> SignersIn(RecordSet set)
    {
        var signers = ImmutableArray.CreateBuilder<DelegationSigner>();
        foreach (DnsRecord record in set.Records.Take(ValidationLimits.MaxKeys))
        {
            if (DelegationSigner.TryRead(record.Data, out DelegationSigner? signer))
                signers.Add(signer);
        }

        return signers.DrainToImmutable();
    }

    private Delegation OfAlias(DnsMessage answer, RecordSet alias) =>
        new AliasJudge(_check).Of(answer, alias) is SetVerdict.Fails failure
            ? Over(ChainVerdict.Broken(zone.Name, failure))
            : new Delegation.Same();

    private Delegation OfDenial(DnsQuestion question, DenialRecords records)
    {
        DenialProof proof = records.Proof(question.Name, question.Type);
        return proof.Kind switch
        {
            DenialKind.NoType => new Delegation.Same(),
            DenialKind.NoName => new Delegation.Nothing(),

            // RFC 4035 §5.2: with proof that there is no DS record, what is below is not signed.
            DenialKind.Delegation => Insecure(records, $"{zone.Name} proves that {question.Name} has no DS record"),
            DenialKind.OptOut or DenialKind.TooManyRounds => Insecure(records, proof.Detail),
            _ => Over(NotProven(question, records.Failure, proof.Detail)),
        };
    }

    private Delegation.Over Insecure(DenialRecords records, string detail) =>
        Over(ChainVerdict.Insecure(zone.Name, detail).After(records.FirstEnd));

    private ChainVerdict NotProven(DnsQuestion question, SetVerdict.Fails? failure, string detail) =>
        failure is not null
            ? ChainVerdict.Broken(zone.Name, failure)
            : ChainVerdict.Bogus(
                zone.Name,
                ValidationBreak.NoDenial,
                $"{zone.Name} does not prove that {question.Name} has no DS record: {detail}");

    private Delegation.Over Over(ChainVerdict verdict) => new(verdict.After(zone.FirstEnd));
}
