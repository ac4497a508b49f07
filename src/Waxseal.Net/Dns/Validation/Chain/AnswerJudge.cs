using System.Diagnostics;
using Waxseal.Net.Dns.Validation.Denial;
using Waxseal.Net.Dns.Validation.Records;
using Waxseal.Net.Dns.Validation.Signatures;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Dns.Validation.Chain;

/// <summary>Judges the answer to the question itself by the keys of its zone (RFC 4035 §5.3, §5.4).</summary>
/// <param name="zone">The zone.</param>
/// <param name="now">The time.</param>
internal sealed class AnswerJudge(SignedZone zone, DateTimeOffset now)
{
    private readonly SetCheck _check = new(zone.Keys, now);

    /// <summary>Whether an answer has a signature that this zone is named as the signer of.</summary>
    public bool IsSigner(DnsMessage? answer) =>
        answer is not null && answer.Answers.Concat(answer.Authority).Any(
            record => record.Type == DnsType.Rrsig
                && Signature.TryRead(record.Data, out Signature? signature)
                && signature.Signer.Equals(zone.Name));

    /// <summary>What an answer comes to.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="answer">The answer, or null.</param>
    public ChainVerdict Of(DnsQuestion question, DnsMessage? answer)
    {
        if (Fault.Of(question, answer, zone.Name) is { } fault)
            return fault.After(zone.FirstEnd);

        ChainVerdict verdict =
            RecordSet.Find(answer!.Answers, question.Name, question.Type) is { } set ? OfSet(answer, set)
            : RecordSet.Find(answer.Answers, question.Name, DnsType.Cname) is { } alias ? OfAlias(answer, alias)
            : OfDenial(question, DenialRecords.Of(answer, zone.Name, _check));
        return verdict.After(zone.FirstEnd);
    }

    private ChainVerdict OfAlias(DnsMessage answer, RecordSet alias) =>
        AliasJudge.TargetOf(alias) is { } target
            ? OfSet(answer, alias) with { Alias = target }
            : ChainVerdict.Indeterminate(zone.Name, $"the target of {alias} cannot be read");

    private ChainVerdict OfSet(DnsMessage answer, RecordSet set)
    {
        SetVerdict verdict = set.Type == DnsType.Cname ? new AliasJudge(_check).Of(answer, set) : _check.Of(set);
        return verdict switch
        {
            SetVerdict.Fails failure => ChainVerdict.Broken(zone.Name, failure),
            SetVerdict.Holds holds when IsFromWildcard(set, holds.Signature) => OfWildcard(answer, set, holds).After(holds.End),
            SetVerdict.Holds holds => ChainVerdict.Secure(zone.Name).After(holds.End),
            _ => throw new UnreachableException(),
        };
    }

    // RFC 4035 §5.3.4: with fewer labels than the name, it has to be proven that nothing closer to the name exists.
    private ChainVerdict OfWildcard(DnsMessage answer, RecordSet set, SetVerdict.Holds holds)
    {
        DenialRecords records = DenialRecords.Of(answer, zone.Name, _check);
        DenialProof proof = records.ProofOfWildcard(set.Owner, set.Owner.Last(holds.Signature.Labels));
        return OfProof(records, proof, proof.Detail);
    }

    private ChainVerdict OfDenial(DnsQuestion question, DenialRecords records)
    {
        DenialProof proof = records.Proof(question.Name, question.Type);
        return OfProof(records, proof, $"it is not proven that there are no {question} records: {proof.Detail}");
    }

    private ChainVerdict OfProof(DenialRecords records, DenialProof proof, string notProven) => proof.Kind switch
    {
        DenialKind.NoType or DenialKind.NoName or DenialKind.Delegation => ChainVerdict.Secure(zone.Name).After(records.FirstEnd),
        DenialKind.OptOut or DenialKind.TooManyRounds => ChainVerdict.Insecure(zone.Name, proof.Detail).After(records.FirstEnd),
        _ when records.Failure is { } failure => ChainVerdict.Broken(zone.Name, failure),
        _ => ChainVerdict.Bogus(zone.Name, ValidationBreak.NoDenial, notProven),
    };

    // The signature of an alias made from a DNAME record is that of the DNAME record, whose owner has its own labels.
    private static bool IsFromWildcard(RecordSet set, Signature signature) =>
        signature.Covered == set.Type && signature.Labels < SignedForm.LabelsOf(set.Owner);
}
