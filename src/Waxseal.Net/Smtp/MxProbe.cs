using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Waxseal.Net.Dialing;
using Waxseal.Net.Probing;
using Waxseal.Net.Probing.Facts;
using Waxseal.Net.Tls;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Names;

namespace Waxseal.Net.Smtp;

/// <summary>Looks at one address of an MX host: some sessions as far as TLS, one after another. It never sends mail.</summary>
internal sealed class MxProbe(GuardedDialer dialer, TlsProbe tls, ProbeOptions options, TimeProvider clock)
{
    /// <summary>Looks at one address. Where a step takes all its time the rest of the address is left alone.</summary>
    public async Task<MxAddressFacts> ProbeAsync(DomainName mxHost, IPAddress address, CancellationToken cancellationToken)
    {
        ImmutableArray<SmtpSessionFacts>.Builder sessions = ImmutableArray.CreateBuilder<SmtpSessionFacts>();
        ConnectionFacts? first = null;
        Queue<HandshakeVariant> variants = new([HandshakeVariant.Usual]);
        while (variants.TryDequeue(out HandshakeVariant variant))
        {
            DialResult result = await dialer.ConnectAsync(new(address, options.SmtpPort), options.StepTimeout, cancellationToken).ConfigureAwait(false);
            first ??= Connections.FactsOf(result);
            if (result is not DialResult.Connected { Socket: var socket })
                break;

            NetworkStream transport = new(socket, ownsSocket: true);
            await using (transport.ConfigureAwait(false))
            {
                SmtpSession visit = new(tls, mxHost.Value, options, clock) { WatchesTickets = IsFirstOfTls13(sessions, variant), Known = sessions.Count > 0 ? sessions[0].Handshake : null };
                SmtpSessionFacts session = await visit.RunAsync(transport, variant, cancellationToken).ConfigureAwait(false);
                sessions.Add(session);
            }

            if (sessions.Count == 1)
                Array.ForEach(Further(sessions[0]), variants.Enqueue);
            if (sessions[^1].Fault is SmtpFault.Timeout or SmtpFault.TooLong or SmtpFault.NotSmtp)
                break;
        }

        return new(address.ToString(), first!, sessions.DrainToImmutable());
    }

    // Only TLS 1.3 has tickets outside of the handshake, and one look tells enough.
    private static bool IsFirstOfTls13(ImmutableArray<SmtpSessionFacts>.Builder before, HandshakeVariant variant) =>
        (variant == HandshakeVariant.Usual && before.Count == 0) || variant == HandshakeVariant.Tls13;

    // Without STARTTLS there is nothing to vary; repeats find nodes that differ behind one address.
    private HandshakeVariant[] Further(SmtpSessionFacts first)
    {
        HandshakeVariant[] repeats = [.. Enumerable.Repeat(HandshakeVariant.Usual, options.MxRepeats)];
        if (first.Handshake is not { } usual)
            return repeats;
        if (usual.Fault is not null)
            return [HandshakeVariant.Outdated, HandshakeVariant.Tls12, .. repeats];
        return
        [
            usual.Version == "TLS 1.2" ? HandshakeVariant.Tls13 : HandshakeVariant.Tls12,
            HandshakeVariant.WithoutName,
            HandshakeVariant.RsaOnly,
            HandshakeVariant.EcdsaOnly,
            .. repeats,
        ];
    }
}
