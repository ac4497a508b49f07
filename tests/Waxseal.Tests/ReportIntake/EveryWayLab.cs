using System.Data.Common;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Waxseal.Inputs;
using Waxseal.Storage;
using Waxseal.Tests.Commands;
using Waxseal.Tests.ReportIntake.Authenticity;
using Waxseal.Tests.ReportIntake.Smtp;

namespace Waxseal.Tests.ReportIntake;

/// <summary>Hands one file over by some of the ways in which reports come, into one store.</summary>
internal sealed partial class EveryWayLab : IAsyncDisposable
{
    /// <summary>All ways but IMAP, which needs a server.</summary>
    public static readonly string[] Ways = ["https", "https, gzip", "smtp", "lmtp", "maildir", "folder", "command"];

    // When, how, from where and by whose word it came; all else is what the report says.
    private static readonly string[] OfArrival = ["received_at", "last_received_at", "times_received", "channel", "origin", "trust", "trust_reason", "submitter"];

    private static readonly string[] Tables = ["report", "report_body", "reported_policy", "reported_failure"];

    private readonly string _folder = Directory.CreateTempSubdirectory("waxseal-ways-").FullName;
    private readonly KeyServer _dns = new();
    private readonly DovecotServer? _dovecot;

    /// <param name="dovecot">The server for IMAP, where there is one.</param>
    public EveryWayLab(DovecotServer? dovecot)
    {
        _dovecot = dovecot;
        foreach (string part in new[] { "folder", "Maildir/new", "Maildir/cur", "Maildir/tmp" })
            Directory.CreateDirectory(At(part));
        File.WriteAllText(At("waxseal.toml"), $"[store]\ndatabase = \"sqlite:{At("waxseal.db")}\"\n{Common}");
    }

    /// <summary>Why each report was refused, as each way told it.</summary>
    public Dictionary<string, string[]> Refusals { get; } = [];

    // A signature that no key is published for any more makes one way trust less than another; here it counts all the same.
    private string Common => $"[dns]\nresolvers = [\"{_dns.Address}\"]\n[reportIntake]\nperSource = 1000000\nperDomain = 1000000\nunverifiedMail = \"accept\"\nfailed = \"accept\"\n";

    /// <summary>Hands a file over by each of the ways.</summary>
    public async Task DeliverAsync(string name, byte[] bytes, params string[] ways)
    {
        foreach (string way in ways)
            Refusals[way] = way == "command" ? await AddAsync(name, bytes) : await DeliverAsync(name, bytes, way);
    }

    /// <summary>What stands in the store, a line for each row.</summary>
    /// <param name="isOfMail">
    /// Whether the reports came in a mail: where they stand in it as they are, its lines end as the way has it, and so do theirs.
    /// </param>
    public async Task<string[]> RowsAsync(bool isOfMail)
    {
        await using DbConnection connection = await Storage.Store.EngineOf(new StoreAddress(true, At("waxseal.db"))).OpenAsync(TestContext.Current.CancellationToken);
        List<string> rows = [];
        foreach (string table in Tables)
        {
            await using DbCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table}";
            await using DbDataReader reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                rows.Add($"{table}: {string.Join(", ", Enumerable.Range(0, reader.FieldCount).Where(i => !OfArrival.Contains(reader.GetName(i))).Select(i => $"{reader.GetName(i)}={Shown(reader.GetValue(i))}"))}");
        }

