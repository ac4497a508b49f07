using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Waxseal.Lab;

/// <summary>An HTTPS server at one address, with faults to choose from.</summary>
internal sealed class LabWebServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;
    private ConcurrentDictionary<X509Certificate2, SslStreamCertificateContext> _contexts = [];

    public LabWebServer(IPEndPoint at)
    {
        _listener = new TcpListener(at);
        _listener.Start();
        EndPoint = (IPEndPoint)_listener.LocalEndpoint;
        _loop = Task.Run(AcceptAsync);
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>The certificate for a server name; null breaks the handshake off.</summary>
    public Func<string, X509Certificate2?> Certificate { get; set; } = _ => null;

    /// <summary>The certificates that are sent beside it.</summary>
    public X509Certificate2Collection Issuers { get; set; } = [];

    /// <summary>Whether weak keys and signatures may be used, as old servers do (OpenSSL's security level 0).</summary>
    public bool AllowsWeakness { get; set; }

    public SslProtocols Protocols { get; set; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    public CipherSuitesPolicy? CipherSuites { get; set; }

    public bool AsksForCertificate { get; set; }

    /// <summary>Whether sessions may be taken up again; handshakes cost the server less then, whoever asks.</summary>
    public bool AllowsResumption { get; set; }

    /// <summary>Another server with the same certificates, which are made ready once for both.</summary>
    public LabWebServer Twin
    {
        set => _contexts = value._contexts;
    }

    public List<SslApplicationProtocol> ApplicationProtocols { get; } = [SslApplicationProtocol.Http11];

    /// <summary>What happens to a connection before TLS; it returns false to end it there.</summary>
    public Func<NetworkStream, CancellationToken, Task<bool>> Connected { get; set; } = (_, _) => Task.FromResult(true);

    /// <summary>The answer to the head of a request, as octets; null ends the connection without one.</summary>
    public Func<string, byte[]?> Answer { get; set; } = _ => null;

    /// <summary>Writes the answer in a way of its own, if there is one.</summary>
    public Func<Stream, string, CancellationToken, Task>? Write { get; set; }

    /// <summary>An answer with its length.</summary>
    public static byte[] Response(int status, string body, string? type = "text/plain", params string[] fields) =>
        Response(status, Encoding.UTF8.GetBytes(body), type, fields);

    public static byte[] Response(int status, byte[] body, string? type = "text/plain", params string[] fields)
    {
        StringBuilder head = new($"HTTP/1.1 {status} Lab\r\n");
        if (status is not (204 or 304))
            head.Append($"Content-Length: {body.Length}\r\n");
        if (type is not null)
            head.Append($"Content-Type: {type}\r\n");
        foreach (string field in fields)
            head.Append($"{field}\r\n");
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. status is 204 or 304 ? [] : body];
    }

    /// <summary>Stops it; nothing listens at its place from then on.</summary>
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
            _ = ServeAsync(socket).ContinueWith(_ => socket.Dispose(), TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using NetworkStream transport = new(socket, ownsSocket: true);
        if (!await Connected(transport, _end.Token))
            return;
        await using SslStream stream = new(transport);
        await stream.AuthenticateAsServerAsync(
            (_, hello, _, _) => ValueTask.FromResult(Options(hello.ServerName)), null, _end.Token);
        for (string head = await ReadHeadAsync(stream); head.Length > 0; head = await ReadHeadAsync(stream))
        {
            if (Write is { } write)
                await write(stream, head, _end.Token);
            else if (Answer(head) is { } answer)
                await stream.WriteAsync(answer, _end.Token);
            else
                return;
        }
    }

    private SslServerAuthenticationOptions Options(string serverName) => new()
    {
        ServerCertificateContext = Certificate(serverName) is { } certificate
            ? _contexts.GetOrAdd(certificate, leaf => SslStreamCertificateContext.Create(leaf, Issuers, offline: true))
            : throw new AuthenticationException("no such name"),
        EnabledSslProtocols = Protocols,
#pragma warning disable SYSLIB0040 // The only way to lower the security level of OpenSSL for one server.
        EncryptionPolicy = AllowsWeakness ? EncryptionPolicy.AllowNoEncryption : EncryptionPolicy.RequireEncryption,
#pragma warning restore SYSLIB0040
        CipherSuitesPolicy = CipherSuites,
        ClientCertificateRequired = AsksForCertificate,
        RemoteCertificateValidationCallback = (_, certificate, _, errors) => certificate is null || errors == SslPolicyErrors.None,
        ApplicationProtocols = ApplicationProtocols,
        AllowTlsResume = AllowsResumption,
    };

    private async Task<string> ReadHeadAsync(SslStream stream)
    {
        byte[] buffer = new byte[8192];
        int length = 0;
        while (!buffer.AsSpan(0, length).EndsWith("\r\n\r\n"u8) && length < buffer.Length)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(length), _end.Token);
            if (read == 0)
                return "";
            length += read;
        }

        return Encoding.ASCII.GetString(buffer, 0, length);
    }
}
