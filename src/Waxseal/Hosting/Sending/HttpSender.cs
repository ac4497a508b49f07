using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Waxseal.Terminal;

namespace Waxseal.Hosting.Sending;

/// <summary>Sends over HTTP to where the configuration says, and nowhere else: no redirect is followed, no proxy asked.</summary>
internal sealed class HttpSender(RouteDialer dialer, string? caFile)
{
    private const int MostRead = 2048;
    private const int MostWords = 200;

    // In KB.
    private const int MostHeader = 16;

    /// <summary>Sends JSON.</summary>
    public Task<SendAnswer> SendAsync(HttpMethod method, Uri uri, ReadOnlyMemory<byte> json, IEnumerable<(string Name, string Value)> header, CancellationToken cancellationToken) =>
        SendAsync(new(method, uri) { Body = json, Header = header }, cancellationToken);

    /// <summary>Sends.</summary>
    public async Task<SendAnswer> SendAsync(SendRequest sent, CancellationToken cancellationToken)
    {
        try
        {
            using SocketsHttpHandler handler = Handler(sent.Uri);
            using HttpMessageInvoker client = new(handler);
            using HttpRequestMessage request = MessageOf(sent);
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
            byte[] body = await BeginningOfAsync(response.Content, sent.MostAnswer, cancellationToken);
            return new(response.IsSuccessStatusCode, WordsOf(response, body))
            {
                Body = body.AsMemory(..Math.Min(body.Length, sent.MostAnswer)),
                IsCut = body.Length > sent.MostAnswer,
                RetryAfter = RetryAfterOf(response.Headers),
            };
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or UnauthorizedAccessException or CryptographicException)
        {
            return new(false, Brief.Line(Innermost(fault).Message, MostWords));
        }
    }

    private static HttpRequestMessage MessageOf(SendRequest sent)
    {
        HttpRequestMessage request = new(sent.Method, sent.Uri);
        if (sent.Body is { } body)
            request.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(sent.Type) } };
        request.Headers.TryAddWithoutValidation("User-Agent", "waxseal");
        foreach ((string name, string value) in sent.Header)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private SocketsHttpHandler Handler(Uri uri) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = MostHeader,
        MaxResponseDrainSize = 0,
        ConnectCallback = async (context, token) => new NetworkStream(await dialer.ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, token), ownsSocket: true),
        SslOptions = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            TargetHost = uri.IdnHost,
            CertificateChainPolicy = ClientTrust.PolicyOf(caFile),
        },
    };

    // The beginning of what was answered often says what is wrong. One octet more tells whether there was more.
    private static async Task<byte[]> BeginningOfAsync(HttpContent content, int most, CancellationToken cancellationToken)
    {
        byte[] body = new byte[most + 1];
        Stream stream = await content.ReadAsStreamAsync(cancellationToken);
        return body[..await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken)];
    }

    private static string WordsOf(HttpResponseMessage response, byte[] body)
    {
        string status = $"HTTP {(int)response.StatusCode}";
        return response.Headers.Location is { } elsewhere ? Brief.Line($"{status}, elsewhere: {elsewhere.OriginalString}", MostWords)
            : body.Length == 0 ? status
            : Brief.Line($"{status}: {Encoding.UTF8.GetString(body.AsSpan(..Math.Min(body.Length, MostRead)))}", MostWords);
    }

    // RFC 9110 §10.2.3: Retry-After = HTTP-date / delay-seconds; a date is held against that of the answer.
    private static TimeSpan? RetryAfterOf(HttpResponseHeaders header) => header.RetryAfter?.Delta ?? (header.RetryAfter?.Date - header.Date);

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner and not SocketException { SocketErrorCode: SocketError.OperationAborted } ? Innermost(inner) : fault;
}
