using System.Buffers.Binary;
using System.Security.Cryptography;
using Waxseal.Net.Probing.Facts;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tls.Hello;

/// <summary>
/// Says hello in one of several ways, reads what the server answers and takes leave, without setting up a session. It tells as
/// much of what a server accepts as a whole handshake, at a fraction of the work for both.
/// </summary>
/// <param name="judge">Says what certificates are worth.</param>
/// <param name="clock">Measures how long it takes.</param>
internal sealed class HelloProbe(ChainJudge judge, TimeProvider clock)
{
    // RFC 5246 §6.2.3.
    private const int MaxRecord = (1 << 14) + 2048;

    /// <summary>Says hello over a connection, and closes it.</summary>
    /// <param name="transport">The connection.</param>
    /// <param name="hostName">The name of the host.</param>
    /// <param name="variant">What to offer, as <see cref="ClientHello.Write"/> takes it.</param>
    /// <param name="known">An earlier handshake with the host: of the same certificates it tells what they are worth.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    public async Task<HandshakeFacts> GreetAsync(
        Stream transport, string hostName, HandshakeVariant variant, HandshakeFacts known, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        ServerFlight flight = new();
        using CancellationTokenSource deadline = new(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await using (transport.ConfigureAwait(false))
        {
            try
            {
                await transport.WriteAsync(ClientHello.Write(variant, hostName), either.Token).ConfigureAwait(false);
                await ReadAsync(transport, flight, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                flight.Fail(HandshakeFault.Timeout, $"no answer within {timeout.TotalSeconds:0.#} s");
            }
            catch (IOException)
            {
                flight.Fail(HandshakeFault.Closed, "the connection was closed during the handshake");
            }

            // A server may be quicker to close than we to take leave.
            await transport.WriteAsync(Alerts.Farewell, either.Token).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return FactsOf(flight, hostName, variant, known) with { ElapsedMs = Milliseconds.Of(clock.GetElapsedTime(start)) };
    }

    private static async Task ReadAsync(Stream transport, ServerFlight flight, CancellationToken cancellationToken)
    {
        byte[] record = new byte[ServerFlight.RecordHeader + MaxRecord];
        while (!flight.IsOver)
        {
            await transport.ReadExactlyAsync(record.AsMemory(0, ServerFlight.RecordHeader), cancellationToken).ConfigureAwait(false);
            int length = BinaryPrimitives.ReadUInt16BigEndian(record.AsSpan(3));
            if (record[1] != 3 || length > MaxRecord)
            {
                flight.Fail(HandshakeFault.NotTls, "what came is no TLS");
                return;
            }

            await transport.ReadExactlyAsync(record.AsMemory(ServerFlight.RecordHeader, length), cancellationToken).ConfigureAwait(false);
            flight.Take(record[0], record.AsSpan(ServerFlight.RecordHeader, length));
        }
    }

    private HandshakeFacts FactsOf(ServerFlight flight, string hostName, HandshakeVariant variant, HandshakeFacts known)
    {
        HandshakeFacts facts = new(variant, 0) { Fault = flight.Fault, Detail = flight.Detail, AsksForCertificate = flight.AsksForCertificate };
        if (flight.Fault is not null)
            return facts;

        facts = facts with
        {
            Version = "TLS 1.2",
            CipherSuite = flight.CipherSuite.ToString(),
            Certificates = flight.Certificates,
        };
        if (flight.Certificates.IsEmpty)
            return facts;
        if (SentCertificates.AreSame(flight.Certificates, known.Certificates))
            return facts with { Chain = known.Chain };

        try
        {
            return facts with { Chain = judge.Judge(flight.Certificates, hostName) };
        }
        catch (CryptographicException fault)
        {
            return facts with { Fault = HandshakeFault.Other, Detail = $"a certificate that was sent cannot be read: {fault.Message.TrimEnd('.')}" };
        }
    }
}
