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
}
