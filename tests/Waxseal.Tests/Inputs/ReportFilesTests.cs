using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Waxseal.Inputs;

namespace Waxseal.Tests.Inputs;

public sealed class ReportFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("waxseal-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Folder_is_walked_in_the_order_of_names_and_what_is_no_report_is_skipped()
    {
        Put("b/report.json");
        Put("a.eml", "gzip.eml");
        Put("c.json.gz", "report.json.gz");
        Write("README.md", "# Read me\n");
        Write("package.json", "{ \"name\": \"x\" }");
        Write(".hidden.json", "{");
        List<IntakeResult> results = IntakeSamples.ReadPaths(_folder.FullName);
        Assert.Equal(
            ["Skipped .hidden.json", "Skipped README.md", "Found a.eml", "Found report.json", "Found c.json.gz", "Skipped package.json"],
            results.Select(result => $"{result.GetType().Name} {Path.GetFileName(result.Origin.File)}"));
    }

    [Fact]
    public void Maildir_is_read_with_the_folders_within()
    {
        Put("cur/1700000001.M1.host:2,S", "gzip.eml");
        Put("new/1700000002.M2.host", "letter.eml");
        Put("tmp/1700000003.M3.host", "gzip.eml");
        Put(".Reports/cur/1700000004.M4.host:2,", "two-reports.eml");
        Directory.CreateDirectory(At(".Reports/new"));
        List<IntakeResult> results = IntakeSamples.ReadPaths(_folder.FullName);
        Assert.Equal(3, results.Count(result => result is IntakeResult.Found));
        Assert.Single(results, result => result is IntakeResult.Skipped);
    }

    [Fact]
    public void Folder_without_a_report_is_a_failure()
    {
        Write("README", "nothing here");
        Write("NOTES", "nor here");
        IntakeResult last = IntakeSamples.ReadPaths(_folder.FullName)[^1];
        Assert.Contains("holds no TLS report; 2 files", Assert.IsType<IntakeResult.Failed>(last).Reason);
    }

    [Fact]
    public void Empty_folder_is_a_failure()
    {
        Assert.Equal("holds no reports: it is empty", Assert.IsType<IntakeResult.Failed>(Assert.Single(IntakeSamples.ReadPaths(_folder.FullName))).Reason);
    }

    [Theory]
    [InlineData("2026.json", "")]
    [InlineData("2026.json", "\0\0\0\0")]
    [InlineData("2026.json", "Dear postmaster")]
    [InlineData("2026.JSON.gz", "")]
    [InlineData("a!b!1!2.json.gz", "\u0001\u0002")]
    [InlineData("report.gz", "no gzip")]
    [InlineData("report.zip", "")]
    [InlineData("report.eml", "\0")]
    public void File_in_a_folder_that_is_called_a_report_and_cannot_be_read_is_a_failure(string name, string content)
    {
        Put("good.json");
        Write(name, content);
        List<IntakeResult> results = IntakeSamples.ReadPaths(_folder.FullName);
        Assert.Single(results, result => result is IntakeResult.Found);
        Assert.Equal(At(name), Assert.Single(results.OfType<IntakeResult.Failed>()).Origin.File);
    }

    [Theory]
    [InlineData("[[[")]
    [InlineData("{\"name\":")]
    public void Broken_json_in_a_folder_is_left_to_the_report_reader_where_the_name_says_report(string content)
    {
        Put("good.json");
        Write("broken.json", content);
        Write("broken.ini", content);
        Assert.Equal(
            ["Skipped broken.ini", "Found broken.json", "Found good.json"],
            IntakeSamples.ReadPaths(_folder.FullName).Select(result => $"{result.GetType().Name} {Path.GetFileName(result.Origin.File)}"));
    }

    [Fact]
    public void Nesting_without_end_is_no_other_json()
    {
        Put("good.json");
        Write("deep.json", new string('[', 10_000) + new string(']', 10_000));
        Assert.Equal(2, IntakeSamples.ReadPaths(_folder.FullName).Count(result => result is IntakeResult.Found));
    }

    [Fact]
    public void Gzip_that_is_called_a_report_and_holds_none_is_a_failure_and_another_is_skipped()
    {
        Put("good.json");
        WriteGzip("other.json.gz", "Dear postmaster");
        WriteGzip("syslog.1.gz", "Dear postmaster");
        List<IntakeResult> results = IntakeSamples.ReadPaths(_folder.FullName);
        Assert.Equal(At("other.json.gz"), Assert.Single(results.OfType<IntakeResult.Failed>()).Origin.File);
        Assert.Equal(At("syslog.1.gz"), Assert.Single(results.OfType<IntakeResult.Skipped>()).Origin.File);
    }

    [Fact]
    public void Entry_of_an_archive_that_is_lost_is_a_failure_beside_the_reports_of_the_others()
    {
        using (ZipArchive zip = ZipFile.Open(At("two.zip"), ZipArchiveMode.Create))
        {
            zip.CreateEntryFromFile(IntakeSamples.Path("report.json"), "1.json", CompressionLevel.NoCompression);
            zip.CreateEntryFromFile(IntakeSamples.Path("report.json"), "2.json", CompressionLevel.NoCompression);
        }

        // The last letter of the second entry: its check sum fits no more.
        byte[] bytes = File.ReadAllBytes(At("two.zip"));
        bytes[bytes.AsSpan().IndexOf("PK\x01\x02"u8) - 3] ^= 1;
        File.WriteAllBytes(At("two.zip"), bytes);
        List<IntakeResult> results = IntakeSamples.ReadPaths(_folder.FullName);
        Assert.Equal("1.json", Assert.Single(results.OfType<IntakeResult.Found>()).Origin.Entry);
        Assert.Contains("holds more than can be read", Assert.Single(results.OfType<IntakeResult.Failed>()).Reason);
    }

    [Fact]
    public void Folder_of_hidden_files_alone_says_so()
    {
        Write(".dot.json", "{}");
        Put(".hidden/report.json");
        IntakeResult last = IntakeSamples.ReadPaths(_folder.FullName)[^1];
        Assert.StartsWith("holds nothing but 2 hidden files", Assert.IsType<IntakeResult.Failed>(last).Reason);
        Assert.IsType<IntakeResult.Found>(Assert.Single(IntakeSamples.ReadPaths(At(".hidden"))));
    }

    [Fact]
    public void Link_to_a_folder_is_followed_when_it_is_named_and_told_of_when_not()
    {
        Put("sub/report.json");
        Directory.CreateDirectory(At("links"));
        Directory.CreateSymbolicLink(At("links/link"), At("sub"));
        Assert.IsType<IntakeResult.Found>(Assert.Single(IntakeSamples.ReadPaths(At("links/link"))));
        var failed = Assert.IsType<IntakeResult.Failed>(Assert.Single(IntakeSamples.ReadPaths(At("links"))));
        Assert.Equal(At("links/link"), failed.Origin.File);
        Assert.Contains("is a link to a folder", failed.Reason);
    }

    [Fact]
    public void Links_in_a_ring_come_to_an_end()
    {
        Put("sub/report.json");
        Directory.CreateSymbolicLink(At("sub/ring"), _folder.FullName);
        File.CreateSymbolicLink(At("gone.json"), At("nowhere"));
        List<IntakeResult> results = IntakeSamples.ReadPaths(_folder.FullName);
        Assert.Single(results, result => result is IntakeResult.Found);
        Assert.Single(results, result => result is IntakeResult.Failed { Reason: "does not exist" });
    }

    [Fact]
    public void Bad_path_does_not_end_the_rest()
    {
        List<IntakeResult> results = IntakeSamples.ReadPaths(At("missing.json"), IntakeSamples.Path("report.json"));
        Assert.Equal("does not exist", Assert.IsType<IntakeResult.Failed>(results[0]).Reason);
        Assert.IsType<IntakeResult.Found>(results[1]);
    }

    [Fact]
    public void Named_pipe_is_refused_without_waiting()
    {
        using (Process process = Process.Start("mkfifo", At("pipe")))
            process.WaitForExit();
        Put("report.json");
        List<IntakeResult> results = IntakeSamples.ReadPaths(_folder.FullName);
        Assert.Contains("is a named pipe", Assert.IsType<IntakeResult.Failed>(results[0]).Reason);
        Assert.IsType<IntakeResult.Found>(results[1]);
    }

    [Fact]
    public void Device_is_refused()
    {
        var failed = Assert.IsType<IntakeResult.Failed>(Assert.Single(IntakeSamples.ReadPaths("/dev/zero")));
        Assert.Equal("is a device, not a file", failed.Reason);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private void Put(string name, string sample = "report.json")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.Copy(IntakeSamples.Path(sample), At(name));
    }

    private void WriteGzip(string name, string text)
    {
        using GZipStream gzip = new(File.Create(At(name)), CompressionLevel.Fastest);
        gzip.Write(Encoding.UTF8.GetBytes(text));
    }

    private void Write(string name, string text) => File.WriteAllText(At(name), text);
}
