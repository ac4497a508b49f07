using System.Buffers.Binary;
using System.Collections.Immutable;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Exchange;
using Waxseal.Net.Dns.Validation.Records;
using Waxseal.Net.Dns.Wire;
using Waxseal.Net.Probing.Facts;

namespace Waxseal.Fuzz.Targets;

/// <summary>The parsers of <c>Waxseal.Net/Dns</c>.</summary>
internal static class DnsTargets
{
    private const int MaxErrors = 8;
    private const int MaxErrorText = 256;

    public static readonly FuzzTarget Message = new(
        "dns-message",
        ReadMessage,
        () =>
        [
            // An answer with MX (compressed), an alias with TXT, NXDOMAIN with SOA, and SERVFAIL with an extended error.
            Convert.FromHexString("12348180000100010000000107" + "6578616d706c6503636f6d00000f0001" + "c00c000f00010000012c0009000a046d61696cc00c" + "000029" + "04d0000080000000"),
            Convert.FromHexString("123481a0000100020000000004" + "5f6d7461076578616d706c6500" + "00100001" + "c00c0005000100000e1000040161c011" + "c02a0010000100000e10000b0a763d53545376313b2069"),
            Convert.FromHexString("12348183000100000001000001" + "6107696e76616c696400" + "00010001" + "c00e000600010000012c001e036e7331c00e01" + "68c00e00000001000000020000000300000004000000" + "05"),
            Convert.FromHexString("1234818200010000000000010161" + "00001c0001" + "000029" + "04d00000800000" + "0a000f000600066f6f7073"),

            // Pointers to themselves, to each other and forward; an alias to itself; a name that pointers make too long.
            Convert.FromHexString("123481800001000000000000" + "c00c" + "00010001"),
            Convert.FromHexString("123481800001000000000000" + "0161c00e" + "c00c" + "00010001"),
            Convert.FromHexString("123481800001000100000000" + "016100" + "00010001" + "c01d" + "0001000100000e100004c0000201"),
            Convert.FromHexString("123481800001000100000000" + "016100" + "00010001" + "c00c" + "0005000100000e100002c00c"),
            TooLongName(),
            .. Seeds.Folder("dnssec"),
        ],
        "\u0000\u0029", "\u0000\u0005\u0000\u0001", "\u0000\u0010\u0000\u0001", "\u0000\u0034\u0000\u0001", "\u0000\u000f", "\u003f");

    private static void ReadMessage(ReadOnlySpan<byte> wire)
    {
        if (!MessageReader.TryRead(wire, out DnsMessage? message))
            return;

        DnsRecord[] records = [.. message.Answers, .. message.Authority, .. message.Additional];
        Promise.Kept(records.Length <= MessageReader.MaxRecords, "A message keeps its limit.");
        Promise.Kept(records.All(record => record.Ttl <= int.MaxValue), "A TTL keeps its limit.");
        foreach (DnsName name in records.Select(record => record.Owner).Append(message.Question?.Name ?? DnsName.Root))
            CheckName(name);
        foreach (DnsRecord record in records)
            CheckNames(record);
        foreach (ExtendedError error in message.Edns?.Errors ?? [])
            Promise.Kept(error.Text.Length <= MaxErrorText && !error.Text.Any(char.IsControl), "A server's own words are short and printable.");
        Promise.Kept(message.Edns is not { Errors.Length: > MaxErrors }, "A server's own words are few.");
        CheckWriting(message);
        CheckUse(message);
    }

    private static void CheckName(DnsName name)
    {
        Promise.Kept(name.Wire.Length <= DnsName.MaxWireLength && name.Wire[^1] == 0, "A name keeps its limit.");
        int labels = 0;
        for (int i = 0; name.Wire[i] != 0; i += name.Wire[i] + 1, labels++)
            Promise.Kept(name.Wire[i] <= DnsName.MaxLabelLength, "A label keeps its limit.");
        Promise.Kept(labels == name.LabelCount, "A name counts its labels.");
        Promise.Kept(DnsName.TryParse(name.ToString(), out DnsName? again) && again.Equals(name), "A name reads back.");
    }

