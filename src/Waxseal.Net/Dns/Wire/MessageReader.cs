using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Waxseal.Net.Dns.Wire;

/// <summary>Reads a message (RFC 1035 §4). It never throws, and what it cannot read to the end it does not give at all.</summary>
internal ref struct MessageReader
{
    /// <summary>Most records of a message; the largest sets in use have some hundred.</summary>
    public const int MaxRecords = 2000;

    private const int HeaderLength = 12;
    private const ushort ClassInternet = 1;

    private readonly ReadOnlySpan<byte> _message;
    private WireCursor _cursor;
    private EdnsOptions? _edns;
    private int _extendedRcode;

    private MessageReader(ReadOnlySpan<byte> message)
    {
        _message = message;
        _cursor = new WireCursor(message, 0);
    }

    /// <summary>Reads a whole message.</summary>
    /// <param name="wire">The octets; octets after the last record make the message unreadable.</param>
    /// <param name="message">The message, or null.</param>
    public static bool TryRead(ReadOnlySpan<byte> wire, [NotNullWhen(true)] out DnsMessage? message)
    {
        message = wire.Length is < HeaderLength or > ushort.MaxValue ? null : new MessageReader(wire).Read();
        return message is not null;
    }

    private DnsMessage? Read()
    {
        _cursor.TryRead16(out ushort id);
        _cursor.TryRead16(out ushort flags);
        _cursor.TryRead16(out ushort questions);
        _cursor.TryRead16(out ushort answers);
        _cursor.TryRead16(out ushort authorities);
        _cursor.TryRead16(out ushort additionals);

        DnsQuestion? question = null;
        if (questions > 1 || answers + authorities + additionals > MaxRecords)
            return null;
        if (questions == 1 && !TryReadQuestion(out question))
            return null;
        if (!TryReadRecords(answers, out ImmutableArray<DnsRecord> answer)
            || !TryReadRecords(authorities, out ImmutableArray<DnsRecord> authority)
            || !TryReadRecords(additionals, out ImmutableArray<DnsRecord> additional)
            || !_cursor.IsAtEnd)
        {
            return null;
        }

        // RFC 1035 §4.1.1: the lowest four bits; RFC 6891 §6.1.3: OPT has the upper eight.
        return new DnsMessage(id, (DnsHeaderBits)(flags & 0x87B0), (DnsRcode)((flags & 0x000F) | _extendedRcode), question)
        {
            Answers = answer,
            Authority = authority,
            Additional = additional,
            Edns = _edns,
        };
    }

    private bool TryReadQuestion([NotNullWhen(true)] out DnsQuestion? question)
    {
        question = null;
        if (!TryReadName(out DnsName? name)
            || !_cursor.TryRead16(out ushort type)
            || !_cursor.TryRead16(out ushort questionClass)
            || questionClass != ClassInternet)
        {
            return false;
        }

        question = new DnsQuestion(name, (DnsType)type);
        return true;
    }

    private bool TryReadRecords(int count, out ImmutableArray<DnsRecord> records)
    {
        var builder = ImmutableArray.CreateBuilder<DnsRecord>();
        for (int i = 0; i < count; i++)
        {
            if (!TryReadRecord(out DnsRecord? record))
            {
                records = [];
                return false;
            }

            if (record is not null)
                builder.Add(record);
        }

        records = builder.DrainToImmutable();
        return true;
    }

    // RFC 1035 §4.1.3. OPT and records of another class are read, and give no record.
    private bool TryReadRecord(out DnsRecord? record)
    {
        record = null;
        if (!TryReadName(out DnsName? owner)
            || !_cursor.TryRead16(out ushort type)
            || !_cursor.TryRead16(out ushort recordClass)
            || !_cursor.TryRead32(out uint ttl)
            || !_cursor.TryRead16(out ushort length))
        {
            return false;
        }

        int offset = _cursor.Offset;
        if (!_cursor.TrySkip(length))
            return false;

        if ((DnsType)type == DnsType.Opt)
            return TryReadOpt(owner, recordClass, ttl, _message.Slice(offset, length));
        if (recordClass != ClassInternet)
            return true;
        if (RecordData.Of(_message, offset, length, (DnsType)type) is not { } data)
            return false;

        // RFC 2181 §8: a TTL with the top bit set is 0.
        record = new DnsRecord(owner, (DnsType)type, ttl > int.MaxValue ? 0 : ttl, data);
        return true;
    }

    // RFC 6891 §6.1.1: there is one OPT at most, and its owner is the root.
    private bool TryReadOpt(DnsName owner, ushort udpSize, uint ttl, ReadOnlySpan<byte> data)
    {
        if (_edns is not null || !owner.Equals(DnsName.Root) || EdnsReader.ReadErrors(data) is not { } errors)
            return false;

        _extendedRcode = (int)(ttl >> 24) << 4;
        _edns = new EdnsOptions(udpSize, IsDnssecOk: (ttl & 0x8000) != 0, errors);
        return true;
    }

    private bool TryReadName([NotNullWhen(true)] out DnsName? name)
    {
        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        name = _cursor.TryReadName(wire, out int length) ? DnsName.FromWire(wire[..length]) : null;
        return name is not null;
    }
}
