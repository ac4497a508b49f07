namespace Waxseal.Inputs;

/// <summary>
/// What the name of a file in a folder promises. Its content decides what it is; the name decides whether content that
/// cannot be read is a broken report or none of our business.
/// </summary>
internal static class ReportFileNames
{
    // RFC 8460 §5.1: extension = "json" / "json.gz"
    private static readonly string[] OfReports = [".json", ".json.gz"];

    // Deviation: zip stands for the senders that use it (tests/corpus/intake/report.zip).
    private static readonly string[] OfWrappings = [".gz", ".zip", ".eml"];

    /// <summary>Whether the file should be a report, plain or packed.</summary>
    public static bool PromisesReport(string path) => HasExtension(path, OfReports);

    /// <summary>Whether the file should be a report, or a mail or an archive that may hold one.</summary>
    public static bool PromisesReportOrWrapping(string path) => PromisesReport(path) || HasExtension(path, OfWrappings);

    private static bool HasExtension(string path, string[] extensions) =>
        extensions.Any(extension => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase));
}