    // Names in data are uncompressed, so who reads them needs no message.
    private static void CheckNames(DnsRecord record)
    {
        (int offset, int names, int after) = record.Type switch
        {
            DnsType.Ns or DnsType.Cname or DnsType.Ptr or DnsType.Dname => (0, 1, 0),
            DnsType.Mx => (2, 1, 0),
            DnsType.Soa => (0, 2, 20),
            _ => (0, 0, record.Data.Length),
        };
        for (; names > 0; names--)
        {
            Promise.Kept(RecordName.TryRead(record.Data.Span, offset, out DnsName? name, out offset), "A name in data stands there whole.");
            CheckName(name!);
        }

        Promise.Kept(offset + after == record.Data.Length, "There is nothing behind the names in data.");
    }

    private static void CheckWriting(DnsMessage message)
    {
        byte[] wire = Write(message);
        if (wire.Length > ushort.MaxValue)
            return;

        Promise.Kept(MessageReader.TryRead(wire, out DnsMessage? again), "What is written without pointers is read.");
        Promise.Kept(message.Question == again!.Question && message.Bits == again.Bits, "The question reads back.");
        Promise.Kept(AreAlike(message.Answers, again.Answers), "Answers read back as they were written.");
        Promise.Kept(AreAlike(message.Authority, again.Authority), "Authority reads back as it was written.");
        Promise.Kept(AreAlike(message.Additional, again.Additional), "The rest reads back as it was written.");
    }

    // What look-ups make of a message that fits their question.
    private static void CheckUse(DnsMessage message)
    {
        if (message.Question is not { } question)
            return;

        ExchangeResult.Answered answered = new(message, DnsTransport.Tcp, TimeSpan.Zero);
        AnswerFacts.Of(question, answered);
        AliasChain chain = new(question);
        if (chain.Follow(answered) is { } found)
            AnswerFacts.Of(found);
        Promise.Kept(chain.Names.Distinct().Count() == chain.Length, "No alias is followed twice.");
    }

    private static byte[] Write(DnsMessage message)
    {
        byte[] head = new byte[12];
        BinaryPrimitives.WriteUInt16BigEndian(head, message.Id);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(2), (ushort)((ushort)message.Bits | ((ushort)message.Rcode & 0x000F)));
        head[5] = (byte)(message.Question is null ? 0 : 1);
        List<byte> wire = [.. head];
        if (message.Question is { } question)
            wire.AddRange([.. question.Name.Wire, (byte)((ushort)question.Type >> 8), (byte)question.Type, 0, 1]);

        ImmutableArray<DnsRecord>[] sections = [message.Answers, message.Authority, message.Additional];
        for (int i = 0; i < sections.Length; i++)
        {
            (wire[6 + (2 * i)], wire[7 + (2 * i)]) = ((byte)(sections[i].Length >> 8), (byte)sections[i].Length);
            foreach (DnsRecord record in sections[i])
                Write(wire, record);
        }

        return [.. wire];
    }

    private static void Write(List<byte> wire, DnsRecord record)
    {
        byte[] head = new byte[10];
        BinaryPrimitives.WriteUInt16BigEndian(head, (ushort)record.Type);
        head[3] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(4), record.Ttl);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(8), (ushort)record.Data.Length);
        wire.AddRange([.. record.Owner.Wire, .. head, .. record.Data.Span]);
    }

    private static bool AreAlike(ImmutableArray<DnsRecord> first, ImmutableArray<DnsRecord> second) =>
        first.Length == second.Length
        && first.Zip(second).All(pair =>
            pair.First with { Data = default } == pair.Second with { Data = default }
            && pair.First.Data.Span.SequenceEqual(pair.Second.Data.Span));

    // Four labels of 63 octets, each before a pointer to the one before it.
    private static byte[] TooLongName()
    {
        byte[] label = [63, .. Enumerable.Repeat((byte)'a', 63)];
        return
        [
            .. Convert.FromHexString("123481800001000000000002"), .. label, 0, 0, 1, 0, 1,
            .. label, 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0,
            .. label, 0xC0, 81, .. label, 0xC0, 157, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0,
        ];
    }
}
