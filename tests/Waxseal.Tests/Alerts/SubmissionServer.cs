using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Waxseal.Lab;

namespace Waxseal.Tests.Alerts;

/// <summary>An SMTP server that takes mail for submission: STARTTLS, and a login under TLS alone.</summary>
internal sealed class SubmissionServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;

    public SubmissionServer()
    {
        _listener.Start();
        File.WriteAllText(CaFile, LabCertificates.Authority.ExportCertificatePem());
        _loop = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string CaFile { get; } = Path.GetTempFileName();

    public bool OffersStartTls { get; set; } = true;

    /// <summary>The answer to a command, in place of the usual one.</summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    public ConcurrentQueue<string> Commands { get; } = [];

    /// <summary>The mails that were taken.</summary>
    public ConcurrentQueue<string> Mails { get; } = [];

    public string Settings(string more = "") =>
        $"[[alerts.mail]]\nhost = \"localhost\"\nport = {Port}\ncaFile = \"{CaFile}\"\nuser = \"waxseal\"\npassword = \"hush\"\nfrom = \"Waxseal <waxseal@example.org>\"\nto = [\"a@example.org\", \"b@example.org\"]\n{more}";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
        File.Delete(CaFile);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            using Socket socket = await _listener.AcceptSocketAsync(_end.Token);
            await using NetworkStream clear = new(socket);
            await using SslStream secure = new(clear);
            await Task.Run(() => ServeAsync(clear, secure)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeAsync(Stream clear, SslStream secure)
    {
        Stream stream = clear;
        await WriteAsync(stream, "220 submit.example.org ESMTP");
        while (await ReadLineAsync(stream) is { } line)
        {
            Commands.Enqueue($"{(stream == clear ? "clear" : "tls")}: {line}");
            string usual = line.Split(' ')[0].ToUpperInvariant() switch
            {
                "EHLO" => stream == clear ? $"250-submit.example.org\r\n{(OffersStartTls ? "250-STARTTLS\r\n" : "")}250 8BITMIME" : "250-submit.example.org\r\n250 AUTH PLAIN",
                "STARTTLS" => "220 go",
                "AUTH" => line == $"AUTH PLAIN {Convert.ToBase64String("\0waxseal\0hush"u8)}" ? "235 in" : "535 5.7.8 wrong",
                "DATA" => "354 go",
                "QUIT" => "221 bye",
                _ => "250 ok",
            };
            string answer = Answer(line) ?? usual;
            await WriteAsync(stream, answer);
            if (line == "STARTTLS" && answer.StartsWith("220", StringComparison.Ordinal))
            {
                await secure.AuthenticateAsServerAsync(LabCertificates.For("localhost"));
                stream = secure;
            }
            else if (line == "DATA" && answer.StartsWith("354", StringComparison.Ordinal))
            {
                await TakeMailAsync(stream);
            }
        }
    }

    private async Task TakeMailAsync(Stream stream)
    {
        StringBuilder mail = new();
        while (await ReadLineAsync(stream) is { } line && line != ".")
            mail.Append(line).Append('\n');
        string answer = Answer(".") ?? "250 2.0.0 queued as 4711";
        if (answer.StartsWith("250", StringComparison.Ordinal))
            Mails.Enqueue(mail.ToString());
        await WriteAsync(stream, answer);
    }

    private Task WriteAsync(Stream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), _end.Token).AsTask();

    private async Task<string?> ReadLineAsync(Stream stream)
    {
        StringBuilder line = new();
        byte[] octet = new byte[1];
        while (await stream.ReadAsync(octet, _end.Token) == 1)
        {
            if (octet[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)octet[0]);
        }

        return null;
    }
}
