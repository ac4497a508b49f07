using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Waxseal.Access;
using Waxseal.Dashboard;
using Waxseal.Demo;
using Waxseal.Findings;
using Waxseal.Hosting;
using Waxseal.Hosting.Sending;
using Waxseal.Lab;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;
using Waxseal.ReportIntake;
using Waxseal.Storage;
using Waxseal.Storage.Access;
using Waxseal.Storage.Reports;
using Waxseal.Terminal;
using Waxseal.Tests.Monitor;

namespace Waxseal.Tests.Dashboard.Api;

/// <summary>The dashboard as it listens, on a store with the story of the demonstration and a report of a hostile sender.</summary>
public sealed class ApiLab : IAsyncLifetime
{
    /// <summary>A name that would be markup on a page, a formula in a table, and turns what follows it round.</summary>
    internal const string HostileName = "=1+1<script>alert(\"1\")</script>\u202E'&";

    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-api-").FullName;
    private readonly MovedClock _clock = new(new(2026, 3, 12, 20, 0, 0, TimeSpan.Zero));
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false });
    private readonly LabWorld _world = LabWorld.Create();
    private StoreDoor _door = null!;
    private DashboardRole _role = null!;

    /// <summary>The store.</summary>
    internal Store Store => _door.Open;

    /// <summary>The UTC day of the lab.</summary>
    internal static DateOnly Today => new(2026, 3, 12);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        StoreAddress address = new(true, Path.Combine(_folder, "waxseal.db"));
        using MemoryStream nothing = new();
        Assert.Null(await new DemoStore(address, isOwn: true, new Surroundings(nothing, nothing, nothing) { Clock = _clock }).PrepareAsync(Token));
        _door = new(address, _clock, NullLogger<StoreDoor>.Instance);
        await _door.StartAsync(Token);
        await AddHostileAsync();
        await new FindingMaker(new FindingsOptions(), "test", _clock, NullLogger.Instance).MakeAsync(Store, Token);
        _role = NewRole(_door);
        await _role.StartAsync(Token);
        _client.BaseAddress = new(_role.Addresses.First());
    }

    public async ValueTask DisposeAsync()
    {
        await _role.StopAsync(CancellationToken.None);
        _role.Dispose();
        await _door.DisposeAsync();
        await _world.DisposeAsync();
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Asks.</summary>
    internal async Task<ApiReply> AskAsync(string method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path.StartsWith("/api", StringComparison.Ordinal) || path.StartsWith("http", StringComparison.Ordinal) ? path : "/api/v1" + path) { Content = body };
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using HttpResponseMessage response = await _client.SendAsync(request, Token);
        Dictionary<string, string> fields = response.Headers.Concat(response.Content.Headers).ToDictionary(field => field.Key, field => string.Join(", ", field.Value), StringComparer.OrdinalIgnoreCase);
        return new(response.StatusCode, fields, await response.Content.ReadAsByteArrayAsync(Token));
    }

    /// <summary>Adds a token of an owner.</summary>
    internal async Task<MadeToken> AddTokenAsync()
    {
        MadeToken made = new NewToken("program", "manage", null, null).Make(_clock.GetUtcNow());
        await Store.Access.AddTokenAsync(made.Kept, Token);
        return made;
    }

    /// <summary>Adds an account, and gives its name.</summary>
    internal async Task<string> AddAccountAsync()
    {
        string name = $"viewer-{Guid.NewGuid():N}";
        await Store.Access.AddAccountAsync(new(name, null, AccountRole.Viewer, "", _clock.GetUtcNow()), Token);
        return name;
    }

    /// <summary>Adds a tenant, and gives its name.</summary>
    internal async Task<string> AddTenantAsync(string policyDomain)
    {
        string name = $"tenant-{Guid.NewGuid():N}";
        await Store.Access.AddTenantAsync(new(name, [policyDomain, "other.example"]), _clock.GetUtcNow(), Token);
        return name;
    }

    /// <summary>Removes all accounts, so that everybody at loopback is let in again.</summary>
    internal async Task RemoveAccountsAsync()
    {
        foreach (Account account in await Store.StoredAccess.AccountsAsync(Token))
            await Store.Access.RemoveAccountAsync(account.Name, Token);
    }

    /// <summary>Asks a dashboard with another store.</summary>
    internal async Task<ApiReply> AskWithAsync(StoreDoor door, string path)
    {
        using DashboardRole role = NewRole(door);
        await role.StartAsync(Token);
        try
        {
            return await AskAsync("GET", $"{role.Addresses.First()}/api/v1{path}");
        }
        finally
        {
            await role.StopAsync(CancellationToken.None);
        }
    }

    /// <summary>Gets JSON.</summary>
    internal async Task<JsonNode> GetAsync(string path)
    {
        ApiReply reply = await AskAsync("GET", path);
        Assert.True(reply.Status == HttpStatusCode.OK, $"{path}: {reply.Status} {reply.Text}");
        return reply.Json;
    }

    /// <summary>A body of text.</summary>
    internal static StringContent Body(string text, string mediaType = "application/json") => new(text, Encoding.UTF8, mediaType);

    /// <summary>A report of somebody.</summary>
    internal static string Report(string organization, string policyDomain) =>
        $$"""
        {"organization-name":{{JsonSerializer.Serialize(organization)}},"date-range":{"start-datetime":"2026-03-10T00:00:00Z","end-datetime":"2026-03-10T23:59:59Z"},"contact-info":"@sum(1)","report-id":"-2+3\t\"x\"","policies":[{"policy":{"policy-type":"sts","policy-domain":"{{policyDomain}}"},"summary":{"total-successful-session-count":5,"total-failure-session-count":2},"failure-details":[{"result-type":"certificate-expired","failed-session-count":2,"failure-reason-code":"<img src=x>"}]}]}
        """;

    private DashboardRole NewRole(StoreDoor door) =>
        new(new DashboardOptions { Listen = ["127.0.0.1:0"] }, _world.Options, _world.Rules, new Installation
        {
            Configuration = () => ["[dashboard]"],
            Parse = (report, body) => ReportReceiver.ReadAgain(report, body, new()),
            Routes = () => [new("post", "mail", "mail to postmaster@example.test by mail.example.test:587", [])],
            TestRoute = (route, _) => Task.FromResult<SendAnswer?>(route == "post" ? new(true, "250 queued") : null),
        }, "", door, new Systemd(_ => null), _clock, NullLoggerFactory.Instance);

    private async Task AddHostileAsync()
    {
        string json = Report(HostileName, "hostile.example");
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(json));
        ReportReading reading = ReportReader.Read(Encoding.UTF8.GetBytes(json));
        await Store.Reports.AddAsync(
            new ArrivedReport("hostile.example", packed.ToArray(), new(_clock.GetUtcNow(), Channel.Https, "=cmd()"))
            {
                Evidence = new ReportEvidence(reading.Report!, "test"),
                State = ReportState.Counted,
            },
            Token);
    }
}

/// <summary>What was answered.</summary>
internal sealed record ApiReply(HttpStatusCode Status, IReadOnlyDictionary<string, string> Fields, byte[] Octets)
{
    public string Text => Encoding.UTF8.GetString(Octets);

    public JsonNode Json => JsonNode.Parse(Octets)!;

    public string? Field(string name) => Fields.GetValueOrDefault(name);
}
