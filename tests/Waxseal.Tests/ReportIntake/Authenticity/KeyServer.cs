using System.Text;
using Waxseal.Lab;
using Waxseal.Net.Dns;

namespace Waxseal.Tests.ReportIntake.Authenticity;

/// <summary>A resolver of the laboratory that serves DKIM keys.</summary>
internal sealed class KeyServer : IAsyncDisposable
{
    private readonly LabZone _zone = new("test");
    private readonly ScriptedDnsServer _server;

    public KeyServer()
    {
        LabZones zones = [new LabZone("."), _zone];
        Lab = new(zones);
        _server = new(query => Lab.Answer(query));
        Resolver = new(new StubResolverOptions { Resolvers = [_server.EndPoint], AttemptTimeout = TimeSpan.FromSeconds(1), Attempts = 1 }, TimeProvider.System);
    }

    public LabResolver Lab { get; }

    public StubResolver Resolver { get; }

    public string Address => _server.EndPoint.ToString();

    public int Questions => _server.Received.Count;

    public KeyServer Publish(string domain, string record, string selector = "sel")
    {
        byte[] text = Encoding.ASCII.GetBytes(record);
        _zone.Add($"{selector}._domainkey.{domain}", DnsType.Txt, [.. text.Chunk(200).SelectMany(piece => piece.Prepend((byte)piece.Length))]);
        return this;
    }

    public KeyServer Alias(string domain, string target, string selector = "sel")
    {
        _zone.Alias($"{selector}._domainkey.{domain}", target);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        Resolver.Dispose();
        await _server.DisposeAsync();
    }
}
