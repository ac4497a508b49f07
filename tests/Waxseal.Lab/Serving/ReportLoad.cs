using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Waxseal.Lab.Serving;

/// <summary>Posts numbered reports over many connections at once, as cheaply as can be, so that the server has the processor.</summary>
/// <param name="servers">Where to post to; each connection keeps to one of them, and goes on to the next when that is gone.</param>
/// <param name="first">The number of the first report.</param>
/// <param name="count">How many.</param>
internal sealed class ReportLoad(IReadOnlyList<IPEndPoint> servers, int first, int count)
{
    /// <summary>How many policy domains they are about.</summary>
    public const int Domains = 1000;

    private int _next;
    private int _answered;

    /// <summary>For each report whether it was answered with 2xx.</summary>
    public bool[] Answered { get; } = new bool[count];

    /// <summary>How many were answered with 2xx.</summary>
    public int AnsweredCount => _answered;

    /// <summary>Answers that were not 2xx, and connections that broke.</summary>
    public int Refused => _refused;

    /// <summary>What the first of them was; null when there was none.</summary>
    public string? FirstRefusal { get; private set; }

    private int _refused;

    /// <summary>Posts until each report was answered with 2xx, however often that takes.</summary>
    public Task RunAsync(int connections, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, connections).Select(i => Task.Run(() => PostAsync(i, cancellationToken), cancellationToken)));

    private async Task PostAsync(int connection, CancellationToken cancellationToken)
    {
        NumberedRequest request = new();
        byte[] answer = new byte[1024];
        int server = connection % servers.Count;
        Socket? socket = null;
        while (Interlocked.Increment(ref _next) - 1 is var index && index < count)
        {
            request.Number = first + index;
            while (!Answered[index])
            {
                try
                {
                    socket ??= await ConnectAsync(servers[server], cancellationToken);
                    await socket.SendAsync(request.Octets, cancellationToken);
                    int length = await socket.ReceiveAsync(answer, cancellationToken);
                    Answered[index] = length > 9 && answer[9] == '2';
                    if (Answered[index])
                    {
                        Interlocked.Increment(ref _answered);
                        continue;
                    }

                    FirstRefusal ??= Encoding.ASCII.GetString(answer, 0, length);
                }
                catch (SocketException fault)
                {
                    FirstRefusal ??= fault.Message;

                    // Killed, or not there yet: the report is sent again, perhaps elsewhere.
                    server = (server + 1) % servers.Count;
                }

                Interlocked.Increment(ref _refused);
                socket?.Dispose();
                socket = null;
                await Task.Delay(20, cancellationToken);
            }
        }

        socket?.Dispose();
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A request whose report-id, policy domain and day follow from a number: yesterday for each domain, then the day before, for 90 days.</summary>
    private sealed class NumberedRequest
    {
        private const string Id = "load-00000000", Domain = "d000.example.test", Day = "2026-03-01";

        private static readonly string[] Days = [.. Enumerable.Range(1, 90).Select(i => TimeProvider.System.GetUtcNow().AddDays(-i).ToString("yyyy-MM-dd", null))];

        private readonly (int Offset, string Kind)[] _places;

        public NumberedRequest()
        {
            string report = ReportJson.Of(Id, Domain, Day);
            string text = $"POST /tlsrpt HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/tlsrpt+json\r\nContent-Length: {report.Length}\r\n\r\n{report}";
            Octets = Encoding.ASCII.GetBytes(text);
            _places = [.. new[] { Id, Domain, Day }.SelectMany(kind => PlacesOf(text, kind))];
        }

        public byte[] Octets { get; }

        public int Number
        {
            set
            {
                foreach ((int offset, string kind) in _places)
                {
                    if (kind == Day)
                        Encoding.ASCII.GetBytes(Days[value / Domains % Days.Length], Octets.AsSpan(offset));
                    else
                        WriteDigits(kind == Id ? value : value % Domains, Octets.AsSpan(offset + (kind == Id ? 5 : 1), kind == Id ? 8 : 3));
                }
            }
        }

        private static IEnumerable<(int, string)> PlacesOf(string text, string kind)
        {
            for (int at = text.IndexOf(kind, StringComparison.Ordinal); at >= 0; at = text.IndexOf(kind, at + 1, StringComparison.Ordinal))
                yield return (at, kind);
        }

        private static void WriteDigits(int number, Span<byte> place)
        {
            for (int i = place.Length - 1; i >= 0; i--, number /= 10)
                place[i] = (byte)('0' + (number % 10));
        }
    }
}
