using System.Globalization;
using System.Text;
using Waxseal.Mail;

namespace Waxseal.Inputs;

/// <summary>Where a report was found. All names come from outside: they are shown, never used as paths.</summary>
/// <param name="File">The file as the user or the folder names it; <c>-</c> for standard input.</param>
internal sealed record ReportOrigin(string File)
{
    public const string StandardInput = "-";

    /// <summary>The number of the message in an mbox, from 1; null when the file is no mbox.</summary>
    public int? Message { get; init; }

    /// <summary>The file name of the MIME part, or its media type where it has none; null outside a mail.</summary>
    public string? Part { get; init; }

    /// <summary>The name of the entry of an archive; null where there is none.</summary>
    public string? Entry { get; init; }

    /// <summary>The mail it came in, or null.</summary>
    public ReportMail? Mail { get; init; }

    /// <summary>The name that may tell what the report is about (RFC 8460 §5.1): of the entry, the part or the file.</summary>
    public string FileName => Entry ?? Part ?? Path.GetFileName(File);

    /// <summary>The whole way in words, for people.</summary>
    public override string ToString()
    {
        StringBuilder text = new(File == StandardInput ? "standard input" : File);
        if (Message is { } number)
            text.Append(CultureInfo.InvariantCulture, $", message {number}");
        if (Part is not null)
            text.Append(CultureInfo.InvariantCulture, $", part {Part}");
        if (Entry is not null)
            text.Append(CultureInfo.InvariantCulture, $", entry {Entry}");
        return text.ToString();
    }
}
