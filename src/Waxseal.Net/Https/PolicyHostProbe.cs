using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Waxseal.Net.Dialing;
using Waxseal.Net.Probing;
using Waxseal.Net.Probing.Facts;
using Waxseal.Net.Tls;
using Waxseal.Net.Tls.Hello;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Names;

namespace Waxseal.Net.Https;

/// <summary>Looks at one address of a policy host as senders do: several handshakes, and a GET for each <c>User-Agent</c>.</summary>
internal sealed class PolicyHostProbe(GuardedDialer dialer, TlsProbe tls, HelloProbe hello, ProbeOptions options, TimeProvider clock)
{
    /// <summary>Looks at one address. Where a step takes all its time the rest of the address is left alone.</summary>
    public async Task<PolicyHostAddressFacts> ProbeAsync(DomainName policyHost, IPAddress address, CancellationToken cancellationToken)
    {
        (ConnectionFacts connection, TlsContact? usual) =
            await HandshakeAsync(policyHost, address, HandshakeVariant.Usual, SslApplicationProtocol.Http11, known: null, cancellationToken).ConfigureAwait(false);
        PolicyHostAddressFacts facts = new(address.ToString(), connection, [], []);
        if (usual is null)
            return facts;

        facts = facts with { Handshakes = [usual.Facts] };
        if (usual.Session is not null)
            facts = facts with { Visits = await VisitAsync(policyHost, address, usual.Session, cancellationToken).ConfigureAwait(false) };
        if (usual.Facts.Fault == HandshakeFault.Timeout)
            return facts;

        ImmutableArray<HandshakeFacts> others = usual.Facts.Fault is null
            ? await VaryAsync(policyHost, address, usual.Facts, cancellationToken).ConfigureAwait(false)
            : await RetryAsync(policyHost, address, usual.Facts, cancellationToken).ConfigureAwait(false);
        return facts with { Handshakes = [usual.Facts, .. others] };
    }

    /// <summary>Shakes hands without a server name; what one address tells of it will do for all.</summary>
    /// <param name="policyHost">The policy host.</param>
    /// <param name="facts">The address, with which a usual handshake went well.</param>
    /// <param name="cancellationToken">Ends it with an exception.</param>
    public async Task<PolicyHostAddressFacts> TryWithoutNameAsync(DomainName policyHost, PolicyHostAddressFacts facts, CancellationToken cancellationToken)
    {
        var address = IPAddress.Parse(facts.Address);
        HandshakeFacts known = facts.Handshake(HandshakeVariant.Usual)!;
        HandshakeFacts? handshake = facts.Handshakes.Any(other => other is { Version: "TLS 1.2", Fault: null })
            ? await GreetAsync(policyHost, address, HandshakeVariant.WithoutName, known, cancellationToken).ConfigureAwait(false)
            : await TryAsync(policyHost, address, HandshakeVariant.WithoutName, known, cancellationToken).ConfigureAwait(false);
        return handshake is null ? facts : facts with { Handshakes = facts.Handshakes.Add(handshake) };
    }

    // Only what can tell something new: a server that chose TLS 1.3 has it, and one that takes TLS 1.2 in a large ClientHello takes it in a small one.
    private async Task<ImmutableArray<HandshakeFacts>> VaryAsync(DomainName policyHost, IPAddress address, HandshakeFacts usual, CancellationToken cancellationToken)
    {
        HandshakeFacts? large = await GreetAsync(policyHost, address, HandshakeVariant.LargeHello, usual, cancellationToken).ConfigureAwait(false);
        HandshakeFacts? other = usual.Version == "TLS 1.2"
            ? await TryAsync(policyHost, address, HandshakeVariant.Tls13, usual, cancellationToken).ConfigureAwait(false)
            : large?.Fault is not null ? await GreetAsync(policyHost, address, HandshakeVariant.Tls12, usual, cancellationToken).ConfigureAwait(false)
            : null;
        return [.. new[] { large, other }.OfType<HandshakeFacts>()];
    }

    // What a server takes that does not take the usual.
    private async Task<ImmutableArray<HandshakeFacts>> RetryAsync(DomainName policyHost, IPAddress address, HandshakeFacts usual, CancellationToken cancellationToken)
    {
        HandshakeFacts? outdated = await TryAsync(policyHost, address, HandshakeVariant.Outdated, usual, cancellationToken).ConfigureAwait(false);
        HandshakeFacts? tls12 = outdated is null or { Fault: HandshakeFault.Timeout }
            ? null
            : await TryAsync(policyHost, address, HandshakeVariant.Tls12, usual, cancellationToken).ConfigureAwait(false);
        return [.. new[] { outdated, tls12 }.OfType<HandshakeFacts>()];
    }

