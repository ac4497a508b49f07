using System.Net.Sockets;
using System.Text;
using Waxseal.Lab.Serving;

namespace Waxseal.Tests.Hosting;

/// <summary>A folder with a configuration for <c>waxseal serve</c> as a process of its own, with each listener there is.</summary>
internal sealed class ServedFolder : IDisposable
{
    private static readonly string Program = System.IO.Path.Combine(AppContext.BaseDirectory, "waxseal.dll");

    public ServedFolder()
    {
        (Https, Smtp, Metrics) = (ServeProcess.FreePort(), ServeProcess.FreePort(), ServeProcess.FreePort());
        Write();
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("waxseal-served-").FullName;

    public int Https { get; }

    public int Smtp { get; }

    public int Metrics { get; }

    public string Lmtp => System.IO.Path.Combine(Path, "lmtp");

    public string Control => System.IO.Path.Combine(Path, "control.sock");

    public string Configuration => System.IO.Path.Combine(Path, "waxseal.toml");

    /// <summary>Writes the configuration.</summary>
    /// <param name="https">More lines of its section.</param>
    public void Write(string https = "") => File.WriteAllText(Configuration, $"""
        [store]
        database = "sqlite:{Path}/waxseal.db"
        [reportIntake.https]
        listen = "127.0.0.1:{Https}"
        {https}
        [reportIntake.smtp]
        listen = "127.0.0.1:{Smtp}"
        recipients = "tlsrpt@example.test"
        [reportIntake.lmtp]
        listen = "unix:{Lmtp}"
        recipients = "tlsrpt@example.test"
        [metrics]
        listen = "127.0.0.1:{Metrics}"

        """);

    /// <summary>Starts it, and waits until all of it is there: the control socket comes last.</summary>
    /// <param name="before">Words in front of the command: variables, or a program that runs it.</param>
    public async Task<ServeProcess> StartAsync(params string[] before)
    {
        ServeProcess serve = await ServeProcess.StartAsync([.. before, "dotnet", Program], Configuration, Https, TestContext.Current.CancellationToken);
        while (!File.Exists(Control))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        return serve;
    }

    /// <summary>Connects, and says something.</summary>
    public static async Task<Socket> SayAsync(System.Net.EndPoint endPoint, string text)
    {
        Socket socket = new(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(endPoint, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        return socket;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
