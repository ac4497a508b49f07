using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Waxseal.Lab.Serving;

/// <summary>Clients that send reports, by POST and by SMTP, and note which were answered as stored.</summary>
internal sealed class ReportSenders
{
    public const string Recipient = "tlsrpt@example.test";

    private const int Posting = 6, Mailing = 2;

    // A server that says nothing any more is given up, as any client would.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, byte> _answered = [];
    private int _sent;
    private int _refused;

    /// <summary>Where <c>waxseal serve</c> takes them.</summary>
    public int HttpPort { get; } = ServeProcess.FreePort();

    public int SmtpPort { get; } = ServeProcess.FreePort();

    /// <summary>Report-ids of what was answered with 2xx or 250.</summary>
    public ICollection<string> Answered => _answered.Keys;

    public int AnsweredCount => _answered.Count;

    public int Sent => _sent;

    /// <summary>How often the answer was to come again later: 503 or 4xx of SMTP.</summary>
    public int Refused => _refused;

    /// <summary>The configuration that takes them in.</summary>
    public string Configuration(string database) => $"""
        [store]
        database = "{database}"
        [reportIntake]
        perSource = 1000000
        perDomain = 1000000
        unverifiedMail = "accept"
        [reportIntake.https]
        listen = ["127.0.0.1:{HttpPort}"]
        [reportIntake.smtp]
        listen = ["127.0.0.1:{SmtpPort}"]
        recipients = ["{Recipient}"]
        hostName = "mx.example.test"

        """;

    /// <summary>Sends until it is told to stop.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Enumerable.Range(0, Posting).Select(_ => Task.Run(() => PostAsync(cancellationToken), CancellationToken.None))
            .Concat(Enumerable.Range(0, Mailing).Select(_ => Task.Run(() => MailAsync(cancellationToken), CancellationToken.None))));

    private async Task PostAsync(CancellationToken cancellationToken)
    {
        using SocketsHttpHandler handler = new() { UseProxy = false };
        using HttpMessageInvoker client = new(handler);
        while (!cancellationToken.IsCancellationRequested)
        {
            string id = $"post-{Interlocked.Increment(ref _sent)}";
            using HttpRequestMessage request = new(HttpMethod.Post, $"http://127.0.0.1:{HttpPort}/tlsrpt") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(ReportJson.Of(id))) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/tlsrpt+json");
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            try
            {
                using HttpResponseMessage response = await client.SendAsync(request, patience.Token);
                if (response.IsSuccessStatusCode)
                    _answered[id] = 0;
                else if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                    Interlocked.Increment(ref _refused);
                else
                    throw new InvalidOperationException($"A report is answered with {(int)response.StatusCode}.");
            }
            catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or IOException)
            {
                // It was killed before it answered: the report may be stored or not.
                await Task.Delay(5, CancellationToken.None);
            }
        }
    }

    private async Task MailAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            try
            {
                using TcpClient client = new() { NoDelay = true };
                await client.ConnectAsync(IPAddress.Loopback, SmtpPort, patience.Token);
                await MailAsync(client.GetStream(), patience.Token);
            }
            catch (Exception fault) when (fault is SocketException or OperationCanceledException or IOException)
            {
                // As above.
                await Task.Delay(5, CancellationToken.None);
            }
        }
    }

    private async Task MailAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using StreamReader reader = new(stream, Encoding.ASCII);
        if (await CodeAsync(reader, cancellationToken) != "220")
            return;
        await SayAsync(stream, "HELO client.test\r\n", cancellationToken);
        await CodeAsync(reader, cancellationToken);
        while (!cancellationToken.IsCancellationRequested)
        {
            string id = $"mail-{Interlocked.Increment(ref _sent)}";
            string code = "";
            foreach (string command in new[] { "MAIL FROM:<>\r\n", $"RCPT TO:<{Recipient}>\r\n", "DATA\r\n", $"{Mail(id)}.\r\n" })
            {
                await SayAsync(stream, command, cancellationToken);
                code = await CodeAsync(reader, cancellationToken);
                if (code is not ("250" or "354"))
                    break;
            }

            if (code == "250")
                _answered[id] = 0;
            else if (code.StartsWith('4'))
                Interlocked.Increment(ref _refused);
            else
                throw code.Length == 0 ? new IOException("The connection ended.") : new InvalidOperationException($"A mail is answered with {code}.");
            if (code != "250")
                return;
        }
    }

    private static string Mail(string id) => $"""
        From: tls@example.org
        To: {Recipient}
        Subject: Report Domain: example.test Submitter: example.org Report-ID: <{id}@example.org>
        TLS-Report-Domain: example.test
        TLS-Report-Submitter: example.org
        MIME-Version: 1.0
        Content-Type: application/tlsrpt+json

        {ReportJson.Of(id)}

        """.ReplaceLineEndings("\r\n");

    private static Task SayAsync(NetworkStream stream, string text, CancellationToken cancellationToken) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(text), cancellationToken).AsTask();

    private static async Task<string> CodeAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        while (await reader.ReadLineAsync(cancellationToken) is { Length: > 3 } line)
        {
            if (line[3] != '-')
                return line[..3];
        }

        return "";
    }
}