    private async Task<HandshakeFacts?> GreetAsync(
        DomainName policyHost, IPAddress address, HandshakeVariant variant, HandshakeFacts known, CancellationToken cancellationToken)
    {
        DialResult result = await dialer.ConnectAsync(new(address, options.HttpsPort), options.StepTimeout, cancellationToken).ConfigureAwait(false);
        return result is DialResult.Connected { Socket: var socket }
            ? await hello.GreetAsync(new NetworkStream(socket, ownsSocket: true), policyHost.Value, variant, known, options.StepTimeout, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private async Task<HandshakeFacts?> TryAsync(
        DomainName policyHost, IPAddress address, HandshakeVariant variant, HandshakeFacts known, CancellationToken cancellationToken)
    {
        (_, TlsContact? contact) = await HandshakeAsync(policyHost, address, variant, SslApplicationProtocol.Http11, known, cancellationToken).ConfigureAwait(false);
        await CloseAsync(contact?.Session).ConfigureAwait(false);
        return contact?.Facts;
    }

    private async Task<ImmutableArray<VisitFacts>> VisitAsync(
        DomainName policyHost, IPAddress address, SslStream first, CancellationToken cancellationToken)
    {
        Stream? ready = first;
        using PolicyRequests requests = new(
            policyHost,
            async token => Interlocked.Exchange(ref ready, null) ?? await ConnectAgainAsync(policyHost, address, SslApplicationProtocol.Http11, token).ConfigureAwait(false),
            clock);
        ImmutableArray<VisitFacts>.Builder visits = ImmutableArray.CreateBuilder<VisitFacts>();
        foreach (string? userAgent in options.UserAgents)
        {
            visits.Add(await requests.GetAsync(userAgent, HttpVersion.Version11, options.StepTimeout, cancellationToken).ConfigureAwait(false));
            if (visits[^1].Fault is not null)
                break;
        }

        await CloseAsync(ready).ConfigureAwait(false);
        if (visits.All(visit => visit.Fault is "not-http" or "connection-closed"))
            visits.Add(await VisitByHttp2Async(policyHost, address, cancellationToken).ConfigureAwait(false));
        return visits.DrainToImmutable();
    }

    // A server that does not speak HTTP/1.1 may speak HTTP/2, which browsers use and most senders do not.
    private async Task<VisitFacts> VisitByHttp2Async(DomainName policyHost, IPAddress address, CancellationToken cancellationToken)
    {
        using PolicyRequests requests = new(
            policyHost, token => ConnectAgainAsync(policyHost, address, SslApplicationProtocol.Http2, token), clock);
        return await requests.GetAsync(options.UserAgents[0], HttpVersion.Version20, options.StepTimeout, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Stream> ConnectAgainAsync(
        DomainName policyHost, IPAddress address, SslApplicationProtocol protocol, CancellationToken cancellationToken)
    {
        (ConnectionFacts connection, TlsContact? contact) =
            await HandshakeAsync(policyHost, address, HandshakeVariant.Usual, protocol, known: null, cancellationToken).ConfigureAwait(false);
        return contact?.Session ?? throw new IOException(contact?.Facts.Detail ?? connection.Detail);
    }

    private async Task<(ConnectionFacts Connection, TlsContact? Contact)> HandshakeAsync(
        DomainName policyHost, IPAddress address, HandshakeVariant variant, SslApplicationProtocol protocol, HandshakeFacts? known, CancellationToken cancellationToken)
    {
        DialResult result = await dialer.ConnectAsync(new(address, options.HttpsPort), options.StepTimeout, cancellationToken).ConfigureAwait(false);
        ConnectionFacts connection = Connections.FactsOf(result);
        if (result is not DialResult.Connected { Socket: var socket })
            return (connection, null);

        TlsContact contact = await tls.HandshakeAsync(
            new NetworkStream(socket, ownsSocket: true), policyHost.Value, variant, protocol, known, options.StepTimeout, cancellationToken).ConfigureAwait(false);
        return (connection, contact);
    }

    private static async Task CloseAsync(Stream? stream)
    {
        if (stream is not null)
            await stream.DisposeAsync().ConfigureAwait(false);
    }
}
