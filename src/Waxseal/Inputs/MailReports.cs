using Waxseal.Mail;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Inputs;

/// <summary>Takes the reports out of one mail.</summary>
internal static class MailReports
{
    // A part more or less does not help the reader of a message.
    private const int MaxPartsNamed = 6;

    /// <summary>The reports of a mail; a mail without any is one skipped thing.</summary>
    public static IEnumerable<IntakeResult> In(ReportOrigin origin, ReadOnlyMemory<byte> mail)
    {
        List<MailPart> parts = MailParts.Of(mail, out string? fault);
        bool hasAny = false;
        bool hasDmarc = false;
        long unpacked = 0;
        foreach (MailPart part in parts)
        {
            PartLikelihood likelihood = ReportPart.LikelihoodOf(part, parts.Count == 1);
            if (likelihood == PartLikelihood.No)
                continue;

            foreach (IntakeResult opened in PackedReports.Open(OriginOf(part, origin), part.Decode()))
            {
                IntakeResult result = likelihood == PartLikelihood.Declared && opened is IntakeResult.Skipped { Reason: not DmarcReport.Reason } other
                    ? new IntakeResult.Failed(other.Origin, other.Reason) { WasRead = true }
                    : opened;
                hasDmarc |= result is IntakeResult.Skipped { Reason: DmarcReport.Reason };
                if (result is IntakeResult.Skipped || (likelihood == PartLikelihood.Perhaps && !IsReport(result)))
                    continue;
                hasAny = true;

                // Each part keeps its limit, and a hundred of them would still fill the memory.
                unpacked += result is IntakeResult.Found found ? found.Json.Length : 0;
                if (unpacked > ReportLimits.UnpackedBytes)
                {
                    yield return new IntakeResult.Failed(origin, $"holds reports of more than {ReportLimits.UnpackedBytes} bytes together") { WasRead = true, IsTooLarge = true };
                    yield break;
                }

                yield return result;
            }
        }

        if (fault is not null)
            yield return new IntakeResult.Failed(origin, fault) { WasRead = true };
        else if (!hasAny)
            yield return new IntakeResult.Skipped(origin, hasDmarc ? DmarcReport.Reason : Describe(parts));
    }

    private static ReportOrigin OriginOf(MailPart part, ReportOrigin origin) =>
        origin with { Part = part.FileName ?? part.MediaType, Mail = part.Mail };

    private static bool IsReport(IntakeResult result) =>
        result is IntakeResult.Found found && PackedReports.IsLikely(found.Json.Span);

    private static string Describe(List<MailPart> parts)
    {
        if (parts.Count == 0)
            return "is a mail without a TLS report: it has no part that could be one";

        string named = string.Join(", ", parts.Take(MaxPartsNamed));
        string more = parts.Count > MaxPartsNamed ? $" and {parts.Count - MaxPartsNamed} more" : "";
        return parts.Count == 1
            ? $"is a mail without a TLS report: it is all {named}"
            : $"is a mail without a TLS report: its parts are {named}{more}";
    }
}
