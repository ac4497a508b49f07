using System.Text;
using System.Text.Json;
using Waxseal.Protocol.Dane;
using Waxseal.Protocol.Dane.Matching;
using Waxseal.Protocol.Dane.Presentation;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.RequireTls;

namespace Waxseal.Fuzz.Targets;

/// <summary>The parsers of <c>Dane/</c> and <c>RequireTls/</c>.</summary>
internal static class DaneTargets
{
    private static readonly DateTimeOffset Time = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Made at first use: instrumented code must not run before the fuzzer has its memory.
    private static readonly Lazy<DomainName> MxHost = new(() => DomainName.TryParse("mx.example.com", out DomainName? name, out _)
        ? name
        : throw new System.Diagnostics.UnreachableException());

    public static readonly FuzzTarget WireRecord = new(
        "tlsa-wire",
        ReadWireRecord,
        () => [.. Certificates().Select(certificate => (byte[])[2, 0, 0, .. certificate]), [3, 1, 1, .. new byte[32]]]);

    public static readonly FuzzTarget TextRecord = new(
        "tlsa-text",
        ReadTextRecord,
        () => Seeds.Texts(
            $"3 1 1 {new string('a', 64)}",
            $"_25._tcp.mx.example.com. 3600 IN TLSA 3 1 1 {new string('B', 64)}\n",
            $"_25._tcp.mx.example.com. IN TLSA ( 2 0 1 ; comment\n {new string('1', 32)}\n {new string('2', 32)} )\n",
            $"_25._tcp.mx TLSA DANE-EE SPKI SHA2-512 {new string('c', 128)}\n\tIN TLSA 3 0 1 {new string('d', 64)}\n",
            "3 1 1 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            @"_25._tcp.mx TLSA \# 3 030101",
            $@"\# 35 030101{new string('e', 64)}"),
        "_25._tcp.", " IN ", " TLSA ", "3 1 1 ", "2 0 1 ", "(", ")", ";", "\\", "$ORIGIN example.com.\n", "\\# 35 ", "DANE-EE");

    public static readonly FuzzTarget Certificate = new("certificate", MatchCertificate, Certificates) { Inputs = 20_000 };

    public static readonly FuzzTarget TlsRequired = new(
        "tls-required",
        ReadTlsRequired,
        () => Seeds.Vectors("tls-required"),
        "TLS-Required:", " No", "\r\n", "REQUIRETLS", "MAIL FROM:<", ">", "(", ")", "\\", "\"");

    private static void ReadWireRecord(ReadOnlySpan<byte> rdata)
    {
        if (!TlsaRecord.TryParse(rdata, out TlsaRecord? record))
            return;

        Promise.Kept(rdata.SequenceEqual(record.ToRdata()), "A record is written as it was read.");
        TlsaUsability.DefectOf(record, DigestOrder.Default);
    }

    private static void ReadTextRecord(ReadOnlySpan<byte> text)
    {
        Parsed<TlsaRecord> parsed = TlsaRecordReader.Read(text);
        Promise.Kept(parsed, text);
        Promise.Kept(TlsaRecordReader.ReadAll(text), text);
        if (parsed.Value is not { } record)
            return;

        Parsed<TlsaRecord> again = TlsaRecordReader.Read(Encoding.ASCII.GetBytes(record.ToString()));
        Promise.Kept(record.Equals(again.Value), "A record reads back as it was written.");
    }

    // A hostile certificate meets each kind of record: as the leaf, as the anchor sent, and as the anchor in DNS.
    private static void MatchCertificate(ReadOnlySpan<byte> der)
    {
        byte[] certificate = der.ToArray();
        TlsaRecord[] records =
        [
            new(TlsaUsage.DaneEe, TlsaSelector.Spki, TlsaMatchingType.Sha256, [.. new byte[32]]),
            new(TlsaUsage.DaneTa, TlsaSelector.Cert, TlsaMatchingType.Full, [.. certificate]),
        ];
        foreach (byte[][] chain in (byte[][][])[[certificate], [Leaf.Value, certificate], [certificate, certificate]])
            TlsaMatcher.Match([.. chain.Select(sent => new ReadOnlyMemory<byte>(sent))], records, [MxHost.Value], Time, DigestOrder.Default);
    }

    private static void ReadTlsRequired(ReadOnlySpan<byte> text)
    {
        TlsRequiredFields.Read(text);
        RequireTlsParameters.Read(text, isUnderTls: true);
    }

    private static readonly Lazy<byte[]> Leaf = new(() => Certificates().First());

    private static IEnumerable<byte[]> Certificates() =>
        Seeds.Folder("vectors/certs").SelectMany(file =>
        {
            using var document = JsonDocument.Parse(file);
            return document.RootElement.GetProperty("certs").EnumerateObject().Select(entry => entry.Value.GetBytesFromBase64()).ToArray();
        });
}
