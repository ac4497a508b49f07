using System.Security.Cryptography;
using Waxseal.Protocol.Dane.Matching;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Dane.Presentation;

/// <summary>Something wrong or unwise about what one record says, whatever the way it is written.</summary>
internal sealed record RecordAdvice(string Code, ProblemSeverity Severity, RecordPart Part, string Message, string Rule)
{
    public static IEnumerable<RecordAdvice> On(TlsaRecord record) =>
        new[] { OnUsage(record), OnSelector(record), OnMatchingType(record), OnData(record) }.OfType<RecordAdvice>();

    /// <summary>
    /// The record that was presumably meant and is best published, or null where only the author can know it.
    /// </summary>
    public static TlsaRecord? Correct(TlsaRecord record)
    {
        TlsaUsage usage = record.Usage switch
        {
            TlsaUsage.PkixTa => TlsaUsage.DaneTa,
            TlsaUsage.PkixEe => TlsaUsage.DaneEe,
            _ => record.Usage,
        };
        bool isMeant = usage is TlsaUsage.DaneTa or TlsaUsage.DaneEe && record.Selector <= TlsaSelector.Spki;
        if (!isMeant || IsOfNothing(record))
            return null;

        ReadOnlySpan<byte> data = record.AssociationData.AsSpan();

        // RFC 7672 §3.1: 3 1 1 is best, 2 0 1 second best.
        TlsaSelector best = usage == TlsaUsage.DaneEe ? TlsaSelector.Spki : TlsaSelector.Cert;
        if (TlsaRecord.TryCreate(usage, best, TlsaMatchingType.Sha256, data, out TlsaRecord? recommended))
            return recommended;
        if (CertificateParts.IsPublicKey(data))
            return new TlsaRecord(usage, TlsaSelector.Spki, TlsaMatchingType.Sha256, [.. SHA256.HashData(data)]);
        return data.Length switch
        {
            SHA256.HashSizeInBytes => record with { Usage = usage, MatchingType = TlsaMatchingType.Sha256 },
            SHA512.HashSizeInBytes => record with { Usage = usage, MatchingType = TlsaMatchingType.Sha512 },
            _ => null,
        };
    }

    /// <summary>Reports the advice. A sender reads past the errors of a record, and does not use it.</summary>
    public void AddTo(ProblemList problems, Piece word, bool needsAuthor)
    {
        if (Severity == ProblemSeverity.Error)
            problems.Unusable(Code, word, Message, rule: Rule, needsAuthor: needsAuthor);
        else
            problems.Warning(Code, word, Message, rule: Rule, needsAuthor: needsAuthor);
    }

    private static RecordAdvice? OnUsage(TlsaRecord record) => record.Usage switch
    {
        TlsaUsage.DaneTa or TlsaUsage.DaneEe => null,
        TlsaUsage.PkixTa or TlsaUsage.PkixEe => Warning(
            "tlsa-usage-pkix",
            RecordPart.Usage,
            $"Senders of mail cannot use usage {(byte)record.Usage}, which rests on public CAs. Use 3 for the certificate "
                + "of the MX host, or 2 for that of its issuer.",
            "RFC 7672 §3.1.3"),
        _ => Error(
            "tlsa-usage-unassigned",
            RecordPart.Usage,
            $"Usage {(byte)record.Usage} has no meaning, so no sender can use the record. Use 3, or 2 for an issuer.",
            "RFC 6698 §4.1"),
    };

    private static RecordAdvice? OnSelector(TlsaRecord record) => record switch
    {
        { Selector: > TlsaSelector.Spki } => Error(
            "tlsa-selector-unassigned",
            RecordPart.Selector,
            $"Selector {(byte)record.Selector} has no meaning, so no sender can use the record. Use 1 for the key, or 0 "
                + "for the whole certificate.",
            "RFC 6698 §4.1"),
        { Usage: TlsaUsage.DaneTa, Selector: TlsaSelector.Spki } => Warning(
            "tlsa-anchor-key",
            RecordPart.Selector,
            "With the key alone, limits in the certificate of the issuer do not bind its subsidiaries. Use 2 0 1.",
            "RFC 7672 §3.1.2"),
        { Usage: TlsaUsage.DaneEe, Selector: TlsaSelector.Cert } => Warning(
            "tlsa-leaf-certificate",
            RecordPart.Selector,
            "Every renewal of the certificate breaks this record, even with the same key. Use 3 1 1.",
            "RFC 7672 §3.1.1"),
        _ => null,
    };

    private static RecordAdvice? OnMatchingType(TlsaRecord record) => record.MatchingType switch
    {
        > TlsaMatchingType.Sha512 => Error(
            "tlsa-matching-type-unassigned",
            RecordPart.MatchingType,
            $"Matching type {(byte)record.MatchingType} has no meaning, so no sender can use the record. Use 1 for "
                + "SHA2-256.",
            "RFC 6698 §4.1"),
        TlsaMatchingType.Full => Warning(
            "tlsa-matching-type-full",
            RecordPart.MatchingType,
            "A whole certificate or key makes DNS answers large, and some get lost. Publish its SHA2-256 digest.",
            "RFC 7671 §10.1.2"),
        _ => null,
    };

    private static RecordAdvice? OnData(TlsaRecord record)
    {
        int length = record.AssociationData.Length;
        if (Association.DigestLength(record.MatchingType) is { } wanted && length != wanted)
        {
            return Error(
                "tlsa-data-length",
                RecordPart.Data,
                $"Matching type {(byte)record.MatchingType} needs {2 * wanted} digits; these are {2 * length}.",
                "RFC 7671 §9");
        }

        bool isPart = record is { MatchingType: TlsaMatchingType.Full, Selector: TlsaSelector.Cert or TlsaSelector.Spki };
        if (isPart && !Association.IsWhole(record.AssociationData.AsSpan(), record.Selector))
        {
            string part = record.Selector == TlsaSelector.Cert ? "certificate" : "public key";
            return Error(
                "tlsa-data-not-whole",
                RecordPart.Data,
                $"Matching type 0 with selector {(byte)record.Selector} needs a whole {part} in DER, and this is none.",
                "RFC 6698 §2.1.3");
        }

        return !IsOfNothing(record) ? null : Warning(
            "tlsa-digest-of-nothing",
            RecordPart.Data,
            "This is the digest of no data at all: the program that made it got an empty certificate or key. No "
                + "certificate can match; make the record again.",
            "RFC 6698 §2.1.4");
    }

    private static bool IsOfNothing(TlsaRecord record) => record.MatchingType switch
    {
        TlsaMatchingType.Sha256 => record.AssociationData.AsSpan().SequenceEqual(SHA256.HashData([])),
        TlsaMatchingType.Sha512 => record.AssociationData.AsSpan().SequenceEqual(SHA512.HashData([])),
        _ => false,
    };

    private static RecordAdvice Error(string code, RecordPart part, string message, string rule) =>
        new(code, ProblemSeverity.Error, part, message, rule);

    private static RecordAdvice Warning(string code, RecordPart part, string message, string rule) =>
        new(code, ProblemSeverity.Warning, part, message, rule);
}

/// <summary>The parts of a TLSA record, in order.</summary>
internal enum RecordPart
{
    Usage,
    Selector,
    MatchingType,
    Data,
}
