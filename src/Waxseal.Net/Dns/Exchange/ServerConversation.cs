using System.Net;

namespace Waxseal.Net.Dns.Exchange;

/// <summary>One question to one server until there is an answer: UDP first, TCP where it is needed, without EDNS where it is not known.</summary>
internal sealed class ServerConversation(DnsExchange exchange, IPEndPoint server, TimeSpan timeout)
{
    public async Task<ExchangeResult> AskAsync(
        DnsQuestion question, DnsQueryOptions options, CancellationToken cancellationToken)
    {
        ExchangeResult result = await OverBothAsync(question, options, cancellationToken).ConfigureAwait(false);

        // RFC 6891 §7: a server that does not know EDNS says FORMERR, without OPT.
        bool lacksEdns = result is ExchangeResult.Answered
        {
            Message: { Rcode: DnsRcode.FormErr or DnsRcode.NotImp, Edns: null },
        };
        return options.UsesEdns && lacksEdns
            ? await OverBothAsync(question, options with { UsesEdns = false }, cancellationToken).ConfigureAwait(false)
            : result;
    }

    private async Task<ExchangeResult> OverBothAsync(
        DnsQuestion question, DnsQueryOptions options, CancellationToken cancellationToken)
    {
        ExchangeResult overUdp = await exchange
            .AskAsync(server, question, options, DnsTransport.Udp, timeout, cancellationToken).ConfigureAwait(false);

        // RFC 7766 §5: what did not fit is asked again over TCP; so is what only a forger or a careless server does.
        bool isTruncated = overUdp is ExchangeResult.Answered { Message.Bits: var bits } && bits.HasFlag(DnsHeaderBits.Truncated);
        if (overUdp is not ExchangeResult.CaseLost && !isTruncated)
            return overUdp;

        ExchangeResult overTcp = await exchange
            .AskAsync(server, question, options, DnsTransport.Tcp, timeout, cancellationToken).ConfigureAwait(false);
        return overTcp switch
        {
            ExchangeResult.Unreachable { Reason: var reason } when isTruncated => new ExchangeResult.Truncated(reason),
            ExchangeResult.TimedOut when isTruncated => new ExchangeResult.Truncated("no answer in time"),
            _ => overTcp,
        };
    }
}
