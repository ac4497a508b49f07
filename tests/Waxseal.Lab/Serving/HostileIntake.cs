using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Waxseal.Lab.Serving;

/// <summary>
/// Sends all that is hostile to a <c>waxseal serve</c>, by HTTP and SMTP, while connections that say nothing are held open, and an
/// honest client sends reports and mails all the while.
/// </summary>
/// <param name="program">The command: a native program, or dotnet and an assembly.</param>
/// <param name="folder">A folder for the configuration and the database.</param>
internal sealed class HostileIntake(IReadOnlyList<string> program, string folder)
{
    private const int AtOnce = 6;

    // Hostile clients have an address of their own, as they do in life.
    private static readonly IPAddress Hostile = IPAddress.Parse("127.0.0.2");

    private readonly int _https = ServeProcess.FreePort();
    private readonly int _smtp = ServeProcess.FreePort();
    private readonly Dictionary<string, string> _answers = [];
    private readonly Dictionary<string, int> _peaks = [];
    private readonly List<string> _refused = [];
    private readonly List<double> _waits = [];
    private int _served;

    /// <summary>Runs all attacks, one after the other, each by several clients at once.</summary>
    /// <param name="connections">How many connections are held open meanwhile.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<HostileResult> RunAsync(int connections, CancellationToken cancellationToken)
    {
        string configuration = Path.Combine(folder, "waxseal.toml");
        await File.WriteAllTextAsync(configuration, $"""
            [store]
            database = "sqlite:{folder}/waxseal.db"
            [reportIntake]
            perSource = 1000000
            perDomain = 1000000
            unverifiedMail = "accept"
            [reportIntake.https]
            listen = "127.0.0.1:{_https}"
            [reportIntake.smtp]
            listen = "127.0.0.1:{_smtp}"
            recipients = "tlsrpt@example.test"

            """, cancellationToken);
        foreach (Lazy<byte[]> payload in HostilePayloads.All.Values.Concat(HostilePayloads.Mails.Values))
            _ = payload.Value;
        using ServeProcess serve = await ServeProcess.StartAsync(program, configuration, _smtp, cancellationToken);
        List<Socket> held = await HoldAsync(connections, cancellationToken);
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task honest = Task.WhenAll(SendHonestlyAsync("https", PostAsync, end.Token), SendHonestlyAsync("smtp", MailAsync, end.Token));
        foreach ((string name, Func<Task<string>> attack) in Attacks(cancellationToken))
        {
            _answers[name] = string.Join(", ", (await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => attack()))).Distinct().Order());
            _peaks[name] = PeakOf(serve.Id);
        }

        await end.CancelAsync();
        await honest;
        held.ForEach(socket => socket.Dispose());
        int peak = PeakOf(serve.Id);
        int exitCode = await serve.StopAsync(cancellationToken);
        _waits.Sort();
        return new(peak, _served, _refused, await SmuggledAsync(configuration, cancellationToken), exitCode, _answers, _peaks, _waits.Count == 0 ? 0 : _waits[^1]);
    }

    private IEnumerable<(string Name, Func<Task<string>> Attack)> Attacks(CancellationToken cancellationToken)
    {
        foreach ((string name, Lazy<byte[]> payload) in HostilePayloads.All)
        {
            yield return ($"https: {name}", () => PostAsync(Hostile, payload.Value, cancellationToken));
            if (payload.Value.Length < 10_000_000)
                yield return ($"smtp: {name}", () => MailAsync(Hostile, HostilePayloads.MailOf(payload.Value), cancellationToken));
        }

        foreach ((string name, Lazy<byte[]> mail) in HostilePayloads.Mails)
            yield return ($"smtp: {name}", () => MailAsync(Hostile, mail.Value, cancellationToken));
        yield return ("https: header of 10 MB", () => TalkAsync(Hostile, _https, [([.. "POST /tlsrpt HTTP/1.1\r\nHost: x\r\nX: "u8, .. Enumerable.Repeat((byte)'x', 10_000_000)], "HTTP/1.1 ")], cancellationToken));
        foreach (string lineEnd in new[] { "\n.\n", "\r\n.\r", "\r\n.\n", "\n.\r\n", "\r.\r" })
        {
            string smuggled = $"Subject: x\r\n\r\nx{lineEnd}MAIL FROM:<>\r\nRCPT TO:<tlsrpt@example.test>\r\nDATA\r\n{Encoding.Latin1.GetString(HonestMail("smuggled"))}";
            yield return ($"smtp: smuggling by {Uri.EscapeDataString(lineEnd)}", () => MailAsync(Hostile, Encoding.Latin1.GetBytes(smuggled), cancellationToken));
        }
    }

    // Half of them begin a request or a mail and never go on; what is refused is refused.
    private async Task<List<Socket>> HoldAsync(int count, CancellationToken cancellationToken)
    {
        List<Socket> held = [];
        for (int i = 0; i < count; i++)
        {
            Socket socket = await ConnectAsync(Hostile, i % 2 == 0 ? _https : _smtp, cancellationToken);
            held.Add(socket);
            if (i % 4 == 0)
                await socket.SendAsync("POST /tlsrpt HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n{"u8.ToArray(), cancellationToken);
            else if (i % 4 == 1 && i < 80)
                await socket.SendAsync("EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<tlsrpt@example.test>\r\nDATA\r\nSubject: "u8.ToArray(), cancellationToken);
        }

        // An address may hold some twenty of SMTP at once; those few are given back, so that the attacks are heard.
        foreach (Socket socket in held.Where((_, i) => i % 2 == 1 && i > 16))
            socket.Close();
        return held;
    }

    private async Task SendHonestlyAsync(string way, Func<IPAddress, byte[], CancellationToken, Task<string>> send, CancellationToken end)
    {
        for (int i = 0; !end.IsCancellationRequested; i++)
        {
            long begun = Stopwatch.GetTimestamp();
            string id = $"honest-{way}-{i}";
            string answer = await send(IPAddress.Loopback, way == "smtp" ? HonestMail(id) : Encoding.ASCII.GetBytes(ReportJson.Of(id)), CancellationToken.None);
            lock (_refused)
            {
                _waits.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
                if (answer is "201" or "250")
                    _served++;
                else
                    _refused.Add($"{way}: {answer}");
            }
        }
    }

    private static byte[] HonestMail(string id) => Encoding.ASCII.GetBytes($"""
        From: x@sender.test
        Subject: Report Domain: example.test Submitter: sender.test Report-ID: <{id}>
        TLS-Report-Domain: example.test
        TLS-Report-Submitter: sender.test
        Content-Type: application/tlsrpt+json

        {ReportJson.Of(id)}

        """.ReplaceLineEndings("\r\n"));

    private Task<string> PostAsync(IPAddress from, byte[] body, CancellationToken cancellationToken) =>
        TalkAsync(from, _https, [([.. Encoding.ASCII.GetBytes($"POST /tlsrpt HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n"), .. body], "HTTP/1.1 ")], cancellationToken);

    private Task<string> MailAsync(IPAddress from, byte[] mail, CancellationToken cancellationToken) => TalkAsync(from, _smtp,
        [([], ""), ("EHLO x\r\n"u8.ToArray(), ""), ("MAIL FROM:<>\r\n"u8.ToArray(), ""), ("RCPT TO:<tlsrpt@example.test>\r\n"u8.ToArray(), ""), ("DATA\r\n"u8.ToArray(), ""), ([.. mail, .. "\r\n.\r\n"u8], "")], cancellationToken);

    /// <summary>Says one thing after the other, each after an answer; gives the code of the last, or a word for why there is none.</summary>
    private static async Task<string> TalkAsync(IPAddress from, int port, IEnumerable<(byte[] Say, string Front)> steps, CancellationToken cancellationToken)
    {
        string code = "nothing";
        try
        {
            using Socket socket = await ConnectAsync(from, port, cancellationToken);
            await using NetworkStream stream = new(socket);
            foreach ((byte[] say, string front) in steps)
            {
                Task sending = stream.WriteAsync(say, cancellationToken).AsTask();
                string line = await LineAsync(stream, cancellationToken);
                code = line.Length >= front.Length + 3 ? line.Substring(front.Length, 3) : "hung up";
                if (code.Length != 3 || code[0] is '4' or '5')
                    return code;
                await sending;
            }

            return code;
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            // It would not hear the rest.
            return code == "nothing" ? "hung up" : code;
        }
    }

    private static async Task<string> LineAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        StringBuilder text = new();
        byte[] heard = new byte[4096];
        while (true)
        {
            int count = await stream.ReadAsync(heard, cancellationToken);
            text.Append(Encoding.Latin1.GetString(heard, 0, count));
            string[] lines = text.ToString().Split("\r\n");
            if (lines[..^1].FirstOrDefault(line => line.Length < 4 || line[3] != '-') is { } last)
                return last;
            if (count == 0)
                return "";
        }
    }

    private static async Task<Socket> ConnectAsync(IPAddress from, int port, CancellationToken cancellationToken)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        return socket;
    }

    // proc(5): VmHWM is the most memory that was ever resident, in kB.
    private static int PeakOf(int process) =>
        int.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    private async Task<int> SmuggledAsync(string configuration, CancellationToken cancellationToken)
    {
        using Process export = Process.Start(new ProcessStartInfo(program[0], [.. program.Skip(1), "store", "export", "--config", configuration]) { RedirectStandardOutput = true })!;
        string text = await export.StandardOutput.ReadToEndAsync(cancellationToken);
        await export.WaitForExitAsync(cancellationToken);
        return text.Split("\"smuggled\"").Length - 1;
    }
}

