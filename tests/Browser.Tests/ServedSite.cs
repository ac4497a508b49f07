using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Browser.Tests;

/// <summary>The program, serving pages from a folder of its own.</summary>
internal sealed class ServedSite : IAsyncDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "waxseal.dll");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private ServedSite(string folder, Uri address, Process process) => (Folder, Address, _process) = (folder, address, process);

    public string Folder { get; }

    public Uri Address { get; }

    /// <summary>Serves the demonstration.</summary>
    public static Task<ServedSite> DemoAsync() => StartAsync(["serve", "--demo"], ["/domains/eden.example/findings/", "/domains/forge.example/findings/"], (_, _) => Task.CompletedTask);

    /// <summary>Serves reports of one's own.</summary>
    public static Task<ServedSite> OfAsync(params string[] reports) => StartAsync(["serve", "-c", "waxseal.toml"], ["/domains/eden.example/findings/"], async (folder, _) =>
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "waxseal.toml"), $"[store]\ndatabase = \"sqlite:{folder}/waxseal.db\"\n[findings]\nevery = \"1s\"\n[dashboard]\n");
        Directory.CreateDirectory(Path.Combine(folder, "reports"));
        for (int i = 0; i < reports.Length; i++)
            await File.WriteAllTextAsync(Path.Combine(folder, "reports", $"{i}.json"), reports[i]);
        await RunAsync(folder, "store", "add", "-c", "waxseal.toml", "reports");
    });

    /// <summary>Serves with an account alice that has no password, and a provider that says who she is.</summary>
    public static Task<ServedSite> OfProviderAsync(ProviderServer provider) => StartAsync(["serve", "-c", "waxseal.toml"], [], async (folder, address) =>
    {
        string redirectUri = $"{address.GetLeftPart(UriPartial.Authority)}/login/oidc/callback";
        await File.WriteAllTextAsync(Path.Combine(folder, "waxseal.toml"), $$"""
            [store]
            database = "sqlite:{{folder}}/waxseal.db"
            [dashboard.oidc]
            issuer = "{{provider.Issuer}}"
            clientId = "waxseal"
            clientSecret = { file = "secret" }
            redirectUri = "{{redirectUri}}"
            allowAddresses = ["127.0.0.1", "::1"]
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "secret"), $"{ProviderServer.Secret}\n");
        await RunAsync(folder, "account", "add", "alice", "--no-password", "-c", "waxseal.toml");
        await provider.StartAsync(redirectUri);
    });

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<ServedSite> StartAsync(string[] arguments, string[] links, Func<string, Uri, Task> prepareAsync)
    {
        string folder = Directory.CreateTempSubdirectory("waxseal-browser-").FullName;
        Uri address = new($"http://127.0.0.1:{FreePort()}");
        await prepareAsync(folder, address);
        Process process = Start(folder, arguments, new() { ["WAXSEAL_DASHBOARD_LISTEN"] = address.Authority, ["STATE_DIRECTORY"] = folder });
        ServedSite site = new(folder, address, process);
        try
        {
            await site.AnswersAsync(links);
            return site;
        }
        catch (Exception)
        {
            await site.DisposeAsync();
            throw;
        }
    }

    // Until what is stored was explained: the overview links to these findings.
    private async Task AnswersAsync(string[] links)
    {
        Stopwatch waited = Stopwatch.StartNew();
        using HttpMessageInvoker client = new(new SocketsHttpHandler { UseProxy = false });
        while (!await ShowsAsync(client, links))
        {
            Assert.True(waited.Elapsed < Patience && !_process.HasExited, "The program does not show its findings.");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        }
    }

    private async Task<bool> ShowsAsync(HttpMessageInvoker client, string[] links)
    {
        try
        {
            using HttpRequestMessage question = new(HttpMethod.Get, Address);
            using HttpResponseMessage answer = await client.SendAsync(question, TestContext.Current.CancellationToken);
            string page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return links.All(link => page.Contains(link, StringComparison.Ordinal));
        }
        catch (HttpRequestException)
        {
            // It has not begun to listen yet.
            return false;
        }
    }

    private static async Task RunAsync(string folder, params string[] arguments)
    {
        using Process command = Start(folder, arguments, []);
        await command.WaitForExitAsync();
        Assert.Equal(0, command.ExitCode);
    }

    private static Process Start(string folder, string[] arguments, Dictionary<string, string> variables)
    {
        ProcessStartInfo start = new("dotnet", [Program, .. arguments]) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach ((string name, string value) in variables)
            start.Environment[name] = value;
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    internal static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
