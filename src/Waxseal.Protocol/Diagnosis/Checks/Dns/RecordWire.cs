using System.Collections.Immutable;
using System.Net;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Protocol.Diagnosis.Checks.Dns;

/// <summary>Reads the data of records as they stood on the wire.</summary>
internal static class RecordWire
{
    /// <summary>The character-strings of a TXT record (RFC 1035 §3.3.14); what is cut off is left out.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Strings(DnsRecordFacts record)
    {
        List<ReadOnlyMemory<byte>> strings = [];
        ReadOnlyMemory<byte> rest = record.Data;
        while (!rest.IsEmpty && rest.Length > rest.Span[0])
        {
            strings.Add(rest.Slice(1, rest.Span[0]));
            rest = rest[(1 + rest.Span[0])..];
        }

        return strings;
    }

    /// <summary>The character-strings of each TXT record of an answer.</summary>
    public static ImmutableArray<IReadOnlyList<ReadOnlyMemory<byte>>> AllStrings(DnsAnswerFacts answer) =>
        [.. answer.Records.Select(Strings)];

    /// <summary>The address of an A or AAAA record, or null.</summary>
    public static IPAddress? Address(DnsRecordFacts record) => record.Data.Length is 4 or 16 ? new IPAddress(record.Data.Span) : null;

    /// <summary>The host that an MX record names (RFC 1035 §3.3.9), in lower case; null where it is cut off or not in letters of ASCII.</summary>
    public static string? MxHost(DnsRecordFacts record)
    {
        List<string> labels = [];
        ReadOnlySpan<byte> rest = record.Data.Span;
        rest = rest.Length > sizeof(ushort) ? rest[sizeof(ushort)..] : [];
        while (!rest.IsEmpty && rest[0] > 0 && rest.Length > rest[0] && System.Text.Ascii.IsValid(rest.Slice(1, rest[0])))
        {
            labels.Add(System.Text.Encoding.ASCII.GetString(rest.Slice(1, rest[0])).ToLowerInvariant());
            rest = rest[(1 + rest[0])..];
        }

        return rest is [0] && labels.Count > 0 ? string.Join('.', labels) : null;
    }
}
