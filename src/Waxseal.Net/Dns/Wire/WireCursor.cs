using System.Buffers.Binary;

namespace Waxseal.Net.Dns.Wire;

/// <summary>A cursor over a message. Each method reads one thing and moves past it, or says that it is not there.</summary>
internal ref struct WireCursor(ReadOnlySpan<byte> message, int offset)
{
    // A pointer goes to what stands before it, so a name can have no more of them than labels.
    private const int MaxPointers = 127;

    private readonly ReadOnlySpan<byte> _message = message;

    public int Offset { get; private set; } = offset;

    public readonly bool IsAtEnd => Offset == _message.Length;

    public bool TryRead16(out ushort value)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(_message[Offset..], out value))
            return false;
        Offset += sizeof(ushort);
        return true;
    }

    public bool TryRead32(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(_message[Offset..], out value))
            return false;
        Offset += sizeof(uint);
        return true;
    }

    public bool TrySkip(int count)
    {
        if (count < 0 || count > _message.Length - Offset)
            return false;
        Offset += count;
        return true;
    }

    /// <summary>Reads a name, following its pointers (RFC 1035 §4.1.4).</summary>
    /// <param name="name">Where the uncompressed octets go; <see cref="DnsName.MaxWireLength"/> of them.</param>
    /// <param name="length">How many there are.</param>
    public bool TryReadName(scoped Span<byte> name, out int length)
    {
        length = 0;
        int next = Offset;
        int lowest = Offset;
        bool hasJumped = false;
        for (int pointers = 0; pointers <= MaxPointers;)
        {
            if (next >= _message.Length)
                return false;

            int head = _message[next];
            switch (head & 0xC0)
            {
                case 0x00 when head > _message.Length - next - 1 || length + head + 1 > DnsName.MaxWireLength:
                    return false;
                case 0x00:
                    _message.Slice(next, head + 1).CopyTo(name[length..]);
                    length += head + 1;
                    next += head + 1;
                    if (!hasJumped)
                        Offset = next;
                    if (head == 0)
                        return true;
                    break;
                case 0xC0 when next + 1 < _message.Length:
                    // RFC 1035 §4.1.4: a pointer is to a prior occurrence; so no loop is possible.
                    int target = ((head & 0x3F) << 8) | _message[next + 1];
                    if (target >= lowest)
                        return false;
                    if (!hasJumped)
                        Offset = next + 2;
                    hasJumped = true;
                    lowest = next = target;
                    pointers++;
                    break;
                default:
                    return false;
            }
        }

        return false;
    }
}
