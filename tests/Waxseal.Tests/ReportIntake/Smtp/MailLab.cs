using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;
using Waxseal.ReportIntake.Smtp;
using Waxseal.Storage;
using Waxseal.Storage.Reports;

namespace Waxseal.Tests.ReportIntake.Smtp;

/// <summary><c>waxseal serve</c> with mail listeners on loopback and a store in SQLite.</summary>
internal sealed class MailLab : IAsyncDisposable
{
    public const string Recipient = "tlsrpt@example.test";

    private readonly ServeHost _host = new(new Systemd(_ => null), TimeProvider.System, NullLoggerFactory.Instance);

    private MailLab(string folder) => Folder = folder;

    /// <summary>Where everything lies.</summary>
    public string Folder { get; }

    /// <summary>The folder of the database, which the test may keep away.</summary>
    public string StoreFolder => Path.Combine(Folder, "store");

    public IPEndPoint Smtp => IPEndPoint.Parse(AddressOf("reportIntake.smtp"));

    public string LmtpPath => Path.Combine(Folder, "lmtp");

    public StoreDoor Store => _host.Store;

    /// <param name="smtp">More lines of its section.</param>
    /// <param name="intake">Lines of the section of all intake.</param>
    /// <param name="hasStore">Whether the store can be opened from the start.</param>
    public static async Task<MailLab> StartAsync(string smtp = "", string intake = "", bool hasStore = true)
    {
        MailLab lab = new(Directory.CreateTempSubdirectory("waxseal-mail-").FullName);
        if (hasStore)
            Directory.CreateDirectory(lab.StoreFolder);
        string text = $"""
            [store]
            database = "sqlite:{lab.StoreFolder}/waxseal.db"
            [reportIntake]
            {(intake.Contains("perSource", StringComparison.Ordinal) ? "" : "perSource = 1000000")}
            perDomain = 1000000
            {intake}
            [reportIntake.smtp]
            listen = ["127.0.0.1:0"]
            recipients = ["{Recipient}"]
            hostName = "mx.example.test"
            {smtp}
            [reportIntake.lmtp]
            listen = ["unix:{lab.LmtpPath}"]
            recipients = ["{Recipient}", "two@example.test"]
            """;
        var configuration = ServeConfiguration.Read(text, "test", ImmutableDictionary<string, string>.Empty, out ImmutableArray<string> problems);
        Assert.Empty(problems);
        await lab._host.ApplyAsync(configuration, TestContext.Current.CancellationToken);
        return lab;
    }

    /// <summary>A mail with one report, each number another one.</summary>
    public static string Mail(int number, int padding = 0) => $$"""
        From: reports@sender.test
        To: {{Recipient}}
        Subject: Report Domain: example.test Submitter: sender.test Report-ID: <{{number}}@sender.test>
        TLS-Report-Domain: example.test
        TLS-Report-Submitter: sender.test
        MIME-Version: 1.0
        Content-Type: application/tlsrpt+json

        {{Report(number)}}{{string.Concat(Enumerable.Repeat(new string(' ', 98) + "\n", padding / 100))}}

        """.ReplaceLineEndings("\r\n");

    public static string Report(int number) => string.Create(CultureInfo.InvariantCulture, $$"""
        {"organization-name":"Sender","date-range":{"start-datetime":"2026-03-04T00:00:00Z","end-datetime":"2026-03-04T23:59:59Z"},
        "contact-info":"reports@sender.test","report-id":"{{number}}","policies":[{"policy":{"policy-type":"sts","policy-domain":"example.test"},
        "summary":{"total-successful-session-count":{{number}},"total-failure-session-count":0} }]}
        """);

    public Task<MailClient> ConnectAsync() => MailClient.ConnectAsync(Smtp);

    public Task<MailClient> ConnectLmtpAsync() => MailClient.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(LmtpPath));

    /// <summary>The reports in the store.</summary>
    public async Task<List<StoredReport>> StoredAsync()
    {
        List<StoredReport> reports = [];
        await foreach (StoredReport report in Store.Open.Stored.ListAsync(new ReportFilter(), TestContext.Current.CancellationToken))
            reports.Add(report);
        return reports;
    }

    /// <summary>How many reports there are in the store when it has stopped.</summary>
    public async Task<int> CountAfterStopAsync()
    {
        await using Storage.Store store = await Storage.Store.OpenAsync(new StoreAddress(true, Path.Combine(StoreFolder, "waxseal.db")), TimeProvider.System, TestContext.Current.CancellationToken);
        return await store.Stored.ListAsync(new ReportFilter(), TestContext.Current.CancellationToken).CountAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Stops it in good order.</summary>
    public ValueTask StopAsync() => _host.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private string AddressOf(string role) => _host.Roles.OfType<MailIntakeRole>().Single(one => one.Name == role).Addresses.Single();
}
