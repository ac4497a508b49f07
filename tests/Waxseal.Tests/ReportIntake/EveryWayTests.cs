using System.Text;

namespace Waxseal.Tests.ReportIntake;

/// <summary>By whichever way a report comes, the same is stored of it.</summary>
public sealed class EveryWayTests(SharedDovecot dovecot) : IClassFixture<SharedDovecot>
{
    private static readonly string[] Packed =
        ["report.json.gz", "report.zip", "gzip.eml", "two-reports.eml", "plain-8bit.eml", "quoted-printable.eml", "forwarded.eml", "crlf.eml"];

    private static readonly string? Published = FindPublished();

    /// <summary>Files of this repository: well-formed, peculiar, packed, in mails, and such as cannot be read.</summary>
    public static TheoryData<string> Ours =>
    [
        .. Names(Path.Combine(AppContext.BaseDirectory, "samples", "question"), "*.json", "samples/question"),
        .. Names(TestData.Path("reports"), "*.json", "corpus/reports"),
        .. Packed.Select(name => $"corpus/intake/{name}"),
    ];

    /// <summary>Published reports, which may be read but not copied into the repository.</summary>
    public static TheoryData<string> Others => [.. Published is null ? ["none"] : Names(Published, "*", "").Select(name => name.TrimStart('/'))];

    [Theory, MemberData(nameof(Ours))]
    public Task The_same_is_stored_by_every_way(string file) => TryAsync(Path.Combine(AppContext.BaseDirectory, file));

    [Theory, MemberData(nameof(Others))]
    public Task The_same_is_stored_of_a_published_report_by_every_way(string file)
    {
        Assert.SkipWhen(Published is null, "No folder shared/corpus/reports beside the repository.");
        return TryAsync(Path.Combine(Published!, file));
    }

    [Theory]
    [InlineData("no-json.json", "{\"organization-name\": \"Sender\", ")]
    [InlineData("no-report.json", "{\"name\": \"waxseal\"}")]
    [InlineData("list.json", "[1, 2]")]
    [InlineData("words.json", "Dear postmaster,\nall is well.\n")]
    [InlineData("broken.json.gz", "\u001f\u008b\u0008\u0000\u0000\u0000\u0000\u0000\u0000\u0003\u0001\u0002\u0003")]
    [InlineData("broken.zip", "PK\u0003\u0004\u0000")]
    public async Task What_cannot_be_read_is_refused_by_every_way_for_the_same_reason(string name, string text)
    {
        string[] ways = WaysHere();
        EveryWayLab[] labs = await DeliverAsync(name, Encoding.Latin1.GetBytes(text), ways);
        string reason = Assert.Single(labs[0].Refusals["https"]);
        foreach ((EveryWayLab lab, string way) in labs.Zip(ways))
        {
            Assert.Equal(Told(way, [reason]), Told(way, lab.Refusals[way]));

            // What is kept of it is what came: a mail, a body, or the file in its folder.
            Assert.DoesNotContain(await lab.RowsAsync(isOfMail: false), row => row.StartsWith("reported_", StringComparison.Ordinal) || row.Contains("state=counted", StringComparison.Ordinal));
            await lab.DisposeAsync();
        }
    }

    private async Task TryAsync(string path)
    {
        string name = Path.GetFileName(path);
        bool isMail = name.EndsWith(".eml", StringComparison.Ordinal);
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        string[] ways = WaysHere();
        EveryWayLab[] labs = await DeliverAsync(name, bytes, ways);
        string[] expected = await labs[0].RowsAsync(isMail);

        Assert.Contains(expected, row => row.StartsWith("report: ", StringComparison.Ordinal));
        foreach ((EveryWayLab lab, string way) in labs.Zip(ways))
        {
            Assert.Equal(Told(way, expected), Told(way, await lab.RowsAsync(isMail)));
            Assert.Equal(Told(way, labs[0].Refusals["https"]), Told(way, lab.Refusals[way]));
        }

        // Again, by another way: it is known, and counts no second time.
        string[] others = [.. ways[1..], ways[0]];
        await Task.WhenAll(labs.Zip(others, (lab, way) => lab.DeliverAsync(name, bytes, way)));
        foreach ((EveryWayLab lab, string way) in labs.Zip(others))
        {
            Assert.Equal(Told(way, expected), Told(way, await lab.RowsAsync(isMail)));
            await lab.DisposeAsync();
        }
    }

    private async Task<EveryWayLab[]> DeliverAsync(string name, byte[] bytes, string[] ways)
    {
        EveryWayLab[] labs = [.. ways.Select(_ => new EveryWayLab(dovecot.Server))];
        await Task.WhenAll(labs.Zip(ways, (lab, way) => lab.DeliverAsync(name, bytes, way)));
        return labs;
    }

    private static string Told(string way, IEnumerable<string> lines) => string.Join('\n', lines.Prepend(way));

    private string[] WaysHere()
    {
        if (dovecot.Server is not null)
            return [.. EveryWayLab.Ways, "imap"];
        TestContext.Current.AddWarning($"Not by IMAP: {DovecotServer.Absence}");
        return EveryWayLab.Ways;
    }

    private static IEnumerable<string> Names(string folder, string pattern, string prefix) =>
        Directory.EnumerateFiles(folder, pattern).Select(file => $"{prefix}/{Path.GetFileName(file)}").Order(StringComparer.Ordinal);

    // The folder lies beside the repository, or beside the folder its worktrees are in.
    private static string? FindPublished()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "shared", "corpus", "reports");
            if (Directory.Exists(folder))
                return folder;
        }

        return null;
    }
}

/// <summary>One Dovecot for all tests of the class, where there is one.</summary>
public sealed class SharedDovecot : IAsyncLifetime
{
    internal DovecotServer? Server { get; private set; }

    public async ValueTask InitializeAsync() => Server = DovecotServer.Absence is null ? await DovecotServer.StartAsync() : null;

    public ValueTask DisposeAsync() => Server?.DisposeAsync() ?? ValueTask.CompletedTask;
}
