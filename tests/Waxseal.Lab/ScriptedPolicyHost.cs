using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Waxseal.Lab;

/// <summary>An HTTPS server on loopback that answers every request with the octets it was given.</summary>
internal sealed class ScriptedPolicyHost : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly SslServerAuthenticationOptions _tls;
    private readonly Func<Stream, CancellationToken, Task> _answer;
    private readonly Task _loop;

    public ScriptedPolicyHost(X509Certificate2 certificate, Func<Stream, CancellationToken, Task> answer)
    {
        _tls = new() { ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true) };
        _answer = answer;
        _listener.Start();
        _loop = ServeAsync();
    }

    public ScriptedPolicyHost(X509Certificate2 certificate, string answer)
        : this(certificate, (stream, cancellationToken) => stream.WriteAsync(Encoding.UTF8.GetBytes(answer), cancellationToken).AsTask())
    {
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The requests seen, as text.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>How clients broke off.</summary>
    public List<Exception> Breaks { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _loop;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                await ServeAsync(client);
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException or SocketException
                or System.Security.Authentication.AuthenticationException)
            {
                // A client that breaks off is what some tests are about; the next one is served.
                Breaks.Add(fault);
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        await using SslStream stream = new(client.GetStream());
        await stream.AuthenticateAsServerAsync(_tls, _end.Token);
        byte[] request = new byte[4096];
        int length = 0;
        while (!request.AsSpan(0, length).EndsWith("\r\n\r\n"u8))
        {
            int read = await stream.ReadAsync(request.AsMemory(length), _end.Token);
            if (read == 0)
                return;
            length += read;
        }

        Requests.Add(Encoding.ASCII.GetString(request, 0, length));
        await _answer(stream, _end.Token);
        await stream.ShutdownAsync();
    }
}
