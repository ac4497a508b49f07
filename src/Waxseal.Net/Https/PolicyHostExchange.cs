using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Waxseal.Net.Dialing;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.MtaSts.Sending;
using Waxseal.Protocol.Names;

namespace Waxseal.Net.Https;

/// <summary>One request to a policy host over a connection of its own, and its answer.</summary>
internal sealed class PolicyHostExchange(
    GuardedDialer dialer, PolicyHostOptions options, TimeProvider clock, DomainName policyHost, ImmutableArray<IPAddress> addresses)
{
    // In KB. Servers of pages send a few; nothing of a header is needed but type and place.
    private const int MaxHeaderLength = 32;

    // A name may have any number of addresses; a sender tries few.
    private const int MaxAddresses = 4;

    private readonly List<DialedAddress> _dialed = [];
    private ImmutableArray<ReadOnlyMemory<byte>> _certificates = [];
    private PolicyHostVisit.Failed? _failure;
    private bool _isConnected;

    /// <summary>Connects, asks and reads.</summary>
    /// <param name="either">Ends it at the deadline as well.</param>
    /// <param name="cancellationToken">Ends it with an exception.</param>
    public async Task<PolicyHostContact> RunAsync(CancellationToken either, CancellationToken cancellationToken)
    {
        ImmutableArray<KeyValuePair<string, string>> header = [];
        PolicyHostVisit visit;
        try
        {
            using SocketsHttpHandler handler = Handler();
            using HttpMessageInvoker client = new(handler);
            using HttpRequestMessage request = Request();
            using HttpResponseMessage response = await client.SendAsync(request, either).ConfigureAwait(false);
            header = HeaderOf(response);
            visit = new PolicyHostVisit.Answered(
                (int)response.StatusCode, ValueOf(header, "Content-Type"), await ReadBodyAsync(response, either).ConfigureAwait(false))
            {
                Location = ValueOf(header, "Location"),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            visit = new PolicyHostVisit.Failed(_isConnected ? PolicyHostFault.ReadTimeout : PolicyHostFault.ConnectTimeout);
        }
        catch (HttpRequestException fault)
        {
            visit = _failure ?? FailureOf(fault.HttpRequestError, fault);
        }
        catch (HttpIOException fault)
        {
            visit = FailureOf(fault.HttpRequestError, fault);
        }
        catch (IOException fault)
        {
            visit = new PolicyHostVisit.Failed(PolicyHostFault.ConnectionClosed, fault.Message);
        }

        return new(visit) { Dialed = [.. _dialed], Certificates = _certificates, Header = header };
    }

    // RFC 8461 §3.3: redirects are not followed, and HTTP caches not used.
    private SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = MaxHeaderLength,
        MaxResponseDrainSize = 0,
        ConnectCallback = ConnectAsync,
        SslOptions = new SslClientAuthenticationOptions
        {
            // RFC 8461 §3.3 and RFC 7525 §3.1.1: TLS 1.2 or newer, with SNI.
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            TargetHost = policyHost.Value,
            CertificateChainPolicy = PolicyHostCertificate.ChainPolicy(options, clock.GetUtcNow()),
            RemoteCertificateValidationCallback = JudgeCertificate,
        },
    };

    private HttpRequestMessage Request()
    {
        HttpRequestMessage request = new(HttpMethod.Get, $"https://{policyHost}:{options.Port}{PolicyHost.Path}");
        if (options.UserAgent is { } userAgent)
            request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        return request;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        List<DialResult> results = [];
        foreach (IPAddress address in addresses.Take(MaxAddresses))
        {
            DialResult result = await dialer.ConnectAsync(new(address, options.Port), options.ConnectTimeout, cancellationToken)
                .ConfigureAwait(false);
            _dialed.Add(new(address, FailureOf(result), result.Elapsed));
            if (result is DialResult.Connected connected)
            {
                _isConnected = true;
                return new NetworkStream(connected.Socket, ownsSocket: true);
            }

            results.Add(result);
        }

        _failure = new(FaultOf(results), _dialed[^1].Failure);
        throw new IOException(_failure.Detail);
    }

    private bool JudgeCertificate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 leaf)
            return false;

        // What was sent stands in the policy's extra store, whether the chain needed it or not.
        _certificates = [leaf.RawDataMemory, .. chain?.ChainPolicy.ExtraStore.Select(sent => sent.RawDataMemory) ?? []];
        if (PolicyHostCertificate.FaultOf(leaf, errors, policyHost.Value, clock.GetUtcNow()) is not { } fault)
            return true;

        string? detail = chain is null ? null : string.Join("; ", chain.ChainStatus.Select(status => status.Status));
        _failure = new(fault, string.IsNullOrEmpty(detail) ? null : detail);
        return false;
    }

    // One octet more than a policy may have tells that it is too long.
    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] body = new byte[StsPolicyReader.MaxLength + 1];
        int length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return body.AsMemory(0, length);
    }

    private static ImmutableArray<KeyValuePair<string, string>> HeaderOf(HttpResponseMessage response) =>
    [
        .. from fields in new HttpHeaders[] { response.Headers, response.Content.Headers }
           from field in fields.NonValidated
           from value in field.Value
           select KeyValuePair.Create(field.Key, value),
    ];

    private static string? ValueOf(ImmutableArray<KeyValuePair<string, string>> header, string name) =>
        header.FirstOrDefault(field => string.Equals(field.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    private static PolicyHostFault FaultOf(List<DialResult> results) =>
        results.All(result => result is DialResult.Forbidden) ? PolicyHostFault.AddressRefused
        : results.Exists(result => result is DialResult.TimedOut) ? PolicyHostFault.ConnectTimeout
        : PolicyHostFault.ConnectionRefused;

    private static string? FailureOf(DialResult result) => result switch
    {
        DialResult.Forbidden forbidden => forbidden.Reason,
        DialResult.TimedOut => "no connection in time",
        DialResult.Refused refused => refused.Error.ToString(),
        _ => null,
    };

    private static PolicyHostVisit.Failed FailureOf(HttpRequestError error, Exception fault) => new(
        error switch
        {
            HttpRequestError.SecureConnectionError => PolicyHostFault.TlsFailed,
            HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => PolicyHostFault.NotHttp,
            _ => PolicyHostFault.ConnectionClosed,
        },
        (fault.InnerException ?? fault).Message);
}
