using System.Buffers.Binary;
using System.Net;
using System.Text;
using Waxseal.Net.Dns;

namespace Waxseal.Lab;

/// <summary>Writes answers, right ones and wrong ones.</summary>
internal sealed class DnsReply(ReceivedQuery query)
{
    private readonly List<byte> _records = [];
    private readonly int[] _counts = new int[3];

    public ushort Id { get; init; } = BinaryPrimitives.ReadUInt16BigEndian(query.Bytes);

    public DnsHeaderBits Bits { get; init; } = DnsHeaderBits.Response | DnsHeaderBits.RecursionAvailable;

    public DnsRcode Rcode { get; init; }

    /// <summary>The question section; that of the query unless said otherwise.</summary>
    public byte[] Question { get; init; } = query.QuestionBytes.ToArray();

    public DnsReply Answer(string owner, DnsType type, uint ttl, byte[] data) => Add(0, owner, type, ttl, data);

    public DnsReply Authority(string owner, DnsType type, uint ttl, byte[] data) => Add(1, owner, type, ttl, data);

    /// <summary>Says something with EDNS.</summary>
    public DnsReply Edns(params byte[] options)
    {
        _counts[2]++;
        _records.AddRange([0, 0, 41, 0x04, 0xD0, (byte)((int)Rcode >> 4), 0, 0x80, 0, 0, (byte)options.Length, .. options]);
        return this;
    }

    public byte[] ToBytes()
    {
        byte[] header = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(header, Id);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)((int)Bits | ((int)Rcode & 15)));
        header[5] = (byte)(Question.Length == 0 ? 0 : 1);
        for (int i = 0; i < _counts.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6 + (2 * i)), (ushort)_counts[i]);
        return [.. header, .. Question, .. _records];
    }

    public static byte[] Name(string text) =>
        DnsName.TryParse(text, out DnsName? name) ? name.Wire.ToArray() : throw new ArgumentException(text);

    public static byte[] Address(string text) => IPAddress.Parse(text).GetAddressBytes();

    public static byte[] Mx(byte preference, string host) => [0, preference, .. Name(host)];

    public static byte[] Txt(string text) => [(byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    public static byte[] Soa(uint minimum)
    {
        byte[] numbers = new byte[20];
        BinaryPrimitives.WriteUInt32BigEndian(numbers.AsSpan(16), minimum);
        return [.. Name("ns.example"), .. Name("hostmaster.example"), .. numbers];
    }

    private DnsReply Add(int section, string owner, DnsType type, uint ttl, byte[] data)
    {
        byte[] head = new byte[10];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)type);
        head[3] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), ttl);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(8), (ushort)data.Length);
        _records.AddRange([.. Name(owner), .. head, .. data]);
        _counts[section]++;
        return this;
    }
}
