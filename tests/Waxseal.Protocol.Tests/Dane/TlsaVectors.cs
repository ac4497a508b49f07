using System.Collections.Immutable;
using System.Text.Json;
using Waxseal.Protocol.Dane;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Dane;

/// <summary>Reads the TLSA records and certificates of the test vectors.</summary>
internal static class TlsaVectors
{
    public static DateTimeOffset Time { get; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // [usage, selector, matching type] stands for a well-formed record; "malformed" or the data in hexadecimal may follow.
    public static ImmutableArray<TlsaRecord> Records(JsonElement rrset) => [.. rrset.EnumerateArray().Select(Record)];

    public static ReadOnlyMemory<byte> Certificate(string name)
    {
        using var document = JsonDocument.Parse(TestData.Bytes("vectors/certs/tlsa-certs.json"));
        return document.RootElement.GetProperty("certs").GetProperty(name).GetBytesFromBase64();
    }

    private static TlsaRecord Record(JsonElement fields, int index)
    {
        (TlsaUsage usage, TlsaSelector selector, TlsaMatchingType type) =
            ((TlsaUsage)fields[0].GetByte(), (TlsaSelector)fields[1].GetByte(), (TlsaMatchingType)fields[2].GetByte());
        string? data = fields.GetArrayLength() > 3 ? fields[3].GetString() : null;
        return data switch
        {
            null => WellFormed(usage, selector, type, index),
            "malformed" => new TlsaRecord(usage, selector, type, [1, 2, 3]),
            _ => new TlsaRecord(usage, selector, type, [.. Convert.FromHexString(data)]),
        };
    }

    // Digests differ by index, so that no two records of an RRset are the same.
    private static TlsaRecord WellFormed(TlsaUsage usage, TlsaSelector selector, TlsaMatchingType type, int index)
    {
        if (type == TlsaMatchingType.Full && TlsaRecord.TryCreate(
            usage, selector, type, Certificate("leaf-mx").Span, out TlsaRecord? full))
        {
            return full;
        }

        int length = type == TlsaMatchingType.Sha512 ? 64 : 32;
        return new TlsaRecord(usage, selector, type, [.. Enumerable.Repeat((byte)index, length)]);
    }
}
