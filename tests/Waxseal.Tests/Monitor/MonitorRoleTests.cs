using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Waxseal.Hosting;
using Waxseal.Lab;
using Waxseal.Monitor;
using Waxseal.Protocol.Diagnosis.Checks;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Storage;
using Waxseal.Storage.Looks;

namespace Waxseal.Tests.Monitor;

public sealed class MonitorRoleTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-monitor-").FullName;
    private readonly MovedClock _clock = new(TimeProvider.System.GetUtcNow());
    private readonly LabWorld _world = LabWorld.Create();
    private readonly List<MonitorRole> _roles = [];
    private readonly StoreDoor _door;

    public MonitorRoleTests() => _door = new(new StoreAddress(true, Path.Combine(_folder, "waxseal.db")), _clock, NullLogger<StoreDoor>.Instance);

    [Fact]
    public async Task A_look_is_kept_with_all_that_it_showed()
    {
        await StartAsync();

        Look look = await LookAsync(1);

        Assert.Equal((LabWorld.Domain, 0), (look.PolicyDomain, look.Errors));
        List<ObservedPeriod> seen = await _door.Open.StoredLooks.PeriodsAsync(LabWorld.Domain, Token);
        Assert.Equal(
            [
                "addresses mta-sts.example.test", "addresses mx.example.test", "certificates mta-sts.example.test", "certificates mx.example.test", "mx example.test",
                "negative-ttl example.test", "policy mta-sts.example.test", "serial example.test", "signing example.test", "sts-record _mta-sts.example.test",
                "tls-rpt-record _smtp._tls.example.test", "tlsa _25._tcp.mx.example.test", "ttl A mta-sts.example.test", "ttl AAAA mta-sts.example.test", "ttl TXT _mta-sts.example.test",
            ],
            seen.Select(period => $"{period.Kind.ToWord()} {period.Subject}").Order(StringComparer.Ordinal));
        Assert.Equal("v=STSv1; id=20260101T000000;", Value(seen, ObservedKind.StsRecord));
        Assert.Equal("10 mx.example.test", Value(seen, ObservedKind.Mx));
        Assert.Equal("version: STSv1\nmode: enforce\nmx: mx.example.test\nmax_age: 604800", Value(seen, ObservedKind.Policy));
        Assert.Equal("300", Value(seen, ObservedKind.NegativeTtl));
        List<CertificatePeriod> certificates = await _door.Open.StoredLooks.CertificatesAsync(LabWorld.Domain, Token);
        Assert.Contains(certificates, period => period.Certificate is { Host: LabWorld.Host } certificate && certificate.Names.Contains(LabWorld.Host) && certificate.NotAfter > _clock.GetUtcNow());
    }

    [Fact]
    public async Task What_changes_between_looks_is_a_change_and_what_stays_is_none()
    {
        await StartAsync();
        DateTimeOffset first = (await LookAsync(1)).At;
        _world.Zone.Remove("_mta-sts.example.test").Txt("_mta-sts.example.test", "v=STSv1; id=2;");
        _world.Policy = LabWorld.GoodPolicy.Replace("enforce", "testing", StringComparison.Ordinal);
        _world.Zone.Serial++;

        DateTimeOffset second = (await LookAsync(2)).At;

        ImmutableArray<ObservedChange> changes = (await HistoryAsync()).Changes;
        Assert.Equal([ObservedKind.StsRecord, ObservedKind.Policy, ObservedKind.Serial], changes.Select(change => change.Kind));
        Assert.All(changes, change => Assert.Equal((first, second), (change.After, change.By)));
    }

    [Fact]
    public async Task A_look_that_could_not_be_done_is_kept_as_such_and_changes_nothing()
    {
        await StartAsync();
        await LookAsync(1);
        _world.Options = _world.Options with { Resolvers = [new IPEndPoint(_world.At(99), _world.Options.DnsPort)] };
        await RestartAsync();

        Look look = await LookAsync(2);

        Assert.Equal((CheckStanding.Unknown, "the resolver gave no answers"), (look.Standing, look.Headline));
        Assert.Empty((await HistoryAsync()).Changes);
        Assert.All((await _door.Open.StoredLooks.TurnsAsync(Token)).Values, turn => Assert.Equal(look.At.AddMinutes(5), turn.NextAt, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_policy_host_that_is_away_loses_neither_its_policy_nor_its_certificate()
    {
        await StartAsync();
        await LookAsync(1);
        foreach (LabWebServer server in _world.WebServers)
            server.Connected = (_, _) => Task.FromResult(false);

        Look look = await LookAsync(2);

        Assert.Equal(CheckStanding.Flawed, look.Standing);
        Assert.Empty((await HistoryAsync()).Changes);
    }

    [Fact]
    public async Task Two_roles_on_one_store_look_at_each_policy_domain_once()
    {
        string[] domains = [LabWorld.Domain, "one.test", "two.test", "three.test"];
        _world.AddDomains(domains[1..]);
        await StartAsync(domains);
        await StartAsync(domains);

        while ((await _door.Open.StoredLooks.LastAsync(Token)).Count < domains.Length)
            await Task.Delay(50, Token);

        Assert.Equal(domains.Length, (await _door.Open.StoredLooks.CountsAsync(Token)).Looks);
    }

    [Fact]
    public async Task A_role_that_is_stopped_while_it_looks_gives_its_turn_to_the_next()
    {
        TaskCompletionSource begun = new();
        foreach (LabWebServer server in _world.WebServers)
        {
            server.Connected = async (_, token) =>
            {
                begun.TrySetResult();
                await Task.Delay(Timeout.Infinite, token);
                return false;
            };
        }

        MonitorRole role = await StartAsync();
        await begun.Task.WaitAsync(Token);
        await StopAsync(role);
        foreach (LabWebServer server in _world.WebServers)
            server.Connected = (_, _) => Task.FromResult(true);
        await StartAsync();

        Assert.Equal(0, (await LookAsync(1)).Errors);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (MonitorRole role in _roles)
            await role.StopAsync(CancellationToken.None);
        await _door.DisposeAsync();
        await _world.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static string? Value(IEnumerable<ObservedPeriod> seen, ObservedKind kind) => seen.Single(period => period.Kind == kind).Value;

    private async Task<MonitorRole> StartAsync(params string[] domains)
    {
        if (!_door.IsOpen)
            await _door.StartAsync(Token);
        MonitorOptions options = new()
        {
            Domains = domains.Length == 0 ? [LabWorld.Domain] : [.. domains],
            Jitter = TimeSpan.Zero,
            AllowAddresses = ["127.0.0.0/8", "::1"],
        };
        MonitorRole role = new(options, _world.Options, "", _door, _clock, NullLoggerFactory.Instance);
        _roles.Add(role);
        await role.StartAsync(Token);
        return role;
    }

    private async Task StopAsync(MonitorRole role)
    {
        _roles.Remove(role);
        await role.StopAsync(Token);
    }

    private async Task RestartAsync()
    {
        await StopAsync(_roles[^1]);
        await StartAsync();
    }

    // The loop waits by the same clock, and nobody knows when it begins to.
    private async Task<Look> LookAsync(int number)
    {
        if (number > 1)
            _clock.Move(TimeSpan.FromHours(1));
        for (int poll = 1; (await _door.Open.StoredLooks.CountsAsync(Token)).Looks < number; poll++)
        {
            await Task.Delay(50, Token);
            if (poll % 20 == 0)
                _clock.Move(TimeSpan.FromMinutes(1));
        }

        return (await _door.Open.StoredLooks.LastAsync(Token)).Single();
    }

    private async Task<DomainHistory> HistoryAsync() => new([], [.. await _door.Open.StoredLooks.PeriodsAsync(LabWorld.Domain, Token)], []);
}
