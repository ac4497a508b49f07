using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.TlsRpt.Delivery;

/// <summary>
/// The file name of a report (RFC 8460 §5.1). A name that was received is data alone: it says nothing the report does
/// not say better, and never becomes a path.
/// </summary>
public sealed record ReportFileName
{
    /// <summary>Longest name that is read, in characters.</summary>
    public const int MaxLength = 1000;

    private const string PlainExtension = ".json";
    private const string GzipExtension = ".json.gz";

    /// <summary>The domain of the report's contact address.</summary>
    public required DomainName Sender { get; init; }

    /// <summary>The policy domain the report is for.</summary>
    public required DomainName PolicyDomain { get; init; }

    /// <summary>Start of the reported time, in seconds since 1970-01-01T00:00:00Z; not negative.</summary>
    public required long Begin { get; init; }

    /// <summary>End of the reported time, in seconds since 1970-01-01T00:00:00Z; not negative.</summary>
    public required long End { get; init; }

    /// <summary>What tells reports for one time apart: ASCII letters and digits; null when not needed.</summary>
    /// <exception cref="ArgumentException">There are other characters, or none.</exception>
    public string? UniqueId
    {
        get;
        init => field = value is null || IsUniqueId(value)
            ? value
            : throw new ArgumentException("A unique id has ASCII letters and digits alone.", nameof(value));
    }

    /// <summary>Whether the file is gzip-compressed.</summary>
    public required bool IsCompressed { get; init; }

    /// <summary>Reads a file name by the letter of the grammar; unfold it first.</summary>
    /// <param name="text">The name, without any path.</param>
    /// <param name="name">The parts, or null.</param>
    /// <param name="error">The first fault and its place, or null.</param>
    // RFC 8460 §5.1: filename = sender "!" policy-domain "!" begin-timestamp "!" end-timestamp [ "!" unique-id ] "."
    // extension
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out ReportFileName? name,
        [NotNullWhen(false)] out ReportFileNameError? error)
    {
        name = null;
        if (text.Length > MaxLength)
            Fail(ReportFileNameFault.TooLong, MaxLength, out error);
        else if (ExtensionOf(text) is not { } extension)
            Fail(ReportFileNameFault.BadExtension, text.Length, out error);
        else
            name = ReadFields(text[..^extension.Length].Split('!'), extension == GzipExtension, out error);
        return name is not null;
    }

    /// <summary>The file name.</summary>
    public override string ToString()
    {
        string uniqueId = UniqueId is null ? "" : "!" + UniqueId;
        string extension = IsCompressed ? GzipExtension : PlainExtension;
        return string.Create(CultureInfo.InvariantCulture, $"{Sender}!{PolicyDomain}!{Begin}!{End}{uniqueId}{extension}");
    }

    // RFC 8460 §5.1: extension = "json" / "json.gz", in any case as all such strings of a grammar (RFC 5234 §2.3).
    private static string? ExtensionOf(string text) =>
        Array.Find(
            [GzipExtension, PlainExtension],
            extension => text.EndsWith(extension, StringComparison.OrdinalIgnoreCase));

    private static ReportFileName? ReadFields(string[] fields, bool isCompressed, out ReportFileNameError? error)
    {
        error = null;
        if (fields.Length is not (4 or 5))
            return Fail(ReportFileNameFault.BadFieldCount, 0, out error);
        if (!DomainName.TryParseALabels(fields[0], out DomainName? sender, out DomainNameError? fault))
            return Fail(ReportFileNameFault.BadDomain, fault.Offset, out error);
        if (!DomainName.TryParseALabels(fields[1], out DomainName? policyDomain, out fault))
            return Fail(ReportFileNameFault.BadDomain, OffsetOf(fields, 1) + fault.Offset, out error);
        if (!TryReadTimestamp(fields[2], out long begin))
            return Fail(ReportFileNameFault.BadTimestamp, OffsetOf(fields, 2), out error);
        if (!TryReadTimestamp(fields[3], out long end))
            return Fail(ReportFileNameFault.BadTimestamp, OffsetOf(fields, 3), out error);
        if (fields.Length == 5 && !IsUniqueId(fields[4]))
            return Fail(ReportFileNameFault.BadUniqueId, OffsetOf(fields, 4), out error);

        return new()
        {
            Sender = sender,
            PolicyDomain = policyDomain,
            Begin = begin,
            End = end,
            UniqueId = fields.ElementAtOrDefault(4),
            IsCompressed = isCompressed,
        };
    }

    private static ReportFileName? Fail(ReportFileNameFault fault, int offset, out ReportFileNameError error)
    {
        error = new(fault, offset);
        return null;
    }

    private static int OffsetOf(string[] fields, int index) =>
        fields.Take(index).Sum(field => field.Length + "!".Length);

    // RFC 8460 §5.1: begin-timestamp = 1*DIGIT, end-timestamp = 1*DIGIT
    private static bool TryReadTimestamp(string text, out long seconds) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds);

    // RFC 8460 §5.1: unique-id = 1*(ALPHA / DIGIT)
    private static bool IsUniqueId(string text) => text.Length > 0 && text.All(char.IsAsciiLetterOrDigit);
}
