using Waxseal.Mail;

namespace Waxseal.Inputs;

/// <summary>How likely a part of a mail holds the report.</summary>
internal enum PartLikelihood
{
    No,

    /// <summary>It may, and its content decides.</summary>
    Perhaps,

    /// <summary>It says that it does, so that it is an error if it does not.</summary>
    Declared,
}

/// <summary>Finds the parts of a mail that hold a report.</summary>
internal static class ReportPart
{
    // RFC 8460 §6.4 and §6.5 register +json and +gzip.
    // Deviation: senders write the type bare, +zip and +x-gzip too (tests/corpus/intake/bare-type.eml, zip-type.eml).
    private static readonly string[] DeclaredTypes =
    [
        "application/tlsrpt+json",
        "application/tlsrpt+gzip",
        "application/tlsrpt+x-gzip",
        "application/tlsrpt+zip",
        "application/tlsrpt",
    ];

    private static readonly string[] GeneralTypes =
    [
        "application/json",
        "application/gzip",
        "application/x-gzip",
        "application/zip",
        "application/x-zip-compressed",
        "application/octet-stream",
    ];

    private static readonly string[] Extensions = [".json", ".gz", ".zip"];

    // RFC 8460 §5.3: the report is found by its media type; the rest of the mail does not count.
    public static PartLikelihood LikelihoodOf(MailPart part, bool isOnlyPart)
    {
        if (DeclaredTypes.Contains(part.MediaType))
            return PartLikelihood.Declared;
        if (isOnlyPart)
            return PartLikelihood.Perhaps;
        return GeneralTypes.Contains(part.MediaType) && HasFittingName(part) ? PartLikelihood.Perhaps : PartLikelihood.No;
    }

    // RFC 8460 §5.1: extension = "json" / "json.gz"; zip stands for the senders that use it.
    private static bool HasFittingName(MailPart part) =>
        part.FileName is null || Extensions.Any(end => part.FileName.EndsWith(end, StringComparison.OrdinalIgnoreCase));
}
