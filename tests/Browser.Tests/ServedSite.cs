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
    public static Task<ServedSite> DemoAsync() => StartAsync(["serve", "--demo"], _ => Task.CompletedTask);

    /// <summary>Serves reports of one's own.</summary>
    public static Task<ServedSite> OfAsync(params string[] reports) => StartAsync(["serve", "-c", "waxseal.toml"], async folder =>
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "waxseal.toml"), $"[store]\ndatabase = \"sqlite:{folder}/waxseal.db\"\n[findings]\nevery = \"1s\"\n[dashboard]\n");
        Directory.CreateDirectory(Path.Combine(folder, "reports"));
        for (int i = 0; i < reports.Length; i++)
            await File.WriteAllTextAsync(Path.Combine(folder, "reports", $"{i}.json"), reports[i]);
        using Process adding = Start(folder, ["store", "add", "-c", "waxseal.toml", "reports"], []);
        await adding.WaitForExitAsync();
        Assert.Equal(0, adding.ExitCode);
    });

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<ServedSite> StartAsync(string[] arguments, Func<string, Task> prepareAsync)
    {
        string folder = Directory.CreateTempSubdirectory("waxseal-browser-").FullName;
        await prepareAsync(folder);
        Uri address = new($"http://127.0.0.1:{FreePort()}");
        Process process = Start(folder, arguments, new() { ["WAXSEAL_DASHBOARD_LISTEN"] = address.Authority, ["HOME"] = folder, ["XDG_DATA_HOME"] = folder });
        ServedSite site = new(folder, address, process);
        await site.AnswersAsync();
        return site;
    }

    // Until pages are there, and all that is stored was explained.
    private async Task AnswersAsync()
    {
        Stopwatch waited = Stopwatch.StartNew();
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        while (!socket.Connected)
        {
            Assert.True(waited.Elapsed < Patience && !_process.HasExited, "The program does not listen.");
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, Address.Port, TestContext.Current.CancellationToken);
            }
            catch (SocketException)
            {
                // It has not begun to listen yet.
                await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
            }
        }

        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
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

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
