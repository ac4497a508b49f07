using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Waxseal.Lab.Serving;
using Waxseal.Protocol.Diagnosis.Reports;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Storage;
using Waxseal.Storage.Reports;

namespace Waxseal.Bench;

/// <summary>Fills a database with reports, and asks a native <c>waxseal serve</c> for pages and lists of the API.</summary>
/// <param name="folder">A folder for the configuration.</param>
/// <param name="program">The native program.</param>
internal sealed class PagesBench(string folder, string program)
{
    private const int Reporters = 6;
    private const int Days = 84;
    private const int Questions = 60;

    // Four policies, each with four failures.
    private const int Policies = 4;
    private const int RowsOfReport = Policies * 5;

    // Reports that are stored at the same time.
    private const int AtOnce = 512;

    private static readonly string[] Organisations = ["Google Inc.", "Microsoft Corporation", "Reporter A", "Reporter B", "Reporter C", "Reporter D"];
    private static readonly string[] Names = ["Google", "Microsoft", "Reporter A", "Reporter B", "Reporter C", "Reporter D"];

    /// <summary>The head of the table that <see cref="RunAsync"/> writes lines of.</summary>
    public const string Head = "database         rows  address                        KB  first byte ms  slowest  x floor";

    /// <summary>Measures with one database that has nothing in it, and writes a line for each address.</summary>
    /// <param name="name">The name for people.</param>
    /// <param name="address">The database, as in <c>store.database</c>.</param>
    /// <param name="rows">How many rows of sessions.</param>
    public async Task RunAsync(string name, string address, int rows)
    {
        int domains = rows / RowsOfReport / Reporters / Days;
        DateOnly today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        await FillAsync(address, domains, today);
        int port = ServeProcess.FreePort();
        string configuration = Path.Combine(folder, $"pages-{name}.toml");
        await File.WriteAllTextAsync(configuration, $"[store]\ndatabase = \"{address}\"\n[dashboard]\nlisten = [\"127.0.0.1:{port}\"]\n");
        using ServeProcess serve = await ServeProcess.StartAsync([program], configuration, port, CancellationToken.None);
        using HttpMessageInvoker client = new(new SocketsHttpHandler());

        // The frame with a form in it: nothing is read for it.
        double floor = 0;
        foreach ((string label, Func<int, string> path) in Addresses(domains, today))
        {
            (double median, double slowest, long octets) = await MeasureAsync(client, number => new Uri($"http://127.0.0.1:{port}{path(number)}"));
            floor = floor == 0 ? median : floor;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-10} {domains * Reporters * Days * RowsOfReport,10}  {label,-28} {octets / 1024.0,5:0} {median,14:0.0} {slowest,8:0.0} {median / floor,8:0.0}"));
        }

