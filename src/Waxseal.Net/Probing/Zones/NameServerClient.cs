using System.Net;
using Waxseal.Net.Dns;
using Waxseal.Net.Dns.Exchange;
using Waxseal.Net.Probing.Facts;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Probing.Zones;

/// <summary>Asks authoritative name servers, no more of them at a time than is allowed.</summary>
internal sealed class NameServerClient(ProbeOptions options, TimeProvider clock) : IDisposable
{
    private readonly DnsExchange _exchange = new(clock);
    private readonly SemaphoreSlim _turns = new(options.MaxQuestions);

    /// <summary>Asks as resolvers do: UDP first, TCP where it is needed, without EDNS where it is not known.</summary>
    public Task<ExchangeResult> AskAsync(IPEndPoint server, DnsQuestion question, CancellationToken cancellationToken) =>
        InTurnAsync(
            () => new ServerConversation(_exchange, server, options.DnsTimeout)
                .AskAsync(question, DnsQueryOptions.ToAuthority, cancellationToken),
            cancellationToken);

    /// <summary>Asks once, in one way.</summary>
    public Task<ExchangeResult> AskOnceAsync(
        IPEndPoint server, DnsQuestion question, DnsTransport transport, DnsQueryOptions query, CancellationToken cancellationToken) =>
        InTurnAsync(
            () => _exchange.AskAsync(server, question, query, transport, options.DnsTimeout, cancellationToken),
            cancellationToken);

    /// <summary>What each server says to a question; those without address are left out.</summary>
    public async Task<ServerAnswerFacts[]> AskEachAsync(
        IEnumerable<NameServer> servers, DnsQuestion question, CancellationToken cancellationToken) =>
        await Task.WhenAll(servers.Where(server => server.EndPoint is not null).Select(async server =>
        {
            ExchangeResult result = await AskAsync(server.EndPoint!, question, cancellationToken).ConfigureAwait(false);
            return new ServerAnswerFacts(
                server.Name.ToString(), server.EndPoint!.Address.ToString(), SpeaksAsAuthority(result), AnswerFacts.Of(question, result));
        })).ConfigureAwait(false);

    /// <summary>Whether the answer has the AA bit (RFC 1035 §4.1.1).</summary>
    public static bool SpeaksAsAuthority(ExchangeResult result) =>
        result is ExchangeResult.Answered { Message.Bits: var bits } && bits.HasFlag(DnsHeaderBits.Authoritative);

    public void Dispose() => _turns.Dispose();

    private async Task<ExchangeResult> InTurnAsync(Func<Task<ExchangeResult>> ask, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await ask().ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }
}
