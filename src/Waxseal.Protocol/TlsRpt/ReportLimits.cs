namespace Waxseal.Protocol.TlsRpt;

/// <summary>
/// What a receiver is ready to take in. RFC 8460 §5.2 speaks of ten megabytes as a common limit of mail and names no
/// other; anyone may send anything to a published address (RFC 8460 §7), so all limits are absolute.
/// </summary>
public static class ReportLimits
{
    /// <summary>What stands in the place of a section where a defect is against one of these limits.</summary>
    public const string Rule = "limit of Waxseal";

    /// <summary>Most bytes of one report's JSON text.</summary>
    public const int BodyBytes = 20_000_000;

    /// <summary>Most bytes of a file or MIME part as it arrived, packed or not.</summary>
    public const int FileBytes = 30_000_000;

    /// <summary>Most bytes that unpacking one file may give, all layers and entries together.</summary>
    public const int UnpackedBytes = BodyBytes;

    /// <summary>Most wrappings one inside the other, such as base64 of a zip of a gzip file.</summary>
    public const int Layers = 4;

    /// <summary>Most entries of a zip archive.</summary>
    public const int ArchiveEntries = 1_000;

    /// <summary>Most members of a gzip file.</summary>
    public const int GzipMembers = 1_000;

    /// <summary>Most objects and arrays one inside the other.</summary>
    public const int Depth = 16;

    /// <summary>Most members of one object of the report.</summary>
    public const int Members = 256;

    /// <summary>Most policies of one report.</summary>
    public const int Policies = 10_000;

    /// <summary>Most failure details of one report, all policies together.</summary>
    public const int FailureDetails = 100_000;

    /// <summary>Bytes kept of one string, counted as written in the JSON text; the rest is cut off.</summary>
    public const int TextBytes = 8 * 1024;

    /// <summary>Strings kept of one <c>policy-string</c> or <c>mx-host</c>; the rest is left out.</summary>
    public const int ListEntries = 1_000;

    /// <summary>Strings kept of all <c>policy-string</c> and <c>mx-host</c> of one report; the rest is left out.</summary>
    public const int ListEntriesInAll = 200_000;

    /// <summary>Most sessions of one count: 2^53, as far as all JSON readers count exactly (RFC 7493 §2.2).</summary>
    public const long Sessions = 1L << 53;

    /// <summary>Defects of one kind that are listed one by one; the rest is counted.</summary>
    public const int DefectsOfOneKind = 10;
}
