using System.Collections.Immutable;
using System.Text;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Validation;
using Waxseal.Net.Dns.Validation.Denial;
using Waxseal.Net.Dns.Validation.Records;
using Waxseal.Net.Dns.Validation.Signatures;
using Waxseal.Net.Dns.Wire;

namespace Waxseal.Fuzz.Targets;

/// <summary>The readers of <c>Waxseal.Net/Dns/Validation</c>, and what NSEC and NSEC3 records prove.</summary>
internal static class DnssecTargets
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    // Made at first use: instrumented code must not run before the fuzzer has its memory.
    private static readonly Lazy<DnsName> Hashed = new(() => NameOf("0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.example"));

    public static readonly FuzzTarget Records = new(
        "dnssec-records",
        ReadRecord,
        () =>
        [
            // DNSKEY for RSA and for ECDSA P-256, DS, RRSIG, NSEC and NSEC3.
            Convert.FromHexString("01000308" + "03010001" + new string('c', 256)),
            Convert.FromHexString("0101030d" + "0a1b1d3214a7a39e538c1d51dc3ca94ed267080db2ec6b1950c6ee96607916de380d5f9819f5b3c20bcbd5eb344af2b219d9dcc37d76b3c66ae166948e825931"),
            Convert.FromHexString("4d060d02" + "8acbb0cd28f41250a80a491389424d341522d946b0da0c0291f2d3d771d7805a"),
            Convert.FromHexString("00300d020000012c6a44588069f3ed00d84e" + "076578616d706c65047465737400" + new string('a', 128)),
            Convert.FromHexString("036f6c64076578616d706c65047465737400" + "000700000000000308"),
            Convert.FromHexString("0100000202abcd14" + "e19f8c616ab1e55ada095104f084d93dd32328fb" + "000722010000000280"),
        ],
        "\u0000\u0006\u0040", "\u0014", "\u0007example\u0004test\u0000", "\u0001\u0000\u0003\u0008", "\u0001\u0001\u0003\r")
    {
        Inputs = 20_000,
    };

    public static readonly FuzzTarget Denial = new(
        "dnssec-denial",
        ReadDenial,
        () => Seeds.Folder("dnssec"),
        "\u0001*", "\u0000\u002f\u0000\u0001", "\u0000\u0032\u0000\u0001", "\u0007example\u0004test\u0000", "\u0000\u0006\u0040")
    {
        Inputs = 30_000,
    };

    public static readonly FuzzTarget Anchor = new(
        "trust-anchor",
        ReadAnchors,
        () => Seeds.Texts(
            ". IN DS 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D\n",
            $"; a comment\n\nexample.test.\t3600\tIN\tDS 1 13 4 {new string('a', 48)} {new string('B', 48)} ; in two parts\r\n",
            "example.test in 3600 dnskey 257 3 13 ZQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0A= ;{id = 1 (ksk)}",
            "\\001\\;x.example DS 1 8 1 " + new string('0', 40)),
        " IN ", " DS ", " DNSKEY ", "257 3 13 ", "20326 8 2 ", ";", "\\", "\\;", ". ", "65536", "==");

    private static void ReadRecord(ReadOnlySpan<byte> span)
    {
        byte[] rdata = span.ToArray();
        if (ZoneKey.TryRead(rdata, out ZoneKey? key))
            CheckKey(key, rdata);
        if (DelegationSigner.TryRead(rdata, out DelegationSigner? signer))
            Promise.Kept(signer.Digest.Length == rdata.Length - 4, "All that follows the head of a DS record is its digest.");
        if (Signature.TryRead(rdata, out Signature? signature))
            CheckSignature(signature, rdata);
        if (NextName.TryRead(new DnsRecord(Hashed.Value, DnsType.Nsec, 0, rdata), out NextName? next))
            Promise.Kept(!next.Covers(next.Owner) && !next.Covers(next.Next), "An NSEC record does not cover its own names.");
        if (HashedName.TryRead(new DnsRecord(Hashed.Value, DnsType.Nsec3, 0, rdata), out HashedName? hashed))
            CheckHashed(hashed);
        foreach (DnsType type in (DnsType[])[DnsType.Cname, DnsType.Mx, DnsType.Soa, (DnsType)33, DnsType.Txt])
            CheckForm(type, rdata);
    }

    private static void CheckKey(ZoneKey key, byte[] rdata)
    {
        Promise.Kept(key.PublicKey.Length == rdata.Length - 4, "All that follows the head of a DNSKEY record is the key.");
        foreach (byte type in (byte[])[KeyDigest.Sha1, KeyDigest.Sha256, KeyDigest.Sha384])
        {
            DelegationSigner signer = new(key.Tag, key.Algorithm, type, KeyDigest.Of(type, Hashed.Value, key));
            Promise.Kept(KeyDigest.Fits(signer, Hashed.Value, key), "The digest of a key fits it.");
            Promise.Kept(!KeyDigest.Fits(signer, DnsName.Root, key), "The digest of a key is bound to its zone.");
        }

        // Noise as a key, held against noise as a signature of each length that counts.
        foreach (int length in (int[])[64, 96, key.PublicKey.Length, Math.Max(0, key.PublicKey.Length - 4)])
        {
            byte[] noise = [.. Enumerable.Range(0, length).Select(i => rdata[i % rdata.Length])];
            Promise.Kept(SignatureAlgorithms.Check(key.Algorithm, key.PublicKey.Span, rdata, noise) != SignatureFit.Fits, "Noise is no signature.");
        }
    }

    private static void CheckSignature(Signature signature, byte[] rdata)
    {
        Promise.Kept(signature.Head.Length + signature.Signer.Wire.Length + signature.Octets.Length == rdata.Length, "A signature is read whole.");
        foreach (DateTimeOffset time in (DateTimeOffset[])[signature.BeginOf(Now), signature.EndOf(Now)])
            Promise.Kept(Math.Abs((time - Now).TotalSeconds) <= 1L << 31, "Times lie within 68 years.");
    }

    private static void CheckHashed(HashedName hashed)
    {
        Promise.Kept(!hashed.Covers(hashed.Owner.Span) && !hashed.Covers(hashed.Next.Span), "An NSEC3 record does not cover its own hashes.");
        Promise.Kept(hashed.Owner.Length == hashed.Next.Length, "Hashes are of one length.");
        for (int type = 0; type <= ushort.MaxValue; type += 51)
            hashed.Types.Contains((DnsType)type);
    }

    private static void CheckForm(DnsType type, byte[] rdata)
    {
        byte[] form = CanonicalForm.Of(type, rdata);
        Promise.Kept(form.Length == rdata.Length, "The canonical form changes no length.");
        Promise.Kept(form.AsSpan().SequenceEqual(CanonicalForm.Of(type, form)), "The canonical form has itself as its form.");
    }

    // The records are taken without their signatures, as if a hostile zone had signed them.
    private static void ReadDenial(ReadOnlySpan<byte> wire)
    {
        if (!MessageReader.TryRead(wire, out DnsMessage? message) || message.Question is not { } question)
            return;

        DnsName zone = message.Authority.FirstOrDefault(record => record.Type == DnsType.Soa)?.Owner ?? DnsName.Root;
        List<NextName> names = [];
        List<HashedName> hashes = [];
        foreach (DnsRecord record in message.Authority)
        {
            if (record.Type == DnsType.Nsec && NextName.TryRead(record, out NextName? name))
                names.Add(name);
            else if (record.Type == DnsType.Nsec3 && HashedName.TryRead(record, out HashedName? hash))
                hashes.Add(hash);
        }

        CheckByName([.. names.Take(ValidationLimits.MaxDenials)], question);
        CheckByHash(zone, [.. hashes.Take(ValidationLimits.MaxDenials)], question);
    }

    private static void CheckByName(ImmutableArray<NextName> names, DnsQuestion question)
    {
        NsecDenial denial = new(names);
        DenialProof proof = denial.Of(question.Name, question.Type);
        NextName? own = names.FirstOrDefault(name => name.Owner.Equals(question.Name));
        Promise.Kept(proof.Kind is not (DenialKind.NoName or DenialKind.OptOut or DenialKind.TooManyRounds) || own is null, "A name with a record of its own exists.");
        Promise.Kept(proof.Kind != DenialKind.NoType || own?.Types.Contains(question.Type) != true, "What the record names is not denied.");
        Check(proof);
        for (int labels = 0; labels < question.Name.LabelCount; labels++)
        {
            DenialProof closer = denial.OfCloser(question.Name, question.Name.Last(labels));
            Promise.Kept(closer.Kind is DenialKind.Nothing or DenialKind.NoName, "A closer name is denied or not.");
            Promise.Kept(closer.Kind == DenialKind.Nothing || own is null, "A name with a record of its own needs no wildcard.");
            Check(closer);
        }
    }

    private static void CheckByHash(DnsName zone, ImmutableArray<HashedName> hashes, DnsQuestion question)
    {
        HashedDenial denial = new(zone, hashes);
        bool isTooMuch = !hashes.IsEmpty && hashes.All(hash => hash.Rounds > ValidationLimits.MaxRounds);
        bool isUnknown = hashes.All(hash => !hash.IsKnown || !hash.Zone.Equals(zone));
        CheckHashedProof(denial.Of(question.Name, question.Type));
        for (int labels = 0; labels < question.Name.LabelCount; labels++)
            CheckHashedProof(denial.OfCloser(question.Name, question.Name.Last(labels)));

        void CheckHashedProof(DenialProof proof)
        {
            Promise.Kept(!isTooMuch || proof.Kind is DenialKind.TooManyRounds or DenialKind.Nothing, "Beyond the rounds allowed nothing is proven.");
            Promise.Kept(!isUnknown || proof.Kind == DenialKind.Nothing, "Records of another kind or zone prove nothing.");
            Check(proof);
        }
    }

    private static void Check(DenialProof proof) =>
        Promise.Kept(
            proof.Detail.Length > 0 || proof.Kind is not (DenialKind.Nothing or DenialKind.OptOut or DenialKind.TooManyRounds),
            "What is not proven has a reason.");

    private static void ReadAnchors(ReadOnlySpan<byte> bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        if (!TrustAnchorReader.TryRead(text, out ImmutableArray<TrustAnchor> anchors, out TrustAnchorError? error))
        {
            Promise.Kept(anchors.IsEmpty && error is { Message.Length: > 0 }, "A text that is refused gives no anchors, and a reason.");
            Promise.Kept(error!.Line >= 0 && error.Line <= text.Count(letter => letter == '\n') + 1, "The error lies within the text.");
            return;
        }

        Promise.Kept(!anchors.IsEmpty && error is null, "A text that is taken has an anchor.");
        foreach (TrustAnchor anchor in anchors)
            CheckAnchor(anchor);
    }

    private static void CheckAnchor(TrustAnchor anchor)
    {
        DelegationSigner signer = anchor.Signer;
        Promise.Kept(SignatureAlgorithms.IsKnown(signer.Algorithm), "The algorithm of an anchor can be checked.");
        int length = signer.DigestType switch { KeyDigest.Sha1 => 20, KeyDigest.Sha256 => 32, _ => 48 };
        Promise.Kept(signer.Digest.Length == length, "A digest has the length of its kind.");

        string line = $"{anchor.Zone} DS {signer.KeyTag} {signer.Algorithm} {signer.DigestType} {Convert.ToHexString(signer.Digest.Span)}";
        Promise.Kept(TrustAnchorReader.TryRead(line, out ImmutableArray<TrustAnchor> again, out _), "An anchor reads back.");
        Promise.Kept(
            again[0].Zone.Equals(anchor.Zone)
            && again[0].Signer with { Digest = default } == signer with { Digest = default }
            && again[0].Signer.Digest.Span.SequenceEqual(signer.Digest.Span),
            "An anchor reads back as it was.");
    }

    private static DnsName NameOf(string text) =>
        DnsName.TryParse(text, out DnsName? name) ? name : throw new ArgumentException(text);
}
