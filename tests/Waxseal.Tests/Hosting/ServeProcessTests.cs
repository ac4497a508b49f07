using System.Net;
using System.Net.Sockets;
using System.Text;
using Waxseal.Hosting;
using Waxseal.Lab.Serving;
using Waxseal.Tests.Commands;
using Waxseal.Tests.Hosting.Metrics;

namespace Waxseal.Tests.Hosting;

/// <summary><c>waxseal serve</c> as a process: <c>waxseal ctl</c>, signals, systemd.</summary>
public sealed class ServeProcessTests : IDisposable
{
    private const string SocketActivate = "/usr/bin/systemd-socket-activate";

    private readonly ServedFolder _folder = new();
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { UseProxy = false });

    [Fact]
    public async Task Ctl_tells_how_it_fares_and_has_the_configuration_read_again()
    {
        using ServeProcess serve = await _folder.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await PostAsync("r1")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync("r1")).StatusCode);

        Outcome well = await CtlAsync("status");
        Outcome same = await CtlAsync("reload");
        _folder.Write("path = \"/other\"");
        Outcome changed = await CtlAsync("reload");
        _folder.Write("path = \"other\"\ntimeout = \"0s\"");
        Outcome refused = await CtlAsync("reload");
        Outcome ill = await CtlAsync("status", "--socket", _folder.Control, "--json");

        Assert.True(well.ExitCode == 0, well.Out + well.Error);
        Assert.StartsWith("All is well.", well.Out, StringComparison.Ordinal);
        Assert.All(["reportIntake.https", "reportIntake.smtp", "reportIntake.lmtp", "metrics"], role => Assert.Contains($"\n{role}", well.Out, StringComparison.Ordinal));
        Assert.Contains("example.test by Example Org: counted, by https", well.Out, StringComparison.Ordinal);
        Assert.Contains("example.test by Example Org: known (counted), by https", well.Out, StringComparison.Ordinal);
        Assert.Equal(new Outcome(0, "The configuration was read again; nothing changed.\n", ""), same);
        Assert.Equal(new Outcome(0, "Changed: reportIntake.https.\n", ""), changed);
        Assert.Equal((2, 3), (refused.ExitCode, refused.Error.Split("waxseal: ").Length));
        Assert.Equal(1, ill.ExitCode);
        Assert.Contains("\"configurationProblems\": [", ill.Out, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await GetAsync(_folder.Https, "/other")).StatusCode);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(_folder.Control) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal(0, await serve.StopAsync(TestContext.Current.CancellationToken));
        Assert.False(File.Exists(_folder.Control));
    }

    [Fact]
    public async Task Ctl_says_when_nobody_answers()
    {
        Outcome outcome = await CtlAsync("status", "--socket", Path.Combine(_folder.Path, "none"));

        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("no waxseal serve answers at", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_serves_though_the_control_socket_is_taken()
    {
        using ServeProcess first = await _folder.StartAsync();
        string other = Path.Combine(_folder.Path, "other.toml");
        int port = ServeProcess.FreePort();
        await File.WriteAllTextAsync(other, $"[store]\ndatabase = \"sqlite:{_folder.Path}/other.db\"\n[reportIntake.https]\nlisten = \"127.0.0.1:{port}\"\n", TestContext.Current.CancellationToken);

        using (ServeProcess second = await ServeProcess.StartAsync(["dotnet", Path.Combine(AppContext.BaseDirectory, "waxseal.dll")], other, port, TestContext.Current.CancellationToken))
            Assert.Equal(0, await second.StopAsync(TestContext.Current.CancellationToken));

        Assert.Equal(0, (await CtlAsync("status")).ExitCode);
    }

    [Fact]
    public async Task Figures_and_health_are_shown()
    {
        using ServeProcess serve = await _folder.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await PostAsync("r1")).StatusCode);
        using HttpResponseMessage figures = await GetAsync(_folder.Metrics, "/metrics");
        using HttpResponseMessage ready = await GetAsync(_folder.Metrics, "/readyz");
        using HttpResponseMessage alive = await GetAsync(_folder.Metrics, "/healthz");

        Dictionary<string, double> samples = ExpositionReader.Read(await TextOfAsync(figures), isOpen: false);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", figures.Content.Headers.ContentType!.ToString());
        Assert.Equal(1, samples["waxseal_reports_total{channel=\"https\",state=\"counted\",trust=\"unverified\",outcome=\"stored\"}"]);
        Assert.Equal(1, samples["waxseal_store_write_seconds_count"]);
        Assert.Equal(1, samples["waxseal_store_up"]);
        Assert.Equal(4, samples.Count(sample => sample.Key.StartsWith("waxseal_role_up{", StringComparison.Ordinal) && sample.Value == 1));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (ready.StatusCode, alive.StatusCode));
    }

    [Fact]
    public async Task SIGTERM_ends_it_though_clients_of_every_listener_dawdle()
    {
        Assert.True(ServeHost.Patience < TimeSpan.FromSeconds(10));
        using ServeProcess serve = await _folder.StartAsync();
        Socket[] slow =
        [
            await ServedFolder.SayAsync(At(_folder.Https), "POST /tlsrpt HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"),
            await ServedFolder.SayAsync(At(_folder.Https), "POST /tls"),
            await ServedFolder.SayAsync(At(_folder.Smtp), "EHLO x\r\n"),
            await ServedFolder.SayAsync(At(_folder.Smtp), "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<tlsrpt@example.test>\r\nDATA\r\nSubject: "),
            await ServedFolder.SayAsync(new UnixDomainSocketEndPoint(_folder.Lmtp), "LHLO x\r\n"),
            await ServedFolder.SayAsync(At(_folder.Metrics), "GET /metrics HTT"),
            await ServedFolder.SayAsync(new UnixDomainSocketEndPoint(_folder.Control), "stat"),
        ];

        Assert.Equal(0, await serve.StopAsync(TestContext.Current.CancellationToken));

        Array.ForEach(slow, socket => socket.Dispose());
    }

    [Fact]
    public async Task Systemd_hears_of_each_step()
    {
        string path = Path.Combine(_folder.Path, "notify");
        using Socket notify = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        notify.Bind(new UnixDomainSocketEndPoint(path));
        using ServeProcess serve = await _folder.StartAsync("env", $"NOTIFY_SOCKET={path}");

        string ready = await NextAsync(notify);
        await CtlAsync("reload");
        string reloading = await NextAsync(notify);
        string again = await NextAsync(notify);
        await serve.StopAsync(TestContext.Current.CancellationToken);
        string stopping = await NextAsync(notify);

        Assert.StartsWith("READY=1\nSTATUS=On: reportIntake.https", ready, StringComparison.Ordinal);
        Assert.Matches("^RELOADING=1\nMONOTONIC_USEC=[0-9]+\nSTATUS=", reloading);
        Assert.StartsWith("READY=1\n", again, StringComparison.Ordinal);
        Assert.StartsWith("STOPPING=1\n", stopping, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_listener_takes_the_socket_that_systemd_hands_over_and_keeps_it_over_a_reload()
    {
        Assert.SkipUnless(File.Exists(SocketActivate), "systemd-socket-activate is not there.");
        using ServeProcess serve = await _folder.StartAsync(SocketActivate,
            "-l", $"127.0.0.1:{_folder.Https}", "-l", $"127.0.0.1:{_folder.Smtp}", "-l", _folder.Lmtp, "-l", $"127.0.0.1:{_folder.Metrics}",
            "--fdname=reportIntake.https:reportIntake.smtp:reportIntake.lmtp:metrics", "-E", "PATH", "-E", "HOME");

        Assert.Equal(HttpStatusCode.Created, (await PostAsync("r1")).StatusCode);
        _folder.Write("path = \"/other\"");
        Outcome reload = await CtlAsync("reload");

        Assert.Equal(new Outcome(0, "Changed: reportIntake.https.\n", ""), reload);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await GetAsync(_folder.Https, "/other")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(_folder.Metrics, "/readyz")).StatusCode);
        Assert.StartsWith("220", await GreetingAsync(At(_folder.Smtp)), StringComparison.Ordinal);
        Assert.StartsWith("220", await GreetingAsync(new UnixDomainSocketEndPoint(_folder.Lmtp)), StringComparison.Ordinal);
        Assert.Equal(0, await serve.StopAsync(TestContext.Current.CancellationToken));
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    private static IPEndPoint At(int port) => new(IPAddress.Loopback, port);

    private static async Task<string> GreetingAsync(EndPoint endPoint)
    {
        using Socket socket = await ServedFolder.SayAsync(endPoint, "");
        byte[] heard = new byte[512];
        return Encoding.ASCII.GetString(heard, 0, await socket.ReceiveAsync(heard, TestContext.Current.CancellationToken));
    }

    // What the watchdog says in between is not looked for.
    private static async Task<string> NextAsync(Socket notify)
    {
        byte[] heard = new byte[4096];
        return Encoding.UTF8.GetString(heard, 0, await notify.ReceiveAsync(heard, TestContext.Current.CancellationToken));
    }

    private static Task<string> TextOfAsync(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private Task<Outcome> CtlAsync(string word, params string[] options) =>
        CommandRun.Of(["ctl", word, .. options.Length == 0 ? ["--config", _folder.Configuration] : options]);

    private async Task<HttpResponseMessage> PostAsync(string id)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"http://127.0.0.1:{_folder.Https}/tlsrpt") { Content = new StringContent(ReportJson.Of(id)) };
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<HttpResponseMessage> GetAsync(int port, string path)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, $"http://127.0.0.1:{port}{path}");
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
