using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Waxseal.Lab;
using Waxseal.Net.Dialing;
using Waxseal.Net.Dns;
using Waxseal.Net.Https;
using Waxseal.Protocol.MtaSts.Sending;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Net.Tests.Https;

public class PolicyHostClientTests
{
    private const string Host = "mta-sts.example.com";
    private const string GoodPolicy = "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 604800\r\n";

    private static readonly GuardedDialer LabDialer = new(new AddressRules([IPNetwork.Parse("127.0.0.0/8")]), TimeProvider.System);

    public static IEnumerable<TheoryDataRow<string>> Answers => Cases()
        .Where(vector => vector.GetProperty("input").TryGetProperty("status", out _))
        .Select(vector => new TheoryDataRow<string>(vector.GetProperty("name").GetString()!));

    [Theory, MemberData(nameof(Answers))]
    public async Task An_answer_over_TLS_ends_as_the_vectors_say(string name)
    {
        JsonElement vector = Cases().Single(vector => vector.GetProperty("name").GetString() == name);
        JsonElement input = vector.GetProperty("input");
        string[] names = input.TryGetProperty("certificate_san", out JsonElement san)
            ? [.. san.EnumerateArray().Select(entry => entry.GetString()!)]
            : [Host];
        await using ScriptedPolicyHost host = new(LabCertificates.For(names), AnswerOf(input));

        var result = PolicyFetchResult.Of((await VisitAsync(host)).Visit);

        JsonElement expected = vector.GetProperty("expected");
        if (expected.GetProperty("outcome").GetString() == "policy")
            Assert.IsType<PolicyFetchResult.Fetched>(result);
        else
            Assert.Contains(result.ToResultType()!.Value.ToWord(), expected.GetProperty("result_types").EnumerateArray().Select(type => type.GetString()));
        Assert.Single(host.Requests);
    }

    public static TheoryData<string, PolicyHostFault> Certificates => new()
    {
        { "expired", PolicyHostFault.CertificateExpired },
        { "not yet valid", PolicyHostFault.CertificateNotYetValid },
        { "self-signed", PolicyHostFault.CertificateSelfSigned },
        { "unknown CA", PolicyHostFault.CertificateNotTrusted },
        { "wrong name", PolicyHostFault.CertificateNameMismatch },
        { "parent name", PolicyHostFault.CertificateNameMismatch },
        { "common name only", PolicyHostFault.CertificateNameMismatch },
        { "partial wildcard", PolicyHostFault.CertificateNameMismatch },
        { "wildcard too deep", PolicyHostFault.CertificateNameMismatch },
    };

    [Theory, MemberData(nameof(Certificates))]
    public async Task A_certificate_that_does_not_hold_ends_the_visit_before_the_request(string kind, PolicyHostFault fault)
    {
        X509Certificate2 certificate = kind switch
        {
            "expired" => LabCertificates.Issue(Host, [Host], LabCertificates.Authority, days: (-10, -1)),
            "not yet valid" => LabCertificates.Issue(Host, [Host], LabCertificates.Authority, days: (2, 10)),
            "self-signed" => LabCertificates.Issue(Host, [Host], issuer: null),
            "unknown CA" => LabCertificates.Issue(Host, [Host], LabCertificates.Issue("Other", [], null, isAuthority: true)),
            "wrong name" => LabCertificates.For("www.example.com"),
            "parent name" => LabCertificates.For("example.com"),
            "common name only" => LabCertificates.Issue(Host, [], LabCertificates.Authority),
            "partial wildcard" => LabCertificates.For("mta*.example.com"),
            _ => LabCertificates.For("*.*.example.com"),
        };
        await using ScriptedPolicyHost host = new(certificate, Answer(200, GoodPolicy));

        PolicyHostContact contact = await VisitAsync(host);

        Assert.Equal(fault, Assert.IsType<PolicyHostVisit.Failed>(contact.Visit).Fault);
        Assert.Equal(certificate.RawData, contact.Certificates[0].ToArray());
        Assert.Empty(host.Requests);
    }

