using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Tests.TlsRpt;

/// <summary>Published reports, which may be read but not copied into the repository: each with the numbers in it.</summary>
public class SharedCorpusTests
{
    private static readonly string? Folder = FindFolder();

    public static TheoryData<string, string, string, string[]> Expected => new()
    {
        { "generic.json", "2024-01-09", "2024-01-09", ["sts example.com 0 3: validation-failure 2, validation-failure 1"] },
        {
            "mailauth-rpt01.json", "2016-04-01", "2016-04-01",
            ["sts company-y.example 5326 303: certificate-expired 100, starttls-not-supported 200, validation-failure 3"]
        },
        { "mailauth-rpt02.json", "2020-01-01", "2020-01-07", ["sts example.com 23 1: certificate-host-mismatch 1"] },
        {
            "mailru.json", "2024-02-22", "2024-02-22",
            ["sts example.com 0 1: sts-policy-fetch-error 1, sts-policy-fetch-error 1"]
        },
        {
            "rfc8460-mx-host-string.json", "2016-04-01", "2016-04-01",
            ["sts company-y.example 5326 303: certificate-expired 100, starttls-not-supported 200, validation-failure 3"]
        },
        { "viewer-google.json", "2025-05-22", "2025-05-22", ["sts foo-bar.io 1 0: "] },
        { "viewer-microsoft.json", "2025-05-23", "2025-05-23", ["sts random.net 2 0: ", "tlsa random.net 2 0: "] },
        { "viewer-no-policy.json", "2025-03-27", "2025-03-27", ["no-policy-found foo-bar.io 1 0: "] },
        {
            "viewer-rfc-example.json", "2016-04-01", "2016-04-01",
            ["sts company-y.example 5326 303: certificate-expired 100, starttls-not-supported 200, validation-failure 3"]
        },
    };

    [Theory, MemberData(nameof(Expected))]
    public void Every_number_of_a_published_report_is_kept(string file, string firstDay, string lastDay, string[] policies)
    {
        Report? report = ReportReader.Read(File.ReadAllBytes(Path.Combine(FolderOrSkip(), file))).Report;

        Assert.NotNull(report);
        Assert.Equal((firstDay, lastDay), ($"{report.DateRange.FirstDay:O}", $"{report.DateRange.LastDay:O}"));
        Assert.Equal(policies, report.Policies.Select(Describe));
    }

    [Fact]
    public void No_published_report_is_left_out() => Assert.Equal(
        Expected.Select(row => row.Data.Item1).Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(FolderOrSkip(), "*.json").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    private static string Describe(ReportPolicy policy)
    {
        IEnumerable<string> failures = policy.Failures.Select(failure => $"{failure.Type.ToWord()} {failure.FailedSessions}");
        string counts = $"{policy.SuccessfulSessions} {policy.FailedSessions}";
        return $"{policy.Type.ToWord()} {policy.PolicyDomain} {counts}: {string.Join(", ", failures)}";
    }

    private static string FolderOrSkip()
    {
        Assert.SkipWhen(Folder is null, "No folder shared/corpus/reports beside the repository.");
        return Folder!;
    }

    // The folder lies beside the repository, or beside the folder its worktrees are in.
    private static string? FindFolder()
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
