using System.Net;
using Waxseal.Net.Dns.Exchange;

namespace Waxseal.Net.Dns;

/// <summary>
/// Asks recursive resolvers (RFC 1034 §5.3.1). What does not belong to a question is dropped, never believed; the AD bit is
/// believed only where the options say so.
/// </summary>
public sealed class StubResolver : IDnsResolver, IDisposable
{
    // RFC 1034 §3.6.2 demands that loops are noticed; no honest chain is this long.
    private const int MaxAliases = 16;

    private readonly StubResolverOptions _options;
    private readonly DnsExchange _exchange;
    private readonly SemaphoreSlim _turns;
    private readonly TimeProvider _clock;

    /// <summary>A resolver that keeps nothing between look-ups.</summary>
    /// <param name="options">Which resolvers are asked.</param>
    /// <param name="clock">Measures how long it takes.</param>
    /// <exception cref="ArgumentException">There is no resolver to ask.</exception>
    public StubResolver(StubResolverOptions options, TimeProvider clock)
    {
        if (options.Resolvers.IsDefaultOrEmpty)
            throw new ArgumentException("There is no resolver to ask.", nameof(options));

        _options = options;
        _clock = clock;
        _exchange = new DnsExchange(clock);
        _turns = new SemaphoreSlim(options.MaxInFlight);
    }

    /// <inheritdoc/>
    public Task<DnsLookup> LookUpAsync(DnsQuestion question, CancellationToken cancellationToken) =>
        LookUpAsync(question, DnsQueryOptions.ToResolver, cancellationToken);

    /// <summary>Looks one name up in a way of its own, such as with checking disabled; aliases are followed.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="options">How the resolvers are asked.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    /// <returns>What came of it; a fault of DNS is an answer, not an exception.</returns>
    public async Task<DnsLookup> LookUpAsync(DnsQuestion question, DnsQueryOptions options, CancellationToken cancellationToken)
    {
        long start = _clock.GetTimestamp();
        AliasChain chain = new(question);
        bool isSecure = true;
        while (chain.Length <= MaxAliases)
        {
            ExchangeResult result = await AskPatientlyAsync(question with { Name = chain.End }, options, cancellationToken)
                .ConfigureAwait(false);
            isSecure &= IsVouchedFor(result);
            if (chain.Follow(result) is { } lookup)
                return lookup with { IsSecure = isSecure, Aliases = chain.Names, Elapsed = _clock.GetElapsedTime(start) };
        }

        return new DnsLookup.Failed(question, DnsFault.AliasLoop, $"more than {MaxAliases} aliases")
        {
            Aliases = chain.Names,
            Elapsed = _clock.GetElapsedTime(start),
        };
    }

    /// <summary>Asks one question and gives the whole answer, aliases not followed.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="options">How the resolvers are asked.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    /// <returns>The answer, whatever its response code; null when none came.</returns>
    public async Task<DnsMessage?> AskAsync(DnsQuestion question, DnsQueryOptions options, CancellationToken cancellationToken) =>
        await AskPatientlyAsync(question, options, cancellationToken).ConfigureAwait(false) is ExchangeResult.Answered { Message: var message }
            ? message
            : null;

    /// <inheritdoc/>
    public void Dispose() => _turns.Dispose();

    private bool IsVouchedFor(ExchangeResult result) =>
        _options.TrustsAuthenticData
        && result is ExchangeResult.Answered { Message.Bits: var bits } && bits.HasFlag(DnsHeaderBits.AuthenticData);

    // Another server may know better than one that fails; a refusal or failure of the last one is the answer.
    private async Task<ExchangeResult> AskPatientlyAsync(
        DnsQuestion question, DnsQueryOptions options, CancellationToken cancellationToken)
    {
        ExchangeResult last = new ExchangeResult.TimedOut(0);
        for (int attempt = 0; attempt < _options.Attempts; attempt++)
        {
            IPEndPoint resolver = _options.Resolvers[attempt % _options.Resolvers.Length];
            ExchangeResult result = await AskAsync(resolver, question, options, cancellationToken).ConfigureAwait(false);
            if (result is ExchangeResult.Answered { Message.Rcode: DnsRcode.NoError or DnsRcode.NxDomain })
                return result;
            if (result is ExchangeResult.Answered || last is not ExchangeResult.Answered)
                last = result;
        }

        return last;
    }

    private async Task<ExchangeResult> AskAsync(
        IPEndPoint resolver, DnsQuestion question, DnsQueryOptions options, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await new ServerConversation(_exchange, resolver, _options.AttemptTimeout)
                .AskAsync(question, options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turns.Release();
        }
    }
}
