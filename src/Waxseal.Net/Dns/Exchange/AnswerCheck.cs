using System.Buffers.Binary;

namespace Waxseal.Net.Dns.Exchange;

/// <summary>Whether a message answers a question, by what only the server asked can know (RFC 5452 §9.1).</summary>
internal enum AnswerMatch
{
    /// <summary>It is something else: forged, late or broken.</summary>
    None,

    /// <summary>It repeats number and question to the letter.</summary>
    Exact,

    /// <summary>It repeats number and question, with letters in another case.</summary>
    CaseDiffers,
}

/// <summary>Holds answers against their question.</summary>
internal static class AnswerCheck
{
    private const int HeaderLength = 12;
    private const byte ResponseBit = 0x80;
    private const byte OpcodeMask = 0x78;

    /// <summary>How the answer fits.</summary>
    /// <param name="query">The question as sent.</param>
    /// <param name="questionEnd">Where its question section ends.</param>
    /// <param name="answer">What came.</param>
    public static AnswerMatch Of(ReadOnlySpan<byte> query, int questionEnd, ReadOnlySpan<byte> answer)
    {
        if (answer.Length < HeaderLength
            || !answer[..2].SequenceEqual(query[..2])
            || (answer[2] & (ResponseBit | OpcodeMask)) != ResponseBit)
        {
            return AnswerMatch.None;
        }

        int questions = BinaryPrimitives.ReadUInt16BigEndian(answer[4..]);
        if (questions == 0)
            return IsRefusalOfForm(answer) ? AnswerMatch.Exact : AnswerMatch.None;
        if (questions != 1 || answer.Length < questionEnd)
            return AnswerMatch.None;

        ReadOnlySpan<byte> asked = query[HeaderLength..questionEnd];
        ReadOnlySpan<byte> repeated = answer[HeaderLength..questionEnd];
        if (repeated.SequenceEqual(asked))
            return AnswerMatch.Exact;
        return EqualsIgnoringCase(repeated, asked) ? AnswerMatch.CaseDiffers : AnswerMatch.None;
    }

    // Octets of lengths are below 64 and type and class are compared first, so folding letters changes nothing else.
    private static bool EqualsIgnoringCase(ReadOnlySpan<byte> repeated, ReadOnlySpan<byte> asked) =>
        repeated[^4..].SequenceEqual(asked[^4..]) && DnsName.FromWire(repeated[..^4]).Equals(DnsName.FromWire(asked[..^4]));

    // A server that cannot read the question cannot repeat it.
    private static bool IsRefusalOfForm(ReadOnlySpan<byte> answer) =>
        (DnsRcode)(answer[3] & 0x0F) is DnsRcode.FormErr or DnsRcode.NotImp;
}
