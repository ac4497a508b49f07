using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Waxseal.Hosting;

namespace Waxseal.Alerts.Routes;

/// <summary>Sends JSON over HTTP to where the configuration says, and nowhere else: no redirect is followed, no proxy asked.</summary>
internal sealed class HttpSender(RouteDialer dialer, string? caFile)
{
    private const int MostAnswer = 2048;
    private const int MostWords = 200;

    // In KB.
    private const int MostHeader = 16;

    public async Task<RouteAnswer> SendAsync(HttpMethod method, Uri uri, ReadOnlyMemory<byte> json, IEnumerable<(string Name, string Value)> header, CancellationToken cancellationToken)
    {
        try
        {
            using SocketsHttpHandler handler = Handler(uri);
            using HttpMessageInvoker client = new(handler);
            using HttpRequestMessage request = new(method, uri) { Content = new ReadOnlyMemoryContent(json) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
            request.Headers.TryAddWithoutValidation("User-Agent", "waxseal");
            foreach ((string name, string value) in header)
                request.Headers.TryAddWithoutValidation(name, value);
            using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
            return new(response.IsSuccessStatusCode, await WordsOfAsync(response, cancellationToken)) { RetryAfter = response.Headers.RetryAfter?.Delta };
        }
        catch (HttpRequestException fault)
        {
            return new(false, AlertWriter.Line(Innermost(fault).Message, MostWords));
        }
        catch (IOException fault)
        {
            return new(false, AlertWriter.Line(Innermost(fault).Message, MostWords));
        }
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

    // The beginning of what was answered often says what is wrong.
    private static async Task<string> WordsOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] body = new byte[MostAnswer];
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        int length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        string status = $"HTTP {(int)response.StatusCode}";
        return response.Headers.Location is { } elsewhere ? AlertWriter.Line($"{status}, elsewhere: {elsewhere.OriginalString}", MostWords)
            : length == 0 ? status
            : AlertWriter.Line($"{status}: {Encoding.UTF8.GetString(body, 0, length)}", MostWords);
    }

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner and not SocketException { SocketErrorCode: SocketError.OperationAborted } ? Innermost(inner) : fault;
}
