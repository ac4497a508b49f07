using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Waxseal.Lab.Wire;

namespace Waxseal.Lab;

/// <summary>An SMTP server at one address, with faults to choose from. It takes no mail.</summary>
internal sealed class LabMxHost : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;
    private int _sessions;

    public LabMxHost(IPEndPoint at)
    {
        _listener = new TcpListener(at);
        _listener.Start();
        EndPoint = (IPEndPoint)_listener.LocalEndpoint;
        _loop = Task.Run(AcceptAsync);
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>The certificate for the number of the session, from 1, and the server name; empty without one.</summary>
    public Func<int, string, X509Certificate2> Certificate { get; set; } = (_, _) => LabCertificates.ForMx;

    /// <summary>The certificate for clients that take ECDSA, and for those that do not; in place of <see cref="Certificate"/>, if there is one.</summary>
    public Func<bool, X509Certificate2>? CertificateByOffer { get; set; }

    public X509Certificate2Collection Issuers { get; set; } = [];

    /// <summary>Whether weak keys and signatures may be used, as old servers do (OpenSSL's security level 0).</summary>
    public bool AllowsWeakness { get; set; }

    public SslProtocols Protocols { get; set; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    public string Banner { get; set; } = "220 mx.example.test ESMTP";

    /// <summary>The answer to EHLO in clear text, for the number of the session.</summary>
    public Func<int, string> Ehlo { get; set; } = _ => "250-mx.example.test\r\n250-SIZE 10240000\r\n250 STARTTLS";

    public string EhloUnderTls { get; set; } = "250-mx.example.test\r\n250 REQUIRETLS";

    /// <summary>The answer to STARTTLS; what does not begin with 220 refuses it.</summary>
    public string StartTls { get; set; } = "220 2.0.0 Ready";

    /// <summary>What happens in place of the handshake, if anything.</summary>
    public Func<Stream, CancellationToken, Task>? InPlaceOfHandshake { get; set; }

    /// <summary>What the octets of the TLS session go through on their way, if anything.</summary>
    public Func<Stream, Stream> Below { get; set; } = transport => transport;

    /// <summary>What happens in place of the whole session, if anything.</summary>
    public Func<Stream, CancellationToken, Task>? InPlaceOfSession { get; set; }

    /// <summary>The commands that came, in clear text and under TLS.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Commands { get; } = [];

    public async ValueTask DisposeAsync()
    {
        if (_loop.IsCompleted)
            return;
        await _end.CancelAsync();
        _listener.Dispose();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket socket = await _listener.AcceptSocketAsync(_end.Token);
            int number = Interlocked.Increment(ref _sessions);
            _ = ServeAsync(socket, number).ContinueWith(_ => socket.Dispose(), TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        await using NetworkStream transport = new(socket, ownsSocket: true);
        if (InPlaceOfSession is { } instead)
        {
            await instead(transport, _end.Token);
            return;
        }

        await transport.WriteLineAsync(Banner, _end.Token);
        while (await ReadLineAsync(transport) is { } line)
        {
            if (line.StartsWith("EHLO", StringComparison.Ordinal))
            {
                await transport.WriteLineAsync(Ehlo(number), _end.Token);
            }
            else if (line == "STARTTLS")
            {
                await transport.WriteLineAsync(StartTls, _end.Token);
                if (StartTls.StartsWith("220", StringComparison.Ordinal))
                    await UnderTlsAsync(transport, number);
            }
            else
            {
                await transport.WriteLineAsync(line == "QUIT" ? "221 Bye" : "502 No", _end.Token);
            }
        }
    }

    private async Task UnderTlsAsync(NetworkStream transport, int number)
    {
        if (InPlaceOfHandshake is { } instead)
        {
            await instead(transport, _end.Token);
            throw new IOException("The session ends here.");
        }

        ClientHelloWatch offer = new(Below(transport));
        await using SslStream stream = new(offer);
        await stream.AuthenticateAsServerAsync((_, hello, _, _) => ValueTask.FromResult(Options(CertificateFor(number, hello.ServerName, offer))), null, _end.Token);
        while (await ReadLineAsync(stream) is { } line)
        {
            await stream.WriteLineAsync(line.StartsWith("EHLO", StringComparison.Ordinal) ? EhloUnderTls : "221 Bye", _end.Token);
            if (line == "QUIT")
                return;
        }
    }

    private X509Certificate2 CertificateFor(int number, string serverName, ClientHelloWatch offer) =>
        CertificateByOffer?.Invoke(offer.TakesEcdsa) ?? Certificate(number, serverName);

    private SslServerAuthenticationOptions Options(X509Certificate2 certificate) => new()
    {
        ServerCertificateContext = SslStreamCertificateContext.Create(certificate, Issuers, offline: true),
        EnabledSslProtocols = Protocols,
#pragma warning disable SYSLIB0040 // The only way to lower the security level of OpenSSL for one server.
        EncryptionPolicy = AllowsWeakness ? EncryptionPolicy.AllowNoEncryption : EncryptionPolicy.RequireEncryption,
#pragma warning restore SYSLIB0040
        AllowTlsResume = false,
    };

    private async Task<string?> ReadLineAsync(Stream stream)
    {
        string? line = await stream.ReadLineAsync(_end.Token);
        if (line is not null)
            Commands.Enqueue(line);
        return line;
    }
}
