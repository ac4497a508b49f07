using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Wire;

namespace Waxseal.Lab;

/// <summary>A question as a laboratory server got it.</summary>
internal sealed record ReceivedQuery(byte[] Bytes, DnsTransport Transport)
{
    public DnsMessage Message { get; } = MessageReader.TryRead(Bytes, out DnsMessage? message)
        ? message
        : throw new InvalidDataException("The question cannot be read.");

    public DnsQuestion Question => Message.Question!;

    /// <summary>The question section, with the case of the letters.</summary>
    public ReadOnlySpan<byte> QuestionBytes => Bytes.AsSpan(12, Question.Name.Wire.Length + 4);
}
