using System.Formats.Asn1;

namespace Waxseal.Protocol.Dane.Matching;

/// <summary>The parts of a certificate that DANE compares, cut out of its DER and not interpreted.</summary>
internal readonly ref struct CertificateParts
{
    private static readonly Asn1Tag Version = new(TagClass.ContextSpecific, 0, isConstructed: true);

    public ReadOnlySpan<byte> Certificate { get; private init; }

    /// <summary>What the issuer signed, with tag and length.</summary>
    public ReadOnlySpan<byte> ToBeSigned { get; private init; }

    /// <summary>The SubjectPublicKeyInfo, with tag and length.</summary>
    public ReadOnlySpan<byte> PublicKey { get; private init; }

    /// <summary>The content of the AlgorithmIdentifier beside the signature.</summary>
    public ReadOnlySpan<byte> SignatureAlgorithm { get; private init; }

    /// <summary>The content of the BIT STRING: one octet that counts unused bits, then the signature.</summary>
    public ReadOnlySpan<byte> Signature { get; private init; }

    // RFC 5280 §4.1: Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue }
    public static bool TryRead(ReadOnlySpan<byte> certificate, out CertificateParts parts)
    {
        parts = default;
        var outer = new DerReader(certificate);
        if (!outer.TryRead(Asn1Tag.Sequence, out ReadOnlySpan<byte> content) || !outer.IsAtEnd)
            return false;

        var reader = new DerReader(content);
        if (!reader.TryRead(Asn1Tag.Sequence, out ReadOnlySpan<byte> signed, out ReadOnlySpan<byte> fields)
            || !reader.TryRead(Asn1Tag.Sequence, out ReadOnlySpan<byte> algorithm)
            || !reader.TryRead(Asn1Tag.PrimitiveBitString, out ReadOnlySpan<byte> signature)
            || !reader.IsAtEnd
            || !TryReadPublicKey(fields, out ReadOnlySpan<byte> publicKey))
        {
            return false;
        }

        parts = new CertificateParts
        {
            Certificate = certificate,
            ToBeSigned = signed,
            PublicKey = publicKey,
            SignatureAlgorithm = algorithm,
            Signature = signature,
        };
        return true;
    }

    // RFC 5280 §4.1: SubjectPublicKeyInfo ::= SEQUENCE { algorithm, subjectPublicKey BIT STRING }
    public static bool IsPublicKey(ReadOnlySpan<byte> der)
    {
        var outer = new DerReader(der);
        if (!outer.TryRead(Asn1Tag.Sequence, out ReadOnlySpan<byte> content) || !outer.IsAtEnd)
            return false;

        var reader = new DerReader(content);
        return reader.TryRead(Asn1Tag.Sequence, out ReadOnlySpan<byte> algorithm)
            && new DerReader(algorithm).TrySkip(Asn1Tag.ObjectIdentifier)
            && reader.TrySkip(Asn1Tag.PrimitiveBitString)
            && reader.IsAtEnd;
    }

    // RFC 5280 §4.1: TBSCertificate ::= SEQUENCE { version, serialNumber, signature, issuer, validity, subject,
    // subjectPublicKeyInfo, ... }
    private static bool TryReadPublicKey(ReadOnlySpan<byte> fields, out ReadOnlySpan<byte> publicKey)
    {
        publicKey = default;
        var reader = new DerReader(fields);
        reader.TrySkip(Version);
        return reader.TrySkip(Asn1Tag.Integer)
            && reader.TrySkip(Asn1Tag.Sequence)
            && reader.TrySkip(Asn1Tag.Sequence)
            && reader.TrySkip(Asn1Tag.Sequence)
            && reader.TrySkip(Asn1Tag.Sequence)
            && reader.TryRead(Asn1Tag.Sequence, out publicKey, out _)
            && IsPublicKey(publicKey);
    }
}
