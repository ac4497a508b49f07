using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Waxseal.Lab;

namespace Waxseal.Tests.ReportIntake.Smtp;

/// <summary>A client that says exactly what a test has it say.</summary>
internal sealed class MailClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Socket _socket;
    private readonly List<byte> _heard = [];
    private Stream _stream;

    private MailClient(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    public static async Task<MailClient> ConnectAsync(EndPoint endPoint)
    {
        Socket socket = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(endPoint, TestContext.Current.CancellationToken);
        return new(socket);
    }

    public Task SayAsync(string text) => _stream.WriteAsync(Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken).AsTask();

    /// <summary>Says something and hears one reply.</summary>
    public async Task<string> AskAsync(string text)
    {
        await SayAsync(text);
        return await HearAsync();
    }

    /// <summary>The next reply, its lines joined; empty when the server hung up.</summary>
    public async Task<string> HearAsync()
    {
        StringBuilder reply = new();
        while (true)
        {
            string line = await LineAsync();
            reply.Append(line);
            if (line.Length < 4 || line[3] != '-')
                return reply.ToString();
            reply.Append('\n');
        }
    }

    /// <summary>The codes of so many replies.</summary>
    public async Task<string> HearCodesAsync(int count)
    {
        List<string> codes = [];
        while (codes.Count < count)
            codes.Add((await HearAsync())[..3]);
        return string.Join(' ', codes);
    }

    /// <summary>Sends a whole mail, and gives the answer to it.</summary>
    public async Task<string> SendAsync(string mail, string hello = "EHLO client.test")
    {
        await SayAsync($"{hello}\r\nMAIL FROM:<>\r\nRCPT TO:<{MailLab.Recipient}>\r\nDATA\r\n");
        string reply = "";
        for (int i = 0; i < 4; i++)
            reply = await HearAsync();
        return reply.StartsWith("354", StringComparison.Ordinal) ? await AskAsync($"{mail}.\r\n") : reply;
    }

    public async Task<SslStream> SecureAsync()
    {
        SslStream secure = new(_stream);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "mx.example.test",
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { LabCertificates.Authority }, RevocationMode = X509RevocationMode.NoCheck },
                RemoteCertificateValidationCallback = (_, _, _, errors) => errors is SslPolicyErrors.None or SslPolicyErrors.RemoteCertificateNameMismatch,
            },
            TestContext.Current.CancellationToken);
        _stream = secure;
        return secure;
    }

    /// <summary>Closes without a word.</summary>
    public void Break() => _socket.Close(0);

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<string> LineAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        byte[] octets = new byte[4096];
        int end;
        while ((end = _heard.IndexOf((byte)'\n')) < 0)
        {
            int count = await _stream.ReadAsync(octets, patience.Token);
            if (count == 0)
                return "";
            _heard.AddRange(octets.AsSpan(0, count));
        }

        string line = Encoding.Latin1.GetString([.. _heard[..end]]).TrimEnd('\r');
        _heard.RemoveRange(0, end + 1);
        return line;
    }
}