        return [.. rows.Select(row => isOfMail ? Offset().Replace(row.ReplaceLineEndings("\n"), "") : row).Order(StringComparer.Ordinal)];
    }

    public async ValueTask DisposeAsync()
    {
        await _dns.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private async Task<string[]> DeliverAsync(string name, byte[] bytes, string way)
    {
        byte[] mail = name.EndsWith(".eml", StringComparison.Ordinal) ? bytes : Mail(name, bytes);
        switch (way)
        {
            case "folder":
                await File.WriteAllBytesAsync(At($"folder/{name}"), bytes);
                File.SetLastWriteTimeUtc(At($"folder/{name}"), DateTime.UnixEpoch.AddDays(20_000));
                break;
            case "maildir":
                await File.WriteAllBytesAsync(At("Maildir/new/1767322800.M1P1.host"), mail);
                break;
            case "imap":
                await _dovecot!.DeliverAsync(mail);
                break;
        }

        await using IntakeHost host = await IntakeHost.StartAsync(_folder, $"{Common}{Section(way)}");
        switch (way)
        {
            case "https" or "https, gzip":
                foreach (byte[] report in name.EndsWith(".eml", StringComparison.Ordinal) ? ReportsIn(bytes) : [bytes])
                    await PostAsync(PlaceOf(host), way == "https" || IsPacked(report) ? report : Gzip(report));
                break;
            case "smtp":
                await SendAsync(await MailClient.ConnectAsync(IPEndPoint.Parse(PlaceOf(host))), mail, "EHLO client.test");
                break;
            case "lmtp":
                await SendAsync(await MailClient.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(At("lmtp"))), mail, "LHLO client.test");
                break;
            case "folder":
                await host.UntilAsync(() => Task.FromResult(Directory.GetFiles(At("folder")).Length == 0));
                break;
            case "maildir":
                await host.UntilAsync(() => Task.FromResult(Directory.GetFiles(At("Maildir/new")).Length == 0));
                break;
            case "imap":
                await host.UntilAsync(async () => await _dovecot!.CountAsync("INBOX") == 0);
                break;
        }

        return [.. host.Logged.Select(line => Refused().Match(line)).Where(match => match.Success).Select(match => match.Groups["reason"].Value)];
    }

    private async Task<string[]> AddAsync(string name, byte[] bytes)
    {
        await File.WriteAllBytesAsync(At(name), bytes);
        Outcome outcome = await CommandRun.Of("store", "add", "--config", At("waxseal.toml"), At(name));
        return [.. outcome.Error.Split("waxseal: ", StringSplitOptions.RemoveEmptyEntries).Select(text => Place().Replace(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), ""))];
    }

    private string Section(string way) => way switch
    {
        "smtp" => $"[reportIntake.smtp]\nlisten = \"127.0.0.1:0\"\nrecipients = \"{MailLab.Recipient}\"\nhostName = \"mx.example.test\"\n",
        "lmtp" => $"[reportIntake.lmtp]\nlisten = \"unix:{At("lmtp")}\"\nrecipients = \"{MailLab.Recipient}\"\n",
        "maildir" => $"[reportIntake.maildir]\npath = \"{At("Maildir")}\"\nevery = \"1s\"\n",
        "folder" => $"[reportIntake.folder]\npath = \"{At("folder")}\"\nevery = \"1s\"\n",
        "imap" => _dovecot!.Section("idle = false"),
        _ => "[reportIntake.https]\nlisten = \"127.0.0.1:0\"\n",
    };

    private static string PlaceOf(IntakeHost host) => host.Logged.First(line => line.StartsWith("Listening", StringComparison.Ordinal)).Split("address=")[^1];

    private static async Task PostAsync(string place, byte[] body)
    {
        using HttpMessageInvoker client = new(new SocketsHttpHandler { UseProxy = false });
        using HttpRequestMessage request = new(HttpMethod.Post, $"{place}/tlsrpt") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", IsPacked(body) ? "application/tlsrpt+gzip" : "application/tlsrpt+json");
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.BadRequest });
    }

    // RFC 5321 §4.1.1.4, §4.5.2: lines end in CR LF, and a dot before one that begins with a dot is taken off.
    private static async Task SendAsync(MailClient client, byte[] mail, string hello)
    {
        await using (client)
        {
            await client.HearAsync();
            string text = Encoding.Latin1.GetString(mail).ReplaceLineEndings("\r\n").Replace("\r\n.", "\r\n..", StringComparison.Ordinal);
            Assert.Matches("^(250|554)", await client.SendAsync(text.EndsWith("\r\n", StringComparison.Ordinal) ? text : $"{text}\r\n", hello));
        }
    }

    private static byte[][] ReportsIn(byte[] mail) =>
        [.. MailReports.In(new ReportOrigin("mail"), mail).OfType<IntakeResult.Found>().Select(found => found.Json.ToArray())];

    private static byte[] Mail(string name, byte[] bytes) => Encoding.ASCII.GetBytes($"""
        From: reports@sender.test
        To: {MailLab.Recipient}
        Subject: A report
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type="tlsrpt"; boundary="part"

        --part
        Content-Type: text/plain

        A report.
        --part
        Content-Type: application/tlsrpt+{(IsPacked(bytes) ? "gzip" : "json")}
        Content-Disposition: attachment; filename="{name}"
        Content-Transfer-Encoding: base64

        {Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)}
        --part--

        """.ReplaceLineEndings("\r\n"));

    private static bool IsPacked(byte[] bytes) => bytes is [0x1F, 0x8B, ..] or [(byte)'P', (byte)'K', ..];

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static string Shown(object value)
    {
        if (value is not byte[] { Length: > 0 } bytes)
            return Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        if (!IsPacked(bytes))
            return Convert.ToHexString(bytes);
        using GZipStream gzip = new(new MemoryStream(bytes), CompressionMode.Decompress);
        using StreamReader text = new(gzip, Encoding.Latin1);
        return text.ReadToEnd();
    }

    [GeneratedRegex("^Report refused channel=[a-z]+ origin=.* reason=(?<reason>.*)$")]
    private static partial Regex Refused();

    [GeneratedRegex("\"offset\":[0-9]+,")]
    private static partial Regex Offset();

    [GeneratedRegex("^/[^:]*: ")]
    private static partial Regex Place();
}
