using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Waxseal.Lab.Serving;

/// <summary><c>waxseal serve</c> as a process of its own, which may be killed at any moment.</summary>
internal sealed class ServeProcess : IDisposable
{
    private readonly Process _process;

    private ServeProcess(Process process, Uri reports)
    {
        _process = process;
        Reports = reports;
    }

    /// <summary>Where it takes reports by POST.</summary>
    public Uri Reports { get; }

    /// <summary>The number of the process.</summary>
    public int Id => _process.Id;

    /// <summary>The processor time it has taken.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The most memory it has had, in octets.</summary>
    public long PeakMemory
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts it, and waits until it listens.</summary>
    /// <param name="program">The command: a native program, or dotnet and an assembly.</param>
    /// <param name="configuration">Its configuration file.</param>
    /// <param name="port">The port of its section <c>reportIntake.https</c>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<ServeProcess> StartAsync(IReadOnlyList<string> program, string configuration, int port, CancellationToken cancellationToken)
    {
        Process process = Process.Start(new ProcessStartInfo(program[0], [.. program.Skip(1), "serve", "--config", configuration])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        List<string> told = [];
        process.ErrorDataReceived += (_, line) =>
        {
            if (told.Count < 20)
                told.Add(line.Data ?? "");
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        while (!await ListensAsync(port, cancellationToken))
        {
            if (process.HasExited)
            {
                await process.WaitForExitAsync(cancellationToken); // and for all that it said
                throw new InvalidOperationException($"waxseal serve ended with exit code {process.ExitCode}: {string.Join('\n', told)}");
            }

            await Task.Delay(20, cancellationToken);
        }

        return new(process, new Uri($"http://127.0.0.1:{port}/tlsrpt"));
    }

    /// <summary>A port that is free, and that the system gives to no client meanwhile: it takes those from 32768 on.</summary>
    public static int FreePort()
    {
        while (true)
        {
            using TcpListener listener = new(IPAddress.Loopback, Random.Shared.Next(20_000, 30_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException fault) when (fault.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another has it; there are thousands more.
                continue;
            }
        }
    }

    /// <summary>Ends it at once, as a fault of the machine would.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>Asks it to stop, and gives its exit code.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken)
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private static async Task<bool> ListensAsync(int port, CancellationToken cancellationToken)
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