    [Fact]
    public async Task A_missing_intermediate_is_not_fetched_from_where_the_certificate_says()
    {
        using TcpListener trap = new(IPAddress.Loopback, 0);
        trap.Start();
        X509Certificate2 intermediate = LabCertificates.Issue("Lab Intermediate", [], LabCertificates.Authority, isAuthority: true);
        await using ScriptedPolicyHost host = new(
            LabCertificates.Issue(Host, [Host], intermediate, issuerAddress: $"http://127.0.0.1:{((IPEndPoint)trap.LocalEndpoint).Port}/ca.der"),
            Answer(200, GoodPolicy));

        PolicyHostContact contact = await VisitAsync(host);

        Assert.Equal(new PolicyHostVisit.Failed(PolicyHostFault.CertificateNotTrusted, "PartialChain"), contact.Visit);
        Assert.False(trap.Pending());
    }

    public static TheoryData<string, PolicyHostFault> BrokenAnswers => new()
    {
        { "HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nversion", PolicyHostFault.ConnectionClosed },
        { "", PolicyHostFault.ConnectionClosed },
        { "220 mx.example.com ESMTP\r\n", PolicyHostFault.NotHttp },
        { $"HTTP/1.1 200 OK\r\nX-Long: {new string('x', 100_000)}\r\n\r\n", PolicyHostFault.NotHttp },
        { $"HTTP/1.1 200 OK\r\n{string.Concat(Enumerable.Repeat("X: y\r\n", 20_000))}\r\n", PolicyHostFault.NotHttp },
    };

    [Theory, MemberData(nameof(BrokenAnswers))]
    public async Task A_broken_answer_is_told_by_its_kind(string answer, PolicyHostFault fault)
    {
        await using ScriptedPolicyHost host = new(LabCertificates.For(Host), answer);

        Assert.Equal(fault, Assert.IsType<PolicyHostVisit.Failed>((await VisitAsync(host)).Visit).Fault);
    }

    [Fact]
    public async Task A_body_without_end_is_read_no_further_than_a_policy_may_be()
    {
        await using ScriptedPolicyHost host = new(LabCertificates.For(Host), async (stream, cancellationToken) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"u8.ToArray(), cancellationToken);
            while (true)
                await stream.WriteAsync(new byte[65536], cancellationToken);
        });

