using System.Collections.Concurrent;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Validation;

namespace Waxseal.Lab.Signing;

/// <summary>
/// Laboratory zones behind one recursive resolver that does not judge: in memory, or behind a <see cref="ScriptedDnsServer"/>
/// whose script is <see cref="Serve"/>.
/// </summary>
internal sealed class LabDns(params SignedZone[] zones) : IMessageSource
{
    private const int MaxAliases = 12;

    /// <summary>What was asked, in order.</summary>
    public ConcurrentQueue<DnsQuestion> Asked { get; } = [];

    /// <summary>Changes answers on their way; null takes one away.</summary>
    public Func<DnsMessage, DnsMessage?> Edit { get; set; } = message => message;

    public Task<DnsMessage?> AskAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Asked.Enqueue(question);
        return Task.FromResult(Edit(Answer(question)));
    }

    /// <summary>A script for <see cref="ScriptedDnsServer"/>.</summary>
    public IEnumerable<byte[]> Serve(ReceivedQuery query)
    {
        Asked.Enqueue(query.Question);
        if (Edit(Answer(query.Question)) is not { } message)
            return [];

        DnsReply reply = new(query) { Rcode = message.Rcode };
        foreach (DnsRecord record in message.Answers)
            reply.Answer(record.Owner.ToString(), record.Type, record.Ttl, record.Data.ToArray());
        foreach (DnsRecord record in message.Authority)
            reply.Authority(record.Owner.ToString(), record.Type, record.Ttl, record.Data.ToArray());
        return [reply.Edns().ToBytes()];
    }

    private DnsMessage Answer(DnsQuestion question)
    {
        List<DnsRecord> answers = [];
        List<DnsRecord> authority = [];
        DnsRcode rcode = DnsRcode.NoError;
        DnsName? name = question.Name;
        for (int i = 0; name is not null && i < MaxAliases; i++)
        {
            LabAnswer answer = new(ZoneOf(name, question.Type), name, question.Type);
            name = answer.Find();
            answers.AddRange(answer.Answers);
            authority.AddRange(answer.Authority);
            rcode = answer.Rcode;
        }

        return new DnsMessage(1, DnsHeaderBits.Response | DnsHeaderBits.RecursionAvailable, rcode, question)
        {
            Answers = [.. answers],
            Authority = [.. authority],
            Edns = new EdnsOptions(1232, IsDnssecOk: true, []),
        };
    }

    // DS records are in the zone above.
    private SignedZone ZoneOf(DnsName name, DnsType type) => zones
        .Where(zone => name.IsAtOrBelow(zone.Name) && (type != DnsType.Ds || !name.Equals(zone.Name) || name.LabelCount == 0))
        .MaxBy(zone => zone.Name.LabelCount)!;
}
