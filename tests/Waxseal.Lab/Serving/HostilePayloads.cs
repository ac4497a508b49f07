using System.IO.Compression;
using System.Text;

namespace Waxseal.Lab.Serving;

/// <summary>What a stranger may send in place of a report, each larger or deeper than any report.</summary>
internal static class HostilePayloads
{
    public static readonly IReadOnlyDictionary<string, Lazy<byte[]>> All = new Dictionary<string, Lazy<byte[]>>
    {
        ["gzip of 1 GB of blanks"] = new(() => Gzip(stream => Repeat(stream, new byte[1024 * 1024], 1024))),
        ["zip of 10,000 members"] = new(() => Zip(Enumerable.Range(0, 10_000).Select(i => ($"{i}.json", Text(ReportJson.Of($"zip-{i}")))))),
        ["ten archives in each other"] = new(() => Enumerable.Range(0, 10).Aggregate(Text(ReportJson.Of("nested")), (inner, i) => i % 2 == 0 ? Gzip(stream => stream.Write(inner)) : Zip([("x.json", inner)]))),
        ["10^6 policies"] = new(() => Gzip(stream =>
        {
            stream.Write(Text("""{"organization-name":"x","date-range":{"start-datetime":"2026-03-01T00:00:00Z","end-datetime":"2026-03-01T23:59:59Z"},"contact-info":"x","report-id":"many","policies":[{}"""));
            Repeat(stream, Text(""",{"policy":{"policy-type":"sts","policy-domain":"example.test"},"summary":{"total-successful-session-count":1,"total-failure-session-count":0}}"""), 1_000_000);
            stream.Write("]}"u8);
        })),
        ["JSON nested 100,000 deep"] = new(() => Text($"{{\"policies\":{new string('[', 100_000)}{new string(']', 100_000)}}}")),
        ["29 MB of one string"] = new(() => Text($"{{\"organization-name\":\"{new string('x', 29_000_000)}\"}}")),
    };

    /// <summary>Mails that are worse than their attachments.</summary>
    public static readonly IReadOnlyDictionary<string, Lazy<byte[]>> Mails = new Dictionary<string, Lazy<byte[]>>
    {
        ["mail nested 1,000 deep"] = new(() => Text(string.Concat(Enumerable.Range(0, 1000).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n")))),
        ["header of 10 MB in one field"] = new(() => Text($"Subject: {string.Concat(Enumerable.Repeat($"{new string('x', 900)}\r\n ", 11_000))}\r\n\r\nx\r\n")),
        ["header of 10 MB in many fields"] = new(() => Text($"{string.Concat(Enumerable.Repeat("X-A: x\r\n", 1_250_000))}\r\nx\r\n")),
        ["14 MB of a thousand attachments"] = new(() => Text($"Content-Type: multipart/mixed; boundary=b\r\n\r\n{string.Concat(Enumerable.Repeat($"--b\r\nContent-Type: application/tlsrpt+gzip\r\n\r\n{string.Concat(Enumerable.Repeat($"{new string('A', 76)}\r\n", 180))}\r\n", 1000))}--b--\r\n")),
    };

    /// <summary>A mail with one attachment.</summary>
    public static byte[] MailOf(byte[] attachment) => Text($"""
        From: x@sender.test
        Subject: Report Domain: example.test Submitter: sender.test Report-ID: <x>
        TLS-Report-Domain: example.test
        TLS-Report-Submitter: sender.test
        MIME-Version: 1.0
        Content-Type: application/tlsrpt+gzip
        Content-Transfer-Encoding: base64

        {Convert.ToBase64String(attachment, Base64FormattingOptions.InsertLineBreaks)}

        """.ReplaceLineEndings("\r\n"));

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Gzip(Action<Stream> write)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Optimal))
            write(gzip);
        return packed.ToArray();
    }

    private static byte[] Zip(IEnumerable<(string Name, byte[] Content)> members)
    {
        using MemoryStream packed = new();
        using (ZipArchive zip = new(packed, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in members)
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return packed.ToArray();
    }

    private static void Repeat(Stream stream, byte[] bytes, int times)
    {
        for (int i = 0; i < times; i++)
            stream.Write(bytes);
    }
}
