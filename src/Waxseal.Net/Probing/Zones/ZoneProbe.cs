using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Exchange;
using Waxseal.Net.Dns.Validation.Records;
using Waxseal.Net.Probing.Facts;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Probing.Zones;

/// <summary>Asks each name server of a zone for the zone's SOA, in the ways that resolvers do; over TCP until it has answered once.</summary>
internal sealed class ZoneProbe(NameServerClient client, TimeProvider clock)
{
    private const int NumbersOfSoa = 5 * sizeof(uint);
    private const int MaxKept = 10_000;

    // Whether a server can be reached over TCP does not hang on the zone, and a connection costs it more than a question.
    private readonly ConcurrentDictionary<IPEndPoint, bool> _answersOverTcp = [];

    public async Task<ZoneFacts> ProbeAsync(
        DnsName apex,
        ImmutableArray<DnsName> delegated,
        ImmutableArray<DnsName> named,
        ImmutableArray<NameServer> servers,
        CancellationToken cancellationToken)
    {
        NameServerFacts[] facts = await Task.WhenAll(servers.Select(server => server.EndPoint is { } endPoint
            ? ProbeAsync(server.Name.ToString(), endPoint, new DnsQuestion(apex, DnsType.Soa), cancellationToken)
            : Task.FromResult(WithoutAddress(server)))).ConfigureAwait(false);
        return new(apex.ToString(), Texts(delegated), Texts(named), [.. facts])
        {
            NegativeTtl = facts.SelectMany(server => server.Udp.Records).Select(NegativeTtl).FirstOrDefault(),
        };
    }

    private async Task<NameServerFacts> ProbeAsync(
        string name, IPEndPoint server, DnsQuestion question, CancellationToken cancellationToken)
    {
        Task<DnsAnswerFacts?> tcp = AskOverTcpAsync(server, question, cancellationToken);
        ExchangeResult udp = await client.AskOnceAsync(server, question, DnsTransport.Udp, DnsQueryOptions.ToAuthority, cancellationToken)
            .ConfigureAwait(false);
        bool? keepsCase = udp is ExchangeResult.CaseLost ? false : udp is ExchangeResult.Answered ? true : null;
        if (udp is ExchangeResult.CaseLost)
        {
            DnsQueryOptions oneCase = DnsQueryOptions.ToAuthority with { MixesCase = false };
            udp = await client.AskOnceAsync(server, question, DnsTransport.Udp, oneCase, cancellationToken).ConfigureAwait(false);
        }

        bool? speaksEdns = udp is ExchangeResult.Answered { Message.Edns: not null } ? true : null;
        if (MayLackEdns(udp))
        {
            DnsQueryOptions withoutEdns = DnsQueryOptions.ToAuthority with { UsesEdns = false, MixesCase = false };
            ExchangeResult plain = await client.AskOnceAsync(server, question, DnsTransport.Udp, withoutEdns, cancellationToken)
                .ConfigureAwait(false);
            if (plain is ExchangeResult.Answered { Message.Rcode: DnsRcode.NoError })
                (udp, speaksEdns) = (plain, false);
        }

        DnsAnswerFacts answer = AnswerFacts.Of(question, udp);
        return new(name, server.Address.ToString(), answer, await tcp.ConfigureAwait(false))
        {
            IsAuthoritative = NameServerClient.SpeaksAsAuthority(udp),
            Serial = answer.Records is [var soa, ..] ? Number(soa, 0) : null,
            KeepsCase = keepsCase,
            SpeaksEdns = speaksEdns,
            Signature = udp is ExchangeResult.Answered { Message: var message } ? TimeOf(message) : null,
        };
    }

    private async Task<DnsAnswerFacts?> AskOverTcpAsync(IPEndPoint server, DnsQuestion question, CancellationToken cancellationToken)
    {
        if (_answersOverTcp.ContainsKey(server))
            return null;

        ExchangeResult result = await client.AskOnceAsync(server, question, DnsTransport.Tcp, DnsQueryOptions.ToAuthority, cancellationToken).ConfigureAwait(false);
        if (_answersOverTcp.Count > MaxKept)
            _answersOverTcp.Clear();
        if (result is ExchangeResult.Answered)
            _answersOverTcp[server] = true;
        return AnswerFacts.Of(question, result);
    }

    private SignatureTime? TimeOf(DnsMessage message) => message.Answers
        .Where(record => record.Type == DnsType.Rrsig)
        .Select(record => Signature.TryRead(record.Data, out Signature? signature) && signature.Covered == DnsType.Soa
            ? new SignatureTime(signature.BeginOf(clock.GetUtcNow()), signature.EndOf(clock.GetUtcNow()))
            : null)
        .FirstOrDefault(time => time is not null);

    // RFC 6891 §7: FORMERR without OPT is the honest way to say so; to stay silent is the other one.
    private static bool MayLackEdns(ExchangeResult result) => result
        is ExchangeResult.TimedOut
        or ExchangeResult.Answered { Message: { Rcode: DnsRcode.FormErr or DnsRcode.NotImp, Edns: null } };

    private static NameServerFacts WithoutAddress(NameServer server)
    {
        string reason = server.Refusal is null ? "its name has no address" : $"{server.Refusal}, which the outside world cannot reach";
        return new(server.Name.ToString(), "", new(DnsOutcome.Failed, 0) { Fault = "no-address", Reason = reason }, null);
    }

    // RFC 2308 §5: the lesser of the TTL of the SOA record and its MINIMUM, the last of its numbers.
    private static uint? NegativeTtl(DnsRecordFacts soa) => Number(soa, 4) is { } minimum ? Math.Min(soa.Ttl, minimum) : null;

    // RFC 1035 §3.3.13: two names, then five numbers, SERIAL the first.
    private static uint? Number(DnsRecordFacts soa, int index) => soa.Data.Length < NumbersOfSoa
        ? null
        : BinaryPrimitives.ReadUInt32BigEndian(soa.Data.Span[^(NumbersOfSoa - (index * sizeof(uint)))..]);

    private static ImmutableArray<string> Texts(ImmutableArray<DnsName> names) => [.. names.Select(name => name.ToString())];
}
