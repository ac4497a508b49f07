namespace Waxseal.Protocol.TlsRpt.Defects;

/// <summary>What is unusual about the packing of a report that could be unpacked.</summary>
internal static class PackingDefects
{
    public static readonly DefectKind Zip = new("zip-archive",
        "The report came as a zip archive; RFC 8460 §5.2 knows gzip alone.")
    {
        Rule = "RFC 8460 §5.2",
    };

    public static readonly DefectKind Base64 = new("base64-text",
        "The report was still base64 text; it was decoded.")
    {
        Rule = "RFC 8460 §5.2",
    };

    public static readonly DefectKind Base64Faults = new("base64-faults",
        "The base64 text has characters that do not belong there, or lacks its padding; they were passed over.", "Google")
    {
        Rule = "RFC 4648 §3.3",
    };

    public static readonly DefectKind Utf16 = new("utf-16",
        "The report is written in UTF-16; JSON on the wire is UTF-8. It was converted.")
    {
        Rule = "RFC 7493 §2.1",
    };

    public static readonly DefectKind Twice = new("packed-twice",
        "The report was compressed twice.")
    {
        Rule = "RFC 8460 §5.2",
    };

    public static readonly DefectKind GzipTrailing = new("gzip-trailing-bytes",
        "Bytes follow the end of the gzip data; they were left out.")
    {
        Rule = "RFC 1952 §2.2",
    };

    public static readonly DefectKind EntryIgnored = new("archive-entry-ignored",
        "An entry of the archive is no report; it was left out:")
    {
        Rule = "RFC 8460 §5.2",
    };

    public static readonly DefectKind EntryUnusable = new("archive-entry-unusable",
        "An entry of the archive could not be unpacked; it was left out.")
    {
        Rule = "RFC 8460 §5.2",
    };
}
