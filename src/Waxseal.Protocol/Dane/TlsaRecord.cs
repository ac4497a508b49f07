using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Waxseal.Protocol.Dane.Matching;
using Waxseal.Protocol.Dane.Presentation;

namespace Waxseal.Protocol.Dane;

/// <summary>
/// One TLSA record: what the certificate of a TLS server, or of its issuer, has to be (RFC 6698 §2).
/// Any record that can stand on the wire is represented, usable or not; see <see cref="TlsaUsability"/>.
/// </summary>
/// <param name="Usage">Which certificate of the chain is meant, and what it is good for.</param>
/// <param name="Selector">Which part of the certificate is meant.</param>
/// <param name="MatchingType">How that part is written in <paramref name="AssociationData"/>.</param>
/// <param name="AssociationData">The part itself or its digest: the certificate association data.</param>
public sealed record TlsaRecord(
    TlsaUsage Usage, TlsaSelector Selector, TlsaMatchingType MatchingType, ImmutableArray<byte> AssociationData)
{
    /// <summary>The number of the record type in DNS (RFC 6698 §7.1).</summary>
    public const int RecordType = 52;

    // RFC 6698 §2.1: one octet each for usage, selector and matching type, then the data.
    private const int HeadLength = 3;

    /// <summary>Reads the RDATA of a record.</summary>
    /// <param name="rdata">The octets after the length field, uncompressed.</param>
    /// <param name="record">The record, or null.</param>
    /// <returns>
    /// False when the octets are too few for a record. The answer they came in is then malformed, which counts as a
    /// failed lookup (RFC 7672 §2.1.1), not as an absent record.
    /// </returns>
    public static bool TryParse(ReadOnlySpan<byte> rdata, [NotNullWhen(true)] out TlsaRecord? record)
    {
        record = rdata.Length < HeadLength
            ? null
            : new TlsaRecord(
                (TlsaUsage)rdata[0], (TlsaSelector)rdata[1], (TlsaMatchingType)rdata[2], [.. rdata[HeadLength..]]);
        return record is not null;
    }

    /// <summary>Makes the record that a certificate matches.</summary>
    /// <param name="usage">What the certificate is good for.</param>
    /// <param name="selector">Which part of the certificate to publish; an assigned value.</param>
    /// <param name="matchingType">How to write it; an assigned value.</param>
    /// <param name="certificate">The certificate in DER.</param>
    /// <param name="record">The record, or null.</param>
    /// <returns>False when the octets are no certificate.</returns>
    public static bool TryCreate(
        TlsaUsage usage,
        TlsaSelector selector,
        TlsaMatchingType matchingType,
        ReadOnlySpan<byte> certificate,
        [NotNullWhen(true)] out TlsaRecord? record)
    {
        record = CertificateParts.TryRead(certificate, out CertificateParts parts)
            ? new TlsaRecord(usage, selector, matchingType, Association.Of(parts, selector, matchingType))
            : null;
        return record is not null;
    }

    /// <summary>The RDATA of the record.</summary>
    public byte[] ToRdata() => [(byte)Usage, (byte)Selector, (byte)MatchingType, .. AssociationData];

    /// <summary>
    /// The record as reports carry it, <c>3 1 1 1F85…</c>: single spaces, digits in upper case (RFC 8460 §4.5). A record
    /// without data, which only the wire can carry, has the form for any type: <c>\# 3 030101</c> (RFC 3597 §5).
    /// </summary>
    public override string ToString() => AssociationData.IsEmpty
        ? $@"\# {HeadLength} {Convert.ToHexString(ToRdata())}"
        : $"{(byte)Usage} {(byte)Selector} {(byte)MatchingType} {Convert.ToHexString(AssociationData.AsSpan())}";

    /// <summary>Usage, selector and matching type in words: <c>DANE-EE(3) SPKI(1) SHA2-256(1)</c>.</summary>
    // RFC 7218 §2
    public string ToAcronyms() => string.Join(
        ' ',
        Acronyms.Describe(RecordPart.Usage, (byte)Usage),
        Acronyms.Describe(RecordPart.Selector, (byte)Selector),
        Acronyms.Describe(RecordPart.MatchingType, (byte)MatchingType));

    /// <summary>Whether both records have the same octets on the wire.</summary>
    public bool Equals(TlsaRecord? other) =>
        other is not null
        && Usage == other.Usage
        && Selector == other.Selector
        && MatchingType == other.MatchingType
        && AssociationData.AsSpan().SequenceEqual(other.AssociationData.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Usage);
        hash.Add(Selector);
        hash.Add(MatchingType);
        hash.AddBytes(AssociationData.AsSpan());
        return hash.ToHashCode();
    }
}
