using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Waxseal.Net.Dns.Wire;

/// <summary>Writes questions (RFC 1035 §4.1).</summary>
internal static class QueryWriter
{
    /// <summary>The longest answer asked for over UDP, in octets: one that no path has to fragment (DNS flag day 2020).</summary>
    public const int UdpSize = 1232;

    private const int HeaderLength = 12;
    private const int OptLength = 11;

    /// <summary>A question with a number that cannot be guessed.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="options">How it is asked.</param>
    public static byte[] Write(DnsQuestion question, DnsQueryOptions options)
    {
        ReadOnlySpan<byte> name = question.Name.Wire;
        byte[] query = new byte[QuestionEnd(question) + (options.UsesEdns ? OptLength : 0)];
        RandomNumberGenerator.Fill(query.AsSpan(0, sizeof(ushort)));
        DnsHeaderBits flags = (options.AsksResolver ? DnsHeaderBits.RecursionDesired : 0)
            | (options.AsksResolver ? DnsHeaderBits.AuthenticData : 0)
            | (options.ChecksItself ? DnsHeaderBits.CheckingDisabled : 0);
        BinaryPrimitives.WriteUInt16BigEndian(query.AsSpan(2), (ushort)flags);
        query[5] = 1;
        name.CopyTo(query.AsSpan(HeaderLength));
        if (options.MixesCase)
            MixCase(query.AsSpan(HeaderLength, name.Length));
        BinaryPrimitives.WriteUInt16BigEndian(query.AsSpan(HeaderLength + name.Length), (ushort)question.Type);
        query[HeaderLength + name.Length + 3] = 1;
        if (options.UsesEdns)
        {
            query[11] = 1;
            WriteOpt(query.AsSpan(QuestionEnd(question)));
        }

        return query;
    }

    /// <summary>Where the question ends and records may begin.</summary>
    public static int QuestionEnd(DnsQuestion question) => HeaderLength + question.Name.Wire.Length + (2 * sizeof(ushort));

    // RFC 6891 §6.1.2: the root, OPT, the size, then the extended RCODE, the version 0 and DO (RFC 3225 §3).
    private static void WriteOpt(Span<byte> opt)
    {
        BinaryPrimitives.WriteUInt16BigEndian(opt[1..], (ushort)DnsType.Opt);
        BinaryPrimitives.WriteUInt16BigEndian(opt[3..], UdpSize);
        BinaryPrimitives.WriteUInt16BigEndian(opt[7..], 0x8000);
    }

    // Each letter in a case by chance: what a forger of answers has to guess besides (draft-vixie-dnsext-dns0x20).
    private static void MixCase(Span<byte> name)
    {
        Span<byte> chance = stackalloc byte[DnsName.MaxWireLength];
        RandomNumberGenerator.Fill(chance[..name.Length]);
        for (int i = 0; i < name.Length; i += name[i] + 1)
        {
            for (int j = i + 1; j <= i + name[i]; j++)
            {
                if (name[j] is >= (byte)'a' and <= (byte)'z' && (chance[j] & 1) == 1)
                    name[j] &= 0xDF;
            }
        }
    }
}
