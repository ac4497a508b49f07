using Interop.Tests.Network;
using Interop.Tests.Servers;

namespace Interop.Tests;

/// <summary>Report mails that Postfix passes on to <c>waxseal serve</c>, and reports that curl posts.</summary>
public sealed class DeliveryTests(InteropLab lab) : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "waxseal.dll");

    private readonly List<Server> _servers = [];
    private RunFolder? _folder;

    [Fact]
    public async Task Postfix_delivers_report_mails_by_LMTP_and_by_SMTP()
    {
        lab.SkipWhereMissing();
        string configuration = await StartAsync();
        PostfixRelay relay = new(_folder!);
        _servers.Add(await relay.StartAsync(lab.Namespaces, TestContext.Current.CancellationToken));

        await UntilAsync(() => MailAsync(PostfixRelay.ByLmtp, "first"));
        await UntilAsync(() => MailAsync(PostfixRelay.BySmtp, "second"));
        await UntilAsync(() => MailAsync(PostfixRelay.ByLmtp, "none", body: "This is no report."));
        await UntilAsync(async () => (await File.ReadAllTextAsync(relay.Log, TestContext.Current.CancellationToken)).Split("status=").Length == 4);

        string log = await File.ReadAllTextAsync(relay.Log, TestContext.Current.CancellationToken);
        Assert.Equal(2, log.Split("status=sent (250 2.6.0").Length - 1);
        Assert.Contains("status=bounced (host 127.0.0.1[127.0.0.1] said: 554 5.6.0", log, StringComparison.Ordinal);
        Assert.Equal(["lmtp first", "smtp second"], await StoredAsync(configuration));
    }

    [Fact]
    public async Task Curl_posts_a_report_plain_and_packed()
    {
        lab.SkipWhereMissing();
        string configuration = await StartAsync();
        string plain = _folder!.File("report.json");
        await File.WriteAllTextAsync(plain, ReportOf("plain"), TestContext.Current.CancellationToken);
        await CommandLine.RunAsync(["sh", "-c", $"printf '%s' '{ReportOf("packed")}' | gzip > '{plain}.gz'"], TestContext.Current.CancellationToken);

        Assert.Equal("201", await PostAsync(plain, "application/tlsrpt+json"));
        Assert.Equal("201", await PostAsync($"{plain}.gz", "application/tlsrpt+gzip"));
        Assert.Equal("200", await PostAsync($"{plain}.gz", "application/tlsrpt+gzip"));
        Assert.Equal(["https packed", "https plain"], await StoredAsync(configuration));
    }

    public void Dispose()
    {
        _servers.ForEach(server => server.Dispose());
        _folder?.Dispose();
    }

    private async Task<string> StartAsync()
    {
        _folder = RunFolder.Create();
        string configuration = _folder.File("waxseal.toml");
        await File.WriteAllTextAsync(configuration, $"""
            [store]
            database = "sqlite:{_folder.Path}/waxseal.db"
            [reportIntake]
            unverifiedMail = "accept"
            [reportIntake.https]
            listen = "127.0.0.1:8460"
            [reportIntake.lmtp]
            listen = "127.0.0.1:{PostfixRelay.LmtpPort}"
            recipients = "{PostfixRelay.ByLmtp}"
            [reportIntake.smtp]
            listen = "127.0.0.1:{PostfixRelay.SmtpPort}"
            recipients = "{PostfixRelay.BySmtp}"

            """, TestContext.Current.CancellationToken);
        _servers.Add(Server.Start("waxseal", lab.Namespaces, "dotnet", Program, "serve", "--config", configuration));
        await UntilAsync(() => Task.FromResult(File.Exists(_folder.File("control.sock"))));
        return configuration;
    }

    private async Task<bool> MailAsync(string recipient, string id, string? body = null)
    {
        string mail = _folder!.File($"{id}.eml");
        await File.WriteAllTextAsync(mail, $"""
            From: reports@sender.test
            To: {recipient}
            Subject: Report Domain: example.test Submitter: sender.test Report-ID: <{id}@sender.test>
            TLS-Report-Domain: example.test
            TLS-Report-Submitter: sender.test
            MIME-Version: 1.0
            Content-Type: {(body is null ? "application/tlsrpt+json" : "text/plain")}

            {body ?? ReportOf(id)}

            """.ReplaceLineEndings("\r\n"), TestContext.Current.CancellationToken);
        CommandResult sent = await CommandLine.TryRunAsync(
            Namespaces.Within(lab.Namespaces.Servers, "curl", "-s", "--noproxy", "*", $"smtp://127.0.0.1:{PostfixRelay.Port}/client.test", "--mail-from", "", "--mail-rcpt", recipient, "--upload-file", mail),
            TestContext.Current.CancellationToken);
        return sent.ExitCode == 0;
    }

    private async Task<string> PostAsync(string file, string mediaType) => await CommandLine.RunAsync(
        Namespaces.Within(lab.Namespaces.Servers, "curl", "-s", "--noproxy", "*", "-o", "/dev/null", "-w", "%{http_code}", "-H", $"Content-Type: {mediaType}", "--data-binary", $"@{file}", "http://127.0.0.1:8460/tlsrpt"),
        TestContext.Current.CancellationToken);

    private static async Task<string[]> StoredAsync(string configuration)
    {
        string lines = await CommandLine.RunAsync(["dotnet", Program, "store", "export", "--config", configuration], TestContext.Current.CancellationToken);
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement)
            .Where(report => report.GetProperty("state").GetString() == "counted")
            .Select(report => $"{report.GetProperty("channel").GetString()} {report.GetProperty("report_id").GetString()}").Order()];
    }

    private async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (int i = 0; i < 200; i++)
        {
            if (await condition())
                return;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Fail(string.Join('\n', _servers.Select(server => $"{server.Name}:\n{server.Said}")));
    }

    private static string ReportOf(string id) => $$"""
        {"organization-name":"Sender","date-range":{"start-datetime":"2026-03-04T00:00:00Z","end-datetime":"2026-03-04T23:59:59Z"},"contact-info":"reports@sender.test","report-id":"{{id}}","policies":[{"policy":{"policy-type":"sts","policy-domain":"example.test"},"summary":{"total-successful-session-count":5,"total-failure-session-count":0} }]}
        """;
}
