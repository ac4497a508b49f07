using System.Buffers.Binary;
using System.Collections.Immutable;
using Waxseal.Net.Dns.Exchange;

namespace Waxseal.Net.Dns;

/// <summary>Follows the aliases of a name through one answer after another.</summary>
internal sealed class AliasChain(DnsQuestion question)
{
    private const int SoaMinimumFromEnd = sizeof(uint);

    private readonly List<DnsName> _names = [];
    private uint _ttl = int.MaxValue;

    /// <summary>The names led to, without the one asked for.</summary>
    public ImmutableArray<DnsName> Names => [.. _names];

    public int Length => _names.Count;

    /// <summary>The name to ask for next.</summary>
    public DnsName End => _names.Count == 0 ? question.Name : _names[^1];

    /// <summary>Takes an answer to the question for <see cref="End"/>.</summary>
    /// <returns>What the look-up found, or null when it has to go on at the new <see cref="End"/>.</returns>
    public DnsLookup? Follow(ExchangeResult result)
    {
        if (result is not ExchangeResult.Answered { Message: var message })
            return FailedWithoutAnswer(result);
        if (message.Rcode is not (DnsRcode.NoError or DnsRcode.NxDomain))
            return FailedByRcode(message);

        int before = Length;
        while (question.Type != DnsType.Cname && Alias(message) is { } target)
        {
            if (target.Equals(question.Name) || _names.Contains(target))
                return new DnsLookup.Failed(question, DnsFault.AliasLoop, $"the aliases lead back to {target}");
            _names.Add(target);
        }

        ImmutableArray<DnsRecord> records =
            [.. message.Answers.Where(record => record.Type == question.Type && record.Owner.Equals(End))];
        if (!records.IsEmpty)
            return new DnsLookup.Found(question, records, Math.Min(_ttl, records.Min(record => record.Ttl)));

        // RFC 2308 §2.1: with NXDOMAIN it is the last name of the chain that does not exist.
        bool isEndAnswered = Length == before || message.Rcode == DnsRcode.NxDomain || NegativeTtl(message) is not null;
        return isEndAnswered
            ? new DnsLookup.Absent(question, message.Rcode != DnsRcode.NxDomain, NegativeTtl(message)) { Zone = SoaOf(message)?.Owner }
            : null;
    }

    private DnsName? Alias(DnsMessage message)
    {
        DnsRecord? record = message.Answers.FirstOrDefault(
            record => record.Type == DnsType.Cname && record.Owner.Equals(End));
        if (record is null)
            return null;
        _ttl = Math.Min(_ttl, record.Ttl);
        return DnsName.FromWire(record.Data.Span);
    }

    // RFC 2308 §5: the lesser of the TTL of the SOA record and its MINIMUM.
    private static uint? NegativeTtl(DnsMessage message)
    {
        DnsRecord? soa = SoaOf(message);
        return soa is null
            ? null
            : Math.Min(soa.Ttl, BinaryPrimitives.ReadUInt32BigEndian(soa.Data.Span[^SoaMinimumFromEnd..]));
    }

    private static DnsRecord? SoaOf(DnsMessage message) => message.Authority.FirstOrDefault(record => record.Type == DnsType.Soa);

    private DnsLookup.Failed FailedWithoutAnswer(ExchangeResult result) => result switch
    {
        ExchangeResult.TimedOut { Dropped: 0 } => new(question, DnsFault.Timeout, "no answer"),
        ExchangeResult.TimedOut { Dropped: var dropped } =>
            new(question, DnsFault.Timeout, $"no answer that belongs to the question, but {dropped} that do not"),
        ExchangeResult.Truncated { Reason: var reason } =>
            new(question, DnsFault.Unreachable, $"the answer does not fit into UDP, and TCP gives none: {reason}"),
        ExchangeResult.Unreachable { Reason: var reason } => new(question, DnsFault.Unreachable, reason),
        _ => new(question, DnsFault.Unreachable, "the letters of the name came back in another case"),
    };

    private DnsLookup.Failed FailedByRcode(DnsMessage message) => new(question, FaultOf(message.Rcode), ReasonOf(message))
    {
        Errors = message.Edns?.Errors ?? [],
    };

    private static DnsFault FaultOf(DnsRcode rcode) => rcode switch
    {
        DnsRcode.ServFail => DnsFault.ServFail,
        DnsRcode.Refused => DnsFault.Refused,
        _ => DnsFault.OtherRcode,
    };

    private static string ReasonOf(DnsMessage message) =>
        $"{(Enum.IsDefined(message.Rcode) ? message.Rcode.ToString().ToUpperInvariant() : $"RCODE{(ushort)message.Rcode}")}";
}
