using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Waxseal.Net.Probing.Facts;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.MtaSts.Sending;
using Waxseal.Protocol.Names;

namespace Waxseal.Net.Https;

/// <summary>GETs for the policy, one after another, over TLS sessions that the caller sets up.</summary>
internal sealed class PolicyRequests : IDisposable
{
    // In KB. Servers of pages send a few; nothing of a header is needed but type and place.
    private const int MaxHeaderLength = 32;

    // What came of a header is told to people; more of it is the server's own affair.
    private const int MaxFields = 60;

    private readonly SocketsHttpHandler _handler;
    private readonly HttpMessageInvoker _client;
    private readonly DomainName _policyHost;
    private readonly TimeProvider _clock;

    /// <summary>Requests to one policy host.</summary>
    /// <param name="policyHost">The policy host.</param>
    /// <param name="connect">Gives a TLS session; called for the first request and whenever the server has closed the last one.</param>
    /// <param name="clock">Measures how long it takes.</param>
    // RFC 8461 §3.3: redirects are not followed, and HTTP caches not used.
    public PolicyRequests(DomainName policyHost, Func<CancellationToken, Task<Stream>> connect, TimeProvider clock)
    {
        _policyHost = policyHost;
        _clock = clock;
        _handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseHeadersLength = MaxHeaderLength,
            MaxResponseDrainSize = 0,
            MaxConnectionsPerServer = 1,
            ActivityHeadersPropagator = null,
            ConnectCallback = async (_, cancellationToken) => await connect(cancellationToken).ConfigureAwait(false),
        };
        _client = new HttpMessageInvoker(_handler);
    }

    /// <summary>GETs the policy once.</summary>
    /// <param name="userAgent">The <c>User-Agent</c>, or null for none.</param>
    /// <param name="version">The version of HTTP, 1.1 or 2.0.</param>
    /// <param name="timeout">How long it may take in all.</param>
    /// <param name="cancellationToken">Ends it with an exception.</param>
    public async Task<VisitFacts> GetAsync(string? userAgent, Version version, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long start = _clock.GetTimestamp();
        VisitFacts facts = new(userAgent, 0) { HttpVersion = version.Minor == 0 ? "2" : "1.1" };
        using CancellationTokenSource deadline = new(timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using HttpRequestMessage request = Request(userAgent, version);
            using HttpResponseMessage response = await _client.SendAsync(request, either.Token).ConfigureAwait(false);
            facts = facts with
            {
                Status = (int)response.StatusCode,
                Header = HeaderOf(response),
                FirstByteMs = Milliseconds.Of(_clock.GetElapsedTime(start)),
            };
            facts = facts with { Body = await ReadBodyAsync(response, either.Token).ConfigureAwait(false) };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            facts = WithFault(facts, PolicyHostFault.ReadTimeout, $"no complete answer within {timeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            facts = WithFault(facts, FaultOf(fault), WordsOf(fault));
        }

        return facts with { ElapsedMs = Milliseconds.Of(_clock.GetElapsedTime(start)) };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    // The session is there already, so the library is told of plain HTTP; the port would show in Host were it named.
    private HttpRequestMessage Request(string? userAgent, Version version)
    {
        HttpRequestMessage request = new(HttpMethod.Get, $"http://{_policyHost}{PolicyHost.Path}")
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (userAgent is not null)
            request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        return request;
    }

    // One octet more than a policy may have tells that it is too long.
    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using MemoryStream body = new();
        byte[] buffer = new byte[4096];
        while (body.Length <= StsPolicyReader.MaxLength)
        {
            int wanted = (int)Math.Min(buffer.Length, StsPolicyReader.MaxLength + 1 - body.Length);
            int length = wanted == 0 ? 0 : await stream.ReadAsync(buffer.AsMemory(0, wanted), cancellationToken).ConfigureAwait(false);
            if (length == 0)
                break;
            body.Write(buffer, 0, length);
        }

        return body.ToArray();
    }

    private static ImmutableArray<HeaderField> HeaderOf(HttpResponseMessage response) =>
    [
        .. (from fields in new HttpHeaders[] { response.Headers, response.Content.Headers }
            from field in fields.NonValidated
            from value in field.Value
            select new HeaderField(field.Key.ToLowerInvariant(), value)).Take(MaxFields),
    ];

    private static PolicyHostFault FaultOf(Exception fault) => fault switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } =>
            PolicyHostFault.NotHttp,
        HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } =>
            PolicyHostFault.NotHttp,
        _ => PolicyHostFault.ConnectionClosed,
    };

    private static string WordsOf(Exception fault) => ErrorOf(fault) switch
    {
        HttpRequestError.ConfigurationLimitExceeded => $"the header of the answer is longer than {MaxHeaderLength} KB",
        HttpRequestError.ResponseEnded => "the connection was closed before the answer was complete",
        _ => (fault.InnerException ?? fault).Message,
    };

    private static HttpRequestError? ErrorOf(Exception fault) => fault switch
    {
        HttpRequestException { HttpRequestError: var error and not HttpRequestError.Unknown } => error,
        HttpIOException { HttpRequestError: var error } => error,
        { InnerException: { } inner } => ErrorOf(inner),
        _ => null,
    };

    private static VisitFacts WithFault(VisitFacts facts, PolicyHostFault fault, string detail) =>
        facts with { Fault = fault.ToWord(), Detail = detail };
}
