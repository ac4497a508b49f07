using System.Collections.Immutable;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Waxseal.Net.Probing.Facts;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Tls;

/// <summary>
/// Shakes hands in one of several ways and notes what comes. Any certificate is taken, for it is looked at afterwards; nothing
/// is sent over the session that would need it.
/// </summary>
/// <param name="judge">Says what certificates are worth.</param>
/// <param name="clock">Measures how long it takes.</param>
internal sealed class TlsProbe(ChainJudge judge, TimeProvider clock)
{
    /// <summary>Shakes hands over a connection.</summary>
    /// <param name="transport">The connection; it is closed with the session, or when there is none.</param>
    /// <param name="hostName">The name of the host.</param>
    /// <param name="variant">What to offer.</param>
    /// <param name="protocol">The application protocol to offer (ALPN, RFC 7301 §3.1), or null for none.</param>
    /// <param name="known">An earlier handshake with the host: of the same certificates it tells what they are worth. Null for none.</param>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="cancellationToken">Ends the wait with an exception.</param>
    public async Task<TlsContact> HandshakeAsync(
        Stream transport,
        string hostName,
        HandshakeVariant variant,
        SslApplicationProtocol? protocol,
        HandshakeFacts? known,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        Notes notes = new(hostName, judge, known);
        SslStream session = new(transport, leaveInnerStreamOpen: false);
        using CancellationTokenSource deadline = new(timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        HandshakeFacts facts = new(variant, 0);
        bool isSession = false;
        try
        {
            await session.AuthenticateAsClientAsync(
                HandshakeOffer.Of(variant, hostName, protocol, known is null ? judge.Rules() : ChainJudge.NoRules(), notes.Take, notes.NoteRequest), either.Token).ConfigureAwait(false);
            isSession = true;
            facts = facts with { Version = WordOf(session.SslProtocol), CipherSuite = session.NegotiatedCipherSuite.ToString() };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            facts = facts with { Fault = HandshakeFault.Timeout, Detail = $"no answer within {timeout.TotalSeconds:0.#} s" };
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException or InvalidOperationException)
        {
            (HandshakeFault kind, string detail) = HandshakeFaults.Of(fault);
            facts = facts with { Fault = kind, Detail = detail };
        }
        finally
        {
            if (!isSession)
                await session.DisposeAsync().ConfigureAwait(false);
        }

        return new(
            facts with
            {
                ElapsedMs = Milliseconds.Of(clock.GetElapsedTime(start)),
                AsksForCertificate = notes.AsksForCertificate,
                Certificates = notes.Certificates,
                Chain = notes.Chain,
            },
            isSession ? session : null);
    }

    private static string WordOf(SslProtocols version) => version switch
    {
        SslProtocols.Tls12 => "TLS 1.2",
        SslProtocols.Tls13 => "TLS 1.3",
        _ => version.ToString(),
    };

    /// <summary>What the callbacks of a handshake see.</summary>
    private sealed class Notes(string hostName, ChainJudge judge, HandshakeFacts? known)
    {
        public ImmutableArray<ReadOnlyMemory<byte>> Certificates { get; private set; } = [];

        public ChainFacts? Chain { get; private set; }

        public bool AsksForCertificate { get; private set; }

        public bool Take(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
        {
            if (certificate is X509Certificate2 leaf && chain is not null)
            {
                // What was sent stands in the extra store of the policy, whether the chain needed it or not.
                IEnumerable<ReadOnlyMemory<byte>> issuers = chain.ChainPolicy.ExtraStore.Select(sent => sent.RawDataMemory);
                Certificates = SentCertificates.WithinLimits([leaf.RawDataMemory, .. issuers.Where(issuer => !issuer.Span.SequenceEqual(leaf.RawDataMemory.Span))]);
                Chain = known is null ? ChainJudge.Judge(leaf, chain, hostName)
                    : SentCertificates.AreSame(known.Certificates, Certificates) ? known.Chain
                    : Certificates.IsEmpty ? null
                    : judge.Judge(Certificates, hostName);
            }

            return true;
        }

        public X509Certificate? NoteRequest(
            object sender, string host, X509CertificateCollection certificates, X509Certificate? remote, string[] issuers)
        {
            // The framework asks twice; only the second time the server has spoken (RFC 8446 §4.3.2).
            AsksForCertificate |= remote is not null;
            return null;
        }
    }
}
