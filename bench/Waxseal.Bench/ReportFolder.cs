using System.IO.Compression;

namespace Waxseal.Bench;

/// <summary>A folder full of reports, as a mailbox of months would hold.</summary>
internal static class ReportFolder
{
    /// <summary>Writes reports 0 to <paramref name="count"/> - 1, one file each; every other one is compressed.</summary>
    public static void Fill(string folder, int count)
    {
        for (int number = 0; number < count; number++)
        {
            (_, string mail) = ReportText.ReporterOf(number);
            string reporter = mail[(mail.IndexOf('@') + 1)..];
            long begin = new DateTimeOffset(ReportText.DayOf(number)).ToUnixTimeSeconds();
            string name = $"{reporter}!{ReportText.PolicyDomainOf(number)}!{begin}!{begin + 86399}!{number:D8}.json";
            string path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, reporter)).FullName, name);

            // Most reports tell of no failure at all.
            byte[] json = ReportText.Of(number, policies: 1 + number % 3, failures: number % 10 == 0 ? 1 + number % 4 : 0);
            if (number % 2 == 0)
                File.WriteAllBytes(path, json);
            else
                WriteGzip(path + ".gz", json);
        }
    }

    private static void WriteGzip(string path, byte[] bytes)
    {
        using GZipStream gzip = new(File.Create(path), CompressionLevel.Optimal);
        gzip.Write(bytes);
    }
}
