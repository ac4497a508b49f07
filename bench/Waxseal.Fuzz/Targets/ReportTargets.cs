using System.IO.Compression;
using System.Text;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Protocol.TlsRpt.Packing;

namespace Waxseal.Fuzz.Targets;

/// <summary>The report: its body and how it is packed.</summary>
internal static class ReportTargets
{
    public static readonly FuzzTarget Body = new(
        "report",
        ReadBody,
        () => [.. Seeds.Vectors("report-body"), .. Seeds.Folder("reports"), .. Seeds.Folder("samples")],
        "\"organization-name\"", "\"date-range\"", "\"start-datetime\"", "\"end-datetime\"", "\"contact-info\"", "\"report-id\"",
        "\"policies\"", "\"policy\"", "\"policy-type\"", "\"policy-string\"", "\"policy-domain\"", "\"mx-host\"", "\"summary\"",
        "\"total-successful-session-count\"", "\"total-failure-session-count\"", "\"failure-details\"", "\"result-type\"",
        "\"failed-session-count\"", "null", "true", "1e400", "9223372036854775808", "-1", "[", "]", "{}", "\\u0000", "\\ud800", "[[[[[[[[[[[[[[[[[");

    public static readonly FuzzTarget Packing = new(
        "report-packing",
        Unpack,
        () => [.. PackedSeeds(), .. Seeds.Folder("reports"), .. Seeds.Folder("intake"), .. Seeds.Folder("samples")],
        "PK\u0003\u0004", "PK\u0005\u0006", "PK\u0001\u0002", "ewo=", "\uFEFF", "{\"policies\":[]}");

    private static void ReadBody(ReadOnlySpan<byte> json)
    {
        ReportReading reading = ReportReader.Read(json);
        foreach (ReportDefect defect in reading.Defects)
            Promise.Kept(defect.Offset >= 0 && defect.Offset <= json.Length, $"{defect.Code} lies within the text.");
        if (reading.Report is { } report)
        {
            CheckReport(report);
            CheckWriting(report);
        }
        else
        {
            Promise.Kept(!reading.Defects.IsEmpty, "A report that cannot be used has a defect.");
        }
    }

    private static void CheckReport(Report report)
    {
        Promise.Kept(report.Policies.Length <= ReportLimits.Policies, "There is a limit to the policies.");
        Promise.Kept(report.DateRange.Start <= report.DateRange.End, "Time does not run backwards.");
        foreach (ReportPolicy policy in report.Policies)
        {
            Promise.Kept(policy.SuccessfulSessions is >= 0 and <= ReportLimits.Sessions, "Sessions are within limits.");
            Promise.Kept(policy.FailedSessions is >= 0 and <= ReportLimits.Sessions, "Failed sessions are within limits.");
            foreach (FailureDetail failure in policy.Failures)
                Promise.Kept(failure.FailedSessions is >= 0 and <= ReportLimits.Sessions, "Failed sessions are within limits.");
        }
    }

    private static void CheckWriting(Report report)
    {
        if (!ReportWriter.TryWrite(report, out byte[]? json, out _))
            return;

        ReportReading again = ReportReader.Read(json);
        Promise.Kept(again.Conforms, "What is written reads back without a defect.");
        Promise.Kept(ReportWriter.TryWrite(again.Report!, out byte[]? second, out _) && json.AsSpan().SequenceEqual(second), "What was read back is written alike.");
    }

    private static void Unpack(ReadOnlySpan<byte> file)
    {
        switch (ReportUnpacking.Unpack(file.ToArray()))
        {
            case UnpackingResult.Unpacked unpacked:
                Promise.Kept(!unpacked.Reports.IsEmpty, "There is a text when unpacking went well.");
                Promise.Kept(unpacked.Reports.Sum(report => (long)report.Json.Length) <= ReportLimits.UnpackedBytes, "There is a limit to the texts.");
                break;
            case UnpackingResult.Failed failed:
                Promise.Kept(failed.Offset >= 0 && failed.Message.Length > 0, "A failure has a place and a reason.");
                break;
        }
    }

    private static IEnumerable<byte[]> PackedSeeds()
    {
        foreach (byte[] json in Seeds.Folder("samples"))
        {
            byte[] gzip = Gzip(json);
            yield return gzip;
            yield return Gzip(gzip);
            yield return Zip(json);
            yield return Zip(gzip);
            yield return Encoding.ASCII.GetBytes(Convert.ToBase64String(gzip, Base64FormattingOptions.InsertLineBreaks));
            yield return [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(json))];
        }
    }

    private static byte[] Gzip(byte[] bytes)
    {
        MemoryStream file = new();
        using (GZipStream gzip = new(file, CompressionLevel.Optimal))
            gzip.Write(bytes);
        return file.ToArray();
    }

    private static byte[] Zip(byte[] bytes)
    {
        MemoryStream file = new();
        using (ZipArchive archive = new(file, ZipArchiveMode.Create))
        {
            ZipArchiveEntry entry = archive.CreateEntry("report.json");
            entry.LastWriteTime = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using Stream content = entry.Open();
            content.Write(bytes);
        }

        return file.ToArray();
    }
}