/// <summary>What came of it.</summary>
/// <param name="PeakMegabytes">The most memory the process ever had.</param>
/// <param name="Served">How many reports and mails of the honest client were taken.</param>
/// <param name="Refused">Those that were not, with the answer.</param>
/// <param name="Smuggled">Mails that were taken though they came within another.</param>
/// <param name="ExitCode">How the process ended when it was asked to.</param>
/// <param name="Answers">What was answered to each attack.</param>
/// <param name="Peaks">The most memory the process had had after each attack.</param>
/// <param name="LongestWait">Seconds that the honest client waited at most.</param>
internal sealed record HostileResult(int PeakMegabytes, int Served, IReadOnlyList<string> Refused, int Smuggled, int ExitCode, IReadOnlyDictionary<string, string> Answers, IReadOnlyDictionary<string, int> Peaks, double LongestWait)
{
    /// <summary>Whether nothing gave way.</summary>
    public bool IsWell(int mostMegabytes) => PeakMegabytes <= mostMegabytes && Served > 0 && Refused.Count == 0 && Smuggled == 0 && ExitCode == 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{string.Join('\n', Answers.Select(answer => $"{answer.Key,-44} {answer.Value,-16} {Peaks[answer.Key],4} MB"))}\npeak {PeakMegabytes} MB, honest client served {Served} times, refused {Refused.Count} times{string.Concat(Refused.Distinct().Select(reason => $" ({reason})"))}, longest wait {LongestWait:0.0} s, {Smuggled} smuggled, exit code {ExitCode}");
}
