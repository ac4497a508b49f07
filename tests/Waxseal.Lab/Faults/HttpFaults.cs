using System.IO.Compression;
using System.Text;

namespace Waxseal.Lab.Faults;

/// <summary>Faults of the web server's answer (layer G), and of its copies of the policy (layer I).</summary>
internal static class HttpFaults
{
    public static IEnumerable<LabFault> All =>
    [
        Status("G01", "404", 404),
        new("G02", "a redirect to www", world => Answer(world, _ => LabWebServer.Response(301, "", "text/html", "Location: https://www.example.test/.well-known/mta-sts.txt"))),
        new("G02", "a redirect to a metadata address", world => Answer(world, _ => LabWebServer.Response(302, "", "text/html", "Location: http://169.254.169.254/latest/meta-data/"))),
        Status("G03", "a login is asked for", 401),
        Status("G03", "the path is forbidden", 403),
        new("G04", "a bot challenge", world => Answer(world, _ => LabWebServer.Response(403, "<html><title>Just a moment...</title></html>", "text/html", "cf-mitigated: challenge"))),
        new("G04", "a rule against one User-Agent", world => Answer(world, head => head.Contains("User-Agent: Go-http-client", StringComparison.Ordinal)
            ? LabWebServer.Response(403, "no robots")
            : LabWebServer.Response(200, world.Policy))),
        new("G05", "a rule against requests without User-Agent", world => Answer(world, head => head.Contains("User-Agent:", StringComparison.Ordinal)
            ? LabWebServer.Response(200, world.Policy)
            : LabWebServer.Response(403, "no robots"))),
        new("G06", "a rule of a CDN against where the request comes from", world => Answer(world, _ => LabWebServer.Response(403, "not from there", "text/html", "Server: cloudfront"))),
        Status("G07", "500", 500),
        Status("G07", "502 of a proxy", 502),
        new("G08", "another media type", world => Answer(world, _ => LabWebServer.Response(200, world.Policy, "application/octet-stream"))),
        new("G08", "no media type", world => Answer(world, _ => LabWebServer.Response(200, world.Policy, type: null))),
        new("G09", "a web page with status 200", world => Answer(world, _ => LabWebServer.Response(200, "<!doctype html><html><body>Welcome</body></html>", "text/html"))),
        new("G10", "a compressed body", world => Answer(world, _ => LabWebServer.Response(200, Gzip(world.Policy), "text/plain", "Content-Encoding: gzip"))),
        new("G11", "a body of 70,000 octets", world => Answer(world, _ => LabWebServer.Response(200, world.Policy + new string('x', 70_000)))),
        new("G11", "a policy of 12,000 octets", world => Answer(world, _ => LabWebServer.Response(200, world.Policy + Extensions(12_000)))),
        new("G12", "every answer takes more than two seconds", Slow),
        new("G12", "one octet a second", world => Every(world, server => server.Write = DripAsync)),
        Status("G13", "410, as of a platform without this name", 410),
        new("G13", "the page of a platform that does not know the name", world => Answer(world, _ => LabWebServer.Response(404, "There isn't a GitHub Pages site here.", "text/html"))),
        new("G14", "another virtual host over IPv6", world => world.Web6.Answer = _ => LabWebServer.Response(404, "not found")),
        new("G15", "a maintenance page", world => Answer(world, _ => LabWebServer.Response(503, "Down for maintenance", "text/html", "Retry-After: 600"))),
        Status("G16", "429 of a quota", 429),
        Status("G18", "204", 204),
        Status("G18", "206", 206),
        Status("G19", "a host of many domains that lacks this one", 404),
        new("I04", "two addresses with different policies", TwoPolicies),
        new("I02", "a copy that was not renewed", TwoPolicies),
        new("C11", "an old policy out of a cache", world =>
        {
            TwoPolicies(world);
            world.Web.Answer = _ => LabWebServer.Response(200, world.Policy, "text/plain", "Age: 86000");
        }),
        new("E07", "HTTP/2 alone", world => Every(world, server =>
        {
            server.ApplicationProtocols.Clear();
            server.ApplicationProtocols.Add(System.Net.Security.SslApplicationProtocol.Http2);
        })),
    ];

    private static LabFault Status(string causeId, string name, int status) =>
        new(causeId, name, world => Answer(world, _ => LabWebServer.Response(status, "", "text/html")));

    private static void Every(LabWorld world, Action<LabWebServer> change)
    {
        foreach (LabWebServer server in world.WebServers)
            change(server);
    }

    private static void Answer(LabWorld world, Func<string, byte[]?> answer) => Every(world, server => server.Answer = answer);

    private static void Slow(LabWorld world)
    {
        world.Zone.Remove(LabWorld.Host, Net.Dns.DnsType.Aaaa);
        world.Web.Write = async (stream, _, cancellationToken) =>
        {
            await Task.Delay(2100, cancellationToken);
            await stream.WriteAsync(LabWebServer.Response(200, world.Policy), cancellationToken);
        };
    }

    private static async Task DripAsync(Stream stream, string head, CancellationToken cancellationToken)
    {
        await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n"u8.ToArray(), cancellationToken);
        while (true)
        {
            await stream.WriteAsync("v"u8.ToArray(), cancellationToken);
            await Task.Delay(1000, cancellationToken);
        }
    }

    private static void TwoPolicies(LabWorld world)
    {
        world.Zone.Address(LabWorld.Host, world.At(11));
        world.AddWeb(world.At(11)).Answer = _ => LabWebServer.Response(200, LabWorld.GoodPolicy.Replace("604800", "700000", StringComparison.Ordinal));
    }

    private static string Extensions(int octets) => string.Concat(Enumerable.Range(0, octets / 20).Select(number => $"x{number:D6}: abcdefghi\r\n"));

    private static byte[] Gzip(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionMode.Compress))
            stream.Write(Encoding.ASCII.GetBytes(text));
        return packed.ToArray();
    }
}
