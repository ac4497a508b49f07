using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using Waxseal.Protocol.Dane;

namespace Waxseal.Net.Dns;

/// <summary>The data of records in the form of zone files (RFC 1035 §5.1).</summary>
public static class RecordPresentation
{
    /// <summary>The data as one line; what does not fit its type is written as octets (RFC 3597 §5).</summary>
    /// <param name="type">The type of the record, such as <c>MX</c>.</param>
    /// <param name="data">The data as on the wire, names in it uncompressed.</param>
    public static string Of(string type, ReadOnlySpan<byte> data) => type switch
    {
        "A" when data.Length == 4 => new IPAddress(data).ToString(),
        "AAAA" when data.Length == 16 => new IPAddress(data).ToString(),
        "MX" when data.Length > 3 && NameAt(data[2..]) is { } host => $"{BinaryPrimitives.ReadUInt16BigEndian(data)} {host}",
        "CNAME" or "NS" or "PTR" when NameAt(data) is { } name => name,
        "TXT" when Strings(data) is { } strings => strings,
        "TLSA" when TlsaRecord.TryParse(data, out TlsaRecord? record) => record.ToString(),
        "CAA" when data.Length > 2 && data.Length > 2 + data[1] => $"{data[0]} {Encoding.ASCII.GetString(data.Slice(2, data[1]))} {Quoted(data[(2 + data[1])..])}",
        _ => $"\\# {data.Length} {Convert.ToHexString(data)}",
    };

    // The labels of a name up to the root, and nothing behind it.
    private static string? NameAt(ReadOnlySpan<byte> wire)
    {
        int i = 0;
        while (i < wire.Length && wire[i] is > 0 and <= DnsName.MaxLabelLength)
            i += wire[i] + 1;
        return i == wire.Length - 1 && wire[i] == 0 && wire.Length <= DnsName.MaxWireLength ? PresentationName.Write(wire) : null;
    }

    private static string? Strings(ReadOnlySpan<byte> data)
    {
        StringBuilder text = new();
        for (int i = 0; i < data.Length; i += data[i] + 1)
        {
            if (i + data[i] >= data.Length)
                return null;
            text.Append(i > 0 ? " " : "").Append(Quoted(data.Slice(i + 1, data[i])));
        }

        return text.ToString();
    }

    private static string Quoted(ReadOnlySpan<byte> octets)
    {
        StringBuilder text = new("\"");
        foreach (byte octet in octets)
        {
            if (octet is (byte)'"' or (byte)'\\')
                text.Append('\\').Append((char)octet);
            else if (octet is >= 0x20 and < 0x7F)
                text.Append((char)octet);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\{octet:D3}");
        }

        return text.Append('"').ToString();
    }
}
