using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;
using Waxseal.Lab.Serving;
using Waxseal.Protocol.TlsRpt;
using Waxseal.ReportIntake.Https;
using Waxseal.Storage.Reports;

namespace Waxseal.Tests.ReportIntake.Https;

public class HttpsIntakeTests
{
    [Theory]
    [InlineData("application/tlsrpt+json", false)]
    [InlineData("application/tlsrpt+gzip", true)]
    [InlineData("application/tlsrpt+json", true)]
    [InlineData("application/tlsrpt+gzip", false)]
    [InlineData("text/html", true)]
    public async Task A_report_is_stored_before_it_is_answered_whatever_its_label(string mediaType, bool isPacked)
    {
        await using RunningIntake intake = await RunningIntake.StartAsync();

        (HttpStatusCode first, _) = await intake.PostAsync(Report("r1"), mediaType, isPacked);
        (HttpStatusCode second, _) = await intake.PostAsync(Report("r1"), mediaType, isPacked);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first, second));
        StoredReport stored = Assert.Single(await intake.StoredAsync());
        Assert.Equal(("r1", ReportState.Counted, 5L, 2L, 2L, Channel.Https, Trust.Unverified),
            (stored.ReportId, stored.State, stored.Successful, stored.Failed, stored.TimesReceived, stored.Arrival.Channel, stored.Arrival.Trust));
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest, "no body")]
    [InlineData("hello", HttpStatusCode.BadRequest, "neither JSON nor gzip")]
    [InlineData("{}", HttpStatusCode.BadRequest, "It lacks organization-name, date-range, report-id, policies; a report is an object with organization-name, date-range, report-id and policies (at byte 1)")]
    [InlineData("{\"report-id\":\"1\",\"policies\":[]}", HttpStatusCode.BadRequest, "It lacks organization-name, date-range; a report is")]
    [InlineData("[1]", HttpStatusCode.BadRequest, "A report is an object with organization-name, date-range, report-id and policies, and this is none (at byte 0)")]
    [InlineData("{\"organization-name\":", HttpStatusCode.BadRequest, "at byte")]
    public async Task What_can_never_be_accepted_is_refused_in_words(string body, HttpStatusCode status, string reason)
    {
        await using RunningIntake intake = await RunningIntake.StartAsync();

        (HttpStatusCode answered, string text) = await intake.PostAsync(Encoding.UTF8.GetBytes(body), "application/tlsrpt+json", false);

        Assert.Equal(status, answered);
        Assert.Contains(reason, text);
        Assert.All(await intake.StoredAsync(), stored => Assert.Equal(ReportState.Unreadable, stored.State));
    }

    [Fact]
    public async Task Only_the_path_with_its_secret_takes_reports()
    {
        await using RunningIntake intake = await RunningIntake.StartAsync("pathSecret = \"s3cret\"");

        Assert.Equal(HttpStatusCode.NotFound, (await intake.PostAsync(Report("r1"), "application/tlsrpt+json", false)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await intake.PostAsync(Report("r1"), "application/tlsrpt+json", false, "/tlsrpt/other")).Status);
        Assert.Equal(HttpStatusCode.Created, (await intake.PostAsync(Report("r1"), "application/tlsrpt+json", false, "/tlsrpt/s3cret")).Status);
    }

    [Fact]
    public async Task Reports_about_other_domains_are_kept_apart()
    {
        await using RunningIntake intake = await RunningIntake.StartAsync(shared: "domains = [\"example.test\"]");

        await intake.PostAsync(Report("r1"), "application/tlsrpt+json", false);
        await intake.PostAsync(Report("r2", "sub.example.test"), "application/tlsrpt+json", false);
        await intake.PostAsync(Report("r3", "notexample.test"), "application/tlsrpt+json", false);

        Assert.Equal(["r1 Counted", "r2 Counted", "r3 Foreign"], (await intake.StoredAsync()).Select(report => $"{report.ReportId} {report.State}").Order());
    }

    [Fact]
    public async Task One_address_may_send_so_many_in_a_minute()
    {
        await using RunningIntake intake = await RunningIntake.StartAsync(shared: "perSource = 3");

        List<HttpStatusCode> statuses = [];
        for (int i = 0; i < 10; i++)
            statuses.Add((await intake.PostAsync(Report($"r{i}"), "application/tlsrpt+json", false)).Status);

        // The minute may turn in between.
        Assert.InRange(statuses.Count(status => status == HttpStatusCode.Created), 3, 6);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    [Fact]
    public async Task Without_a_store_it_says_so_and_takes_reports_when_the_store_is_there()
    {
        string folder = Directory.CreateTempSubdirectory("waxseal-absent-").FullName;
        Directory.Delete(folder);
        await using RunningIntake intake = await RunningIntake.StartAsync(database: $"sqlite:{folder}/waxseal.db");

        (HttpStatusCode refused, _) = await intake.PostAsync(Report("r1"), "application/tlsrpt+json", false);
        Directory.CreateDirectory(folder);
        HttpStatusCode later = refused;
        for (int i = 0; i < 100 && later != HttpStatusCode.Created; i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            (later, _) = await intake.PostAsync(Report("r1"), "application/tlsrpt+json", false);
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.Created), (refused, later));
    }

    [Fact]
    public async Task Thousands_of_silent_connections_keep_nobody_out()
    {
        await using RunningIntake intake = await RunningIntake.StartAsync(shared: "perSource = 10000");
        List<Socket> silent = [];
        for (int i = 0; i < 2000; i++)
        {
            Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, intake.Port, TestContext.Current.CancellationToken);
            await socket.SendAsync("POST /tlsrpt HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{"u8.ToArray(), TestContext.Current.CancellationToken);
            silent.Add(socket);
        }

        (HttpStatusCode status, _) = await intake.PostAsync(Report("r1"), "application/tlsrpt+json", false);

        Assert.Equal(HttpStatusCode.Created, status);
        silent.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task What_unpacks_without_end_is_refused()
    {
        await using RunningIntake intake = await RunningIntake.StartAsync();
        using MemoryStream bomb = new();
        await using (GZipStream gzip = new(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            byte[] blanks = new byte[1024 * 1024];
            Array.Fill(blanks, (byte)' ');
            for (int i = 0; i < 100; i++)
                await gzip.WriteAsync(blanks, TestContext.Current.CancellationToken);
        }

        (HttpStatusCode status, _) = await intake.PostAsync(bomb.ToArray(), "application/tlsrpt+gzip", false);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    [Theory]
    [InlineData(ReportLimits.BodyBytes + 1, false)]
    [InlineData(ReportLimits.FileBytes + 1, true)]
    public async Task What_is_too_large_is_told_so_wherever_that_is_seen(int length, bool isChunked)
    {
        await using RunningIntake intake = await RunningIntake.StartAsync();
        byte[] body = new byte[length];
        Array.Fill(body, (byte)' ');
        body[0] = (byte)'{';

        (HttpStatusCode status, _) = await intake.PostAsync(body, "application/tlsrpt+json", false, isChunked: isChunked);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
    }

    private static byte[] Report(string id, string domain = "example.test") => Encoding.UTF8.GetBytes(ReportJson.Of(id, domain));

    /// <summary>The role with a store of its own.</summary>
    private sealed class RunningIntake : IAsyncDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-intake-").FullName;
        private readonly ServeHost _host = new(new Systemd(_ => null), TimeProvider.System, NullLoggerFactory.Instance);
        private readonly SocketsHttpHandler _handler = new() { UseProxy = false };
        private readonly HttpMessageInvoker _client;

        private RunningIntake() => _client = new(_handler);

        public int Port { get; private set; }

        public static async Task<RunningIntake> StartAsync(string https = "", string shared = "", string? database = null)
        {
            RunningIntake intake = new();
            string text = $"[store]\ndatabase = \"{database ?? $"sqlite:{intake._folder}/waxseal.db"}\"\n[reportIntake]\n{shared}\n[reportIntake.https]\nlisten = \"127.0.0.1:0\"\n{https}\n";
            ServeConfiguration configuration = ServeConfiguration.Read(text, "f.toml", new Dictionary<string, string>(), out var problems);
            Assert.Empty(problems);
            await intake._host.ApplyAsync(configuration, TestContext.Current.CancellationToken);
            intake.Port = new Uri(intake._host.Roles.OfType<HttpsIntakeRole>().Single().Addresses.First()).Port;
            return intake;
        }

        public async Task<(HttpStatusCode Status, string Text)> PostAsync(byte[] body, string mediaType, bool isPacked, string path = "/tlsrpt", bool isChunked = false)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, $"http://127.0.0.1:{Port}{path}") { Content = new ByteArrayContent(isPacked ? Packed(body) : body) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
            request.Headers.TransferEncodingChunked = isChunked;
            using HttpResponseMessage response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        public async Task<List<StoredReport>> StoredAsync()
        {
            List<StoredReport> reports = [];
            await foreach (StoredReport report in _host.Store.Open.Stored.ListAsync(new ReportFilter(), TestContext.Current.CancellationToken))
                reports.Add(report);
            return reports;
        }

        public async ValueTask DisposeAsync()
        {
            await _host.DisposeAsync();
            _client.Dispose();
            Directory.Delete(_folder, recursive: true);
        }

        private static byte[] Packed(byte[] plain)
        {
            using MemoryStream packed = new();
            using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
                gzip.Write(plain);
            return packed.ToArray();
        }
    }
}