        if (await serve.StopAsync(CancellationToken.None) is not 0 and var code)
            throw new InvalidOperationException($"waxseal serve ended with exit code {code}.");
    }

    private static IEnumerable<(string Label, Func<int, string> Path)> Addresses(int domains, DateOnly today)
    {
        string Domain(int number) => DomainOf(number * 19 % domains);
        string first = Text(today.AddDays(-7)), last = Text(today.AddDays(-1));
        yield return ("/explain (the floor)", _ => "/explain");
        yield return ("/", _ => "/");
        yield return ("/domains", _ => "/domains");
        yield return ("/domains/{domain}", number => $"/domains/{Domain(number)}");
        yield return ("/domains/{domain}?days=90", number => $"/domains/{Domain(number)}?days=90");
        yield return ("/reports", _ => "/reports");
        yield return ("/reports of a domain", number => $"/reports?domain={Domain(number)}");
        yield return ("/reports of a week", number => $"/reports?from={first}&to={last}");
        yield return ("/reporters/{reporter}", number => $"/reporters/{Uri.EscapeDataString(Names[number % Reporters])}");
        yield return ("/alerts", _ => "/alerts");
        yield return ("/settings", _ => "/settings");
        yield return ("/settings/retention", _ => "/settings/retention");
        yield return ("/api/v1/domains", _ => "/api/v1/domains");
        yield return ("/api/v1/reporters", _ => "/api/v1/reporters");
        yield return ("/api/v1/findings", _ => "/api/v1/findings");
        yield return ("/api/v1/reports", _ => "/api/v1/reports");
        yield return ("/api/v1/domains/{d}/days", number => $"/api/v1/domains/{Domain(number)}/days");
    }

    // Another policy domain each time, as nobody has asked for before.
    private static async Task<(double Median, double Slowest, long Octets)> MeasureAsync(HttpMessageInvoker client, Func<int, Uri> address)
    {
        double[] times = new double[Questions];
        long octets = 0;
        for (int i = 0; i < Questions; i++)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, address(i));
            long start = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await client.SendAsync(request, CancellationToken.None);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (response.StatusCode != HttpStatusCode.OK)
                throw new InvalidOperationException($"{request.RequestUri} answers {(int)response.StatusCode}.");
            octets = (await response.Content.ReadAsByteArrayAsync()).Length;
        }

        Array.Sort(times);
        return (times[Questions / 2], times[^1], octets);
    }

    private static async Task FillAsync(string address, int domains, DateOnly today)
    {
        StoreAddress place = StoreAddress.TryParse(address, out StoreAddress? parsed, out string? problem) ? parsed : throw new ArgumentException(problem);
        await using Store store = await Store.OpenAsync(place, TimeProvider.System, CancellationToken.None);
        if ((await store.Sums.PolicyDomainsAsync(CancellationToken.None)).Count == domains)
            return; // filled by a run before

        // Day by day, as time goes.
        IEnumerable<(int Ago, int Domain, int Reporter)> all = from ago in Enumerable.Range(1, Days) from domain in Enumerable.Range(0, domains) from reporter in Enumerable.Range(0, Reporters) select (Days + 1 - ago, domain, reporter);
        foreach ((int Ago, int Domain, int Reporter)[] group in all.Chunk(AtOnce))
        {
            StoreReceipt[] receipts = await Task.WhenAll(group.Select(one => store.Reports.AddAsync(Arrived(DomainOf(one.Domain), one.Reporter, today.AddDays(-one.Ago)), CancellationToken.None)));
            if (receipts.Any(receipt => receipt.State != ReportState.Counted))
                throw new InvalidOperationException("A report does not count.");
        }
    }

    private static ArrivedReport Arrived(string domain, int reporter, DateOnly day)
    {
        byte[] json = Encoding.UTF8.GetBytes(Json(domain, reporter, day));
        return new(domain, IntakeFloor.Packed(json), new(new DateTimeOffset(day.AddDays(1), new TimeOnly(4, 0), TimeSpan.Zero), Channel.Https, "127.0.0.1"))
        {
            Evidence = new ReportEvidence(ReportReader.Read(json).Report!, "127.0.0.1"),
            State = ReportState.Counted,
        };
    }

    // One in ten policy domains fails with one reporter, and one in a hundred with all.
    private static string Json(string domain, int reporter, DateOnly day)
    {
        int number = int.Parse(domain.AsSpan(1, 4), CultureInfo.InvariantCulture);
        int failed = number % 100 == 0 || (number % 10 == 3 && reporter == 1) ? 2 : 0;
        string failure = $$"""{"result-type":"certificate-expired","sending-mta-ip":"198.51.100.1","receiving-mx-hostname":"mx.{{domain}}","failed-session-count":{{failed}}}""";
        string policy = $$$"""{"policy":{"policy-type":"sts","policy-string":["version: STSv1","mode: enforce","mx: mx.{{{domain}}}","max_age: 604800"],"policy-domain":"{{{domain}}}","mx-host":["mx.{{{domain}}}"]},"summary":{"total-successful-session-count":{{{100 + reporter}}},"total-failure-session-count":{{{failed * 4}}}},"failure-details":[{{{string.Join(',', Enumerable.Repeat(failure, 4))}}}]}""";
        return $$"""{"organization-name":"{{Organisations[reporter]}}","date-range":{"start-datetime":"{{Text(day)}}T00:00:00Z","end-datetime":"{{Text(day)}}T23:59:59Z"},"contact-info":"tls@example.org","report-id":"{{domain}}-{{reporter}}-{{Text(day)}}","policies":[{{string.Join(',', Enumerable.Repeat(policy, Policies))}}]}""";
    }

    private static string DomainOf(int number) => string.Create(CultureInfo.InvariantCulture, $"d{number:0000}.example.test");

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