        Assert.IsType<PolicyFetchResult.TooLong>(PolicyFetchResult.Of((await VisitAsync(host)).Visit));
    }

    [Fact]
    public async Task A_body_that_drips_ends_at_the_deadline()
    {
        await using ScriptedPolicyHost host = new(LabCertificates.For(Host), async (stream, cancellationToken) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"u8.ToArray(), cancellationToken);
            while (true)
            {
                await stream.WriteAsync("v"u8.ToArray(), cancellationToken);
                await stream.FlushAsync(cancellationToken);
                await Task.Delay(50, cancellationToken);
            }
        });

        Assert.Equal(PolicyHostFault.ReadTimeout, Assert.IsType<PolicyHostVisit.Failed>(
            (await VisitAsync(host, options => options with { Timeout = TimeSpan.FromSeconds(1) })).Visit).Fault);
    }

    [Fact]
    public async Task An_address_that_is_not_public_is_not_connected_to()
    {
        await using ScriptedPolicyHost host = new(LabCertificates.For(Host), Answer(200, GoodPolicy));
        GuardedDialer strict = new(AddressRules.PublicOnly, TimeProvider.System);

        PolicyHostContact contact = await VisitAsync(host.Port, new ScriptedResolver(IPAddress.Loopback), strict);

        Assert.Equal(PolicyHostFault.AddressRefused, Assert.IsType<PolicyHostVisit.Failed>(contact.Visit).Fault);
        Assert.Equal("127.0.0.1 is loopback", Assert.Single(contact.Dialed).Failure);
        Assert.Empty(host.Requests);
    }

    [Fact]
    public async Task The_next_address_is_tried_where_one_refuses()
    {
        await using ScriptedPolicyHost host = new(LabCertificates.For(Host), Answer(200, GoodPolicy));

        PolicyHostContact contact = await VisitAsync(host.Port, new ScriptedResolver(IPAddress.Parse("127.0.0.9"), IPAddress.Loopback), LabDialer);

        Assert.IsType<PolicyHostVisit.Answered>(contact.Visit);
        Assert.Equal(["ConnectionRefused", null], contact.Dialed.Select(dialed => dialed.Failure));
    }

    [Fact]
    public async Task Nobody_there_is_a_refused_connection()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        PolicyHostContact contact = await VisitAsync(port, new ScriptedResolver(IPAddress.Loopback), LabDialer);

        Assert.Equal(PolicyHostFault.ConnectionRefused, Assert.IsType<PolicyHostVisit.Failed>(contact.Visit).Fault);
    }

    [Theory]
    [InlineData(null, PolicyHostFault.NameNotFound)]
    [InlineData(DnsFault.ServFail, PolicyHostFault.LookupFailed)]
    public async Task Without_an_address_nothing_is_dialled(DnsFault? dns, PolicyHostFault fault)
    {
        PolicyHostContact contact = await VisitAsync(443, new ScriptedResolver(dns), LabDialer);

        Assert.Equal(fault, Assert.IsType<PolicyHostVisit.Failed>(contact.Visit).Fault);
        Assert.Empty(contact.Dialed);
        Assert.Equal(2, contact.Lookups.Length);
    }

    [Fact]
    public async Task The_request_asks_for_the_policy_and_nothing_else()
    {
        await using ScriptedPolicyHost host = new(LabCertificates.For(Host), Answer(200, GoodPolicy));

        await VisitAsync(host, options => options with { UserAgent = null });
        await VisitAsync(host, options => options with { UserAgent = "lab/1" });

        Assert.Equal($"GET /.well-known/mta-sts.txt HTTP/1.1\r\nHost: {Host}:{host.Port}\r\n\r\n", host.Requests[0]);
        Assert.Contains("\r\nUser-Agent: lab/1\r\n", host.Requests[1], StringComparison.Ordinal);
    }

    private static Task<PolicyHostContact> VisitAsync(ScriptedPolicyHost host, Func<PolicyHostOptions, PolicyHostOptions>? change = null) =>
        VisitAsync(host.Port, new ScriptedResolver(IPAddress.Loopback), LabDialer, change);

    private static Task<PolicyHostContact> VisitAsync(
        int port, IDnsResolver resolver, GuardedDialer dialer, Func<PolicyHostOptions, PolicyHostOptions>? change = null)
    {
        PolicyHostOptions options = new() { Port = port, Roots = [LabCertificates.Authority], Timeout = TimeSpan.FromSeconds(20) };
        Assert.True(DomainName.TryParse("example.com", out DomainName? policyDomain, out _));
        return new PolicyHostClient(resolver, dialer, change?.Invoke(options) ?? options, TimeProvider.System)
            .VisitAsync(policyDomain, TestContext.Current.CancellationToken);
    }

    private static JsonElement.ArrayEnumerator Cases() =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "corpus", "vectors", "sts-fetch.json")))
            .RootElement.GetProperty("cases").EnumerateArray();

    private static string AnswerOf(JsonElement input)
    {
        string body = input.GetProperty("body").GetString()!;
        string fields = "";
        if (input.GetProperty("content_type").GetString() is { } contentType)
            fields += $"Content-Type: {contentType}\r\n";
        if (input.TryGetProperty("location", out JsonElement location))
            fields += $"Location: {location.GetString()}\r\n";
        int status = input.GetProperty("status").GetInt32();
        return Answer(status, status is 204 or 304 ? "" : body switch
        {
            "good" => GoodPolicy,
            _ when body.Contains("exactly 65536", StringComparison.Ordinal) => Padded(65_536),
            _ when body.Contains("65537", StringComparison.Ordinal) => Padded(65_537),
            _ => body,
        }, fields);
    }

    private static string Padded(int length)
    {
        string policy = GoodPolicy + string.Concat(Enumerable.Repeat($"x: {new string('p', 90)}\r\n", (length - GoodPolicy.Length - 200) / 95));
        return $"{policy}x: {new string('p', length - policy.Length - 5)}\r\n";
    }

    private static string Answer(int status, string body, string fields = "Content-Type: text/plain\r\n") =>
        $"HTTP/1.1 {status} Scripted\r\n{fields}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";
}
