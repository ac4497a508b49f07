using System.Diagnostics;
using Waxseal.ReportIntake;

namespace Waxseal.Tests.ReportIntake;

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
            ["Skipped README.md", "Found a.eml", "Found report.json", "Found c.json.gz", "Skipped package.json"],
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
        Assert.Equal("is empty", Assert.IsType<IntakeResult.Failed>(Assert.Single(IntakeSamples.ReadPaths(_folder.FullName))).Reason);
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

    private void Write(string name, string text) => File.WriteAllText(At(name), text);
}
