using System.Collections.Immutable;
using System.Diagnostics;
using Waxseal.Net.Dns.Validation.Records;
using Waxseal.Net.Dns.Validation.Signatures;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Dns.Validation.Chain;

/// <summary>The way into a zone: its keys, held against what is above it (RFC 4035 §5.2).</summary>
/// <param name="zone">The zone.</param>
/// <param name="above">The zone above; null when a trust anchor vouches for the keys.</param>
/// <param name="signers">Which keys are vouched for.</param>
/// <param name="firstEnd">When the first signature on the way here ends.</param>
internal sealed class ZoneEntry(
    DnsName zone, DnsName? above, ImmutableArray<DelegationSigner> signers, DateTimeOffset? firstEnd)
{
    private readonly ImmutableArray<DelegationSigner> _usable = Usable(signers);

    // Such as: the DS records in com
    private string Vouchers
    {
        get
        {
            string plural = signers.Length > 1 ? "s" : "";
            return above is null ? $"the trust anchor{plural} of {zone}" : $"the DS record{plural} in {above}";
        }
    }

    // Such as: the DS records in com name keys 1, 2
    private string Named => _usable.Select(signer => signer.KeyTag).Distinct().ToArray() switch
    {
        [var one] => $"{Vouchers} name{(signers.Length > 1 ? "" : "s")} key {one}",
        var several => $"{Vouchers} name keys {string.Join(", ", several)}",
    };

    /// <summary>The verdict when none of the records is of a kind that can be checked; null when one is.</summary>
    public ChainVerdict? JudgeSigners()
    {
        if (!_usable.IsEmpty)
            return null;

        // RFC 4035 §5.2: with no algorithm or digest that is known, it is as if there were no DS record.
        // Deviation: where other resolvers do know the algorithm, it is not proven that no chain is to be expected.
        byte[] others = [.. signers.Select(signer => signer.Algorithm).Where(SignatureAlgorithms.IsCheckedByOthers)];
        ValidationState state = others.Length > 0 ? ValidationState.Indeterminate : ValidationState.Insecure;
        string kinds = signers.IsEmpty ? "malformed" : string.Join(", ", signers.Select(KindOf).Distinct());
        return new ChainVerdict(
            state, zone, ValidationBreak.UnknownAlgorithm, $"{Vouchers} for {zone} cannot be checked here: {kinds}")
        {
            FirstEnd = firstEnd,
        };
    }

    /// <summary>Holds the zone's answer for its keys against the records.</summary>
    public ChainStep Judge(DnsMessage? answer, DateTimeOffset now)
    {
        DnsQuestion question = new(zone, DnsType.Dnskey);
        if (Fault.Of(question, answer, zone) is { } fault)
            return Over(fault);
        if (RecordSet.Find(answer!.Answers, zone, DnsType.Dnskey) is not { } set)
            return Over(ChainVerdict.Bogus(zone, ValidationBreak.NoKeys, $"{Named}, and {zone} has no DNSKEY records"));

        // RFC 3225 §3: a server that knows DNSSEC repeats DO. One that does not leaves signatures out everywhere.
        if (above is null && set.Signatures.IsEmpty && answer.Edns is not { IsDnssecOk: true })
            return Over(ChainVerdict.Indeterminate(zone, "the resolver gives no signatures: it does not know DNSSEC"));

        ImmutableArray<ZoneKey> keys = KeysIn(set);
        ImmutableArray<ZoneKey> vouched = [.. keys.Where(key => _usable.Any(signer => VouchesFor(signer, key)))];
        return vouched.IsEmpty ? Over(WithoutKey(keys)) : Enter(set, keys, vouched, now);
    }

    private ChainStep Enter(RecordSet set, ImmutableArray<ZoneKey> keys, ImmutableArray<ZoneKey> vouched, DateTimeOffset now)
    {
        // RFC 4035 §5.2: one of the keys that are vouched for has signed all the keys.
        KeyRing secured = new(zone, vouched, Named);
        return new SetCheck(secured, now).OfItself(set) switch
        {
            SetVerdict.Holds holds => new ChainStep.In(
                new SignedZone(zone, Ring(keys), ChainVerdict.Earlier(firstEnd, holds.End)), IsLast: false),
            SetVerdict.Fails failure => Over(ChainVerdict.Broken(zone, failure)),
            _ => throw new UnreachableException(),
        };
    }

    private KeyRing Ring(ImmutableArray<ZoneKey> keys) =>
        new(zone, keys, $"{zone} has {KeyRing.Only(keys.Select(key => key.Tag))}");

    private ChainVerdict WithoutKey(ImmutableArray<ZoneKey> keys)
    {
        string detail = _usable.Any(signer => keys.Any(key => Names(signer, key)))
            ? $"{Named}, and the digest is not that of the key of {zone}"
            : $"{Named}, and {zone} has {KeyRing.Only(keys.Select(key => key.Tag))}";
        return ChainVerdict.Bogus(zone, ValidationBreak.DsWithoutKey, detail);
    }

    private static ImmutableArray<DelegationSigner> Usable(ImmutableArray<DelegationSigner> signers)
    {
        ImmutableArray<DelegationSigner> known =
            [.. signers.Where(signer => SignatureAlgorithms.IsKnown(signer.Algorithm) && KeyDigest.IsKnown(signer.DigestType))];

        // RFC 4509 §3: beside a better digest, SHA-1 is ignored.
        ImmutableArray<DelegationSigner> better = [.. known.Where(signer => signer.DigestType != KeyDigest.Sha1)];
        return better.IsEmpty ? known : better;
    }

    private static ImmutableArray<ZoneKey> KeysIn(RecordSet set)
    {
        var keys = ImmutableArray.CreateBuilder<ZoneKey>();
        foreach (DnsRecord record in set.Records.Take(ValidationLimits.MaxKeys))
        {
            if (ZoneKey.TryRead(record.Data, out ZoneKey? key) && key.IsUsable)
                keys.Add(key);
        }

        return keys.DrainToImmutable();
    }

    private bool VouchesFor(DelegationSigner signer, ZoneKey key) => Names(signer, key) && KeyDigest.Fits(signer, zone, key);

    private static bool Names(DelegationSigner signer, ZoneKey key) =>
        signer.KeyTag == key.Tag && signer.Algorithm == key.Algorithm;

    private static string KindOf(DelegationSigner signer) =>
        SignatureAlgorithms.IsKnown(signer.Algorithm)
            ? $"digest type {signer.DigestType}"
            : $"algorithm {SignatureAlgorithms.NameOf(signer.Algorithm)}";

    private ChainStep.Over Over(ChainVerdict verdict) => new(verdict.After(firstEnd));
}
