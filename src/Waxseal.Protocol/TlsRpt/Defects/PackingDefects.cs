namespace Waxseal.Protocol.TlsRpt.Defects;

/// <summary>What is unusual about the packing of a report that could be unpacked.</summary>
internal static class PackingDefects
{
    public static readonly DefectKind Zip = new("zip-archive",
        "The report came as a zip archive; RFC 8460 §5.2 knows gzip alone.");

    public static readonly DefectKind Base64 = new("base64-text",
        "The report was still base64 text; it was decoded.");

    public static readonly DefectKind Base64Faults = new("base64-faults",
        "The base64 text has characters that do not belong there, or lacks its padding; they were passed over.", "Google");

    public static readonly DefectKind Utf16 = new("utf-16",
        "The report is written in UTF-16; JSON on the wire is UTF-8. It was converted.");

    public static readonly DefectKind Twice = new("packed-twice",
        "The report was compressed twice.");

    public static readonly DefectKind GzipTrailing = new("gzip-trailing-bytes",
        "Bytes follow the end of the gzip data; they were left out.");

    public static readonly DefectKind EntryIgnored = new("archive-entry-ignored",
        "An entry of the archive is no report; it was left out:");

    public static readonly DefectKind EntryUnusable = new("archive-entry-unusable",
        "An entry of the archive could not be unpacked; it was left out.");
}
