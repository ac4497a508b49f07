using Waxseal.Net.Dns.Validation.Records;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Dns.Validation.Signatures;

/// <summary>Checks the signatures over sets of records with the keys of one zone (RFC 4035 §5.3).</summary>
/// <param name="keys">The keys.</param>
/// <param name="now">The time.</param>
internal sealed class SetCheck(KeyRing keys, DateTimeOffset now)
{
    // From the signature that says least about why nothing holds to the one that says most.
    private static readonly ValidationBreak[] Telling =
    [
        ValidationBreak.UnknownKey,
        ValidationBreak.SignatureNotYetValid,
        ValidationBreak.SignatureExpired,
        ValidationBreak.SignatureWrong,
        ValidationBreak.UnknownAlgorithm,
    ];

    /// <summary>Checks one set.</summary>
    public SetVerdict Of(RecordSet set)
    {
        SetVerdict.Fails? nearest = null;
        int tries = 0;
        foreach (Signature signature in set.Signatures)
        {
            SetVerdict verdict = Check(set, signature, ref tries);
            if (verdict is not SetVerdict.Fails failure)
                return verdict;
            if (nearest is null || Array.IndexOf(Telling, failure.Break) > Array.IndexOf(Telling, nearest.Break))
                nearest = failure;
        }

        // RFC 4035 §5.3.1: a set without a signature that could hold is not authentic.
        return nearest ?? new SetVerdict.Fails(ValidationBreak.NoSignature, $"there is no signature of {set}");
    }

    /// <summary>Checks one set of a type that wildcards must not stand for.</summary>
    // RFC 4592 §4: NS, DNAME and DS records of a wildcard have no sound meaning for the names it stands for.
    public SetVerdict OfItself(RecordSet set) =>
        Of(set) switch
        {
            SetVerdict.Holds { Signature: var signature } when signature.Labels < SignedForm.LabelsOf(set.Owner) =>
                Wrong(signature, $"the signature of {set} by key {signature.KeyTag} is for a wildcard"),
            var verdict => verdict,
        };

    private SetVerdict Check(RecordSet set, Signature signature, ref int tries)
    {
        string subject = $"the signature of {set} by key {signature.KeyTag}";
        ZoneKey[] candidates = [.. keys.Keys.Where(key => IsOf(signature, key))];

        // RFC 4035 §5.3.1: the signer is the zone the records are in.
        if (!signature.Signer.Equals(keys.Zone))
            return Fails(ValidationBreak.UnknownKey, $"{set} is signed by {signature.Signer}, and is in the zone {keys.Zone}");
        if (candidates.Length == 0)
            return Fails(ValidationBreak.UnknownKey, $"{set} is signed by key {signature.KeyTag}, and {keys.Description}");

        // RFC 4035 §5.3.1: the labels are no more than those of the owner.
        if (signature.Labels > SignedForm.LabelsOf(set.Owner))
            return Fails(ValidationBreak.SignatureWrong, $"{subject} is for a name of {signature.Labels} labels");

        // RFC 4035 §5.3.1: inception <= now <= expiration
        if (now > signature.EndOf(now))
            return Fails(ValidationBreak.SignatureExpired, $"{subject} ended {Moment.Text(signature.EndOf(now))}");
        if (now < signature.BeginOf(now))
            return Fails(ValidationBreak.SignatureNotYetValid, $"{subject} begins {Moment.Text(signature.BeginOf(now))}");
        if (!SignatureAlgorithms.IsKnown(signature.Algorithm))
            return Unknown(subject, signature);

        return TryKeys(set, signature, subject, candidates, ref tries);

        SetVerdict.Fails Fails(ValidationBreak what, string detail) => new(what, detail) { End = signature.EndOf(now) };
    }

    private SetVerdict TryKeys(RecordSet set, Signature signature, string subject, ZoneKey[] candidates, ref int tries)
    {
        byte[] signed = SignedForm.Of(set, signature);
        foreach (ZoneKey key in candidates)
        {
            if (tries++ >= ValidationLimits.MaxTries)
                return Wrong(signature, $"none of the first {ValidationLimits.MaxTries} pairs of signature and key for {set} fits");

            switch (SignatureAlgorithms.Check(key.Algorithm, key.PublicKey.Span, signed, signature.Octets.Span))
            {
                case SignatureFit.Fits:
                    return new SetVerdict.Holds(signature, signature.EndOf(now));
                case SignatureFit.Unknown:
                    return Unknown(subject, signature);
                default:
                    continue;
            }
        }

        return Wrong(signature, $"{subject} does not fit the records");
    }

    // RFC 4035 §5.3.1: owner, algorithm and tag of the key are those that the signature names.
    private static bool IsOf(Signature signature, ZoneKey key) =>
        key.Tag == signature.KeyTag && key.Algorithm == signature.Algorithm;

    private SetVerdict.Fails Wrong(Signature signature, string detail) =>
        new(ValidationBreak.SignatureWrong, detail) { End = signature.EndOf(now) };

    private SetVerdict.Fails Unknown(string subject, Signature signature) =>
        new(
            ValidationBreak.UnknownAlgorithm,
            $"{subject} is made with {SignatureAlgorithms.NameOf(signature.Algorithm)}, which cannot be checked here")
        {
            End = signature.EndOf(now),
        };
}
