using Waxseal.Mail;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Inputs;

/// <summary>Takes the reports out of one file or standard input, by what its content is.</summary>
internal static class StreamReports
{
    private const string NothingTold = "holds no TLS report, and no line of it tells of a delivery that failed because of TLS";
    private const string Unknown = "is neither a TLS report nor a mail or an archive that could hold one";

    /// <summary>The reports of a stream.</summary>
    /// <param name="origin">What the stream is.</param>
    /// <param name="stream">The stream, read once from where it stands.</param>
    /// <param name="isNamed">
    /// Whether the user named it. What merely lies in a folder must look like a report, or be called one, to be taken
    /// for one.
    /// </param>
    /// <param name="deliveries">Reads what is no report and may be a log or a bounce; null where reports alone are wanted.</param>
    public static IEnumerable<IntakeResult> In(ReportOrigin origin, Stream stream, bool isNamed, DeliveryInput? deliveries = null)
    {
        byte[]? head = InputFile.ReadHead(stream, ContentKinds.HeadBytes, out string? refusal);
        if (head is null)
            return [new IntakeResult.Failed(origin, refusal!)];

        return ContentKinds.Of(head) switch
        {
            ContentKind.Mbox => InMbox(origin, new MboxReader(head, stream), isNamed, deliveries),
            ContentKind.Mail => InWhole(origin, stream, head, MailLimits.Bytes, (place, mail) => InMail(place, mail, isNamed, deliveries)),
            ContentKind.Unknown when !isNamed => [OfUnknown(origin, isEmpty: head.Length == 0)],
            ContentKind.Unknown when deliveries is not null && IsText(head) => InLog(origin, stream, head, deliveries),
            ContentKind.Gzip when isNamed && deliveries is not null => InWhole(origin, stream, head, ReportLimits.FileBytes, (place, packed) => InGzip(place, packed, deliveries)),
            _ when isNamed => InWhole(origin, stream, head, ReportLimits.FileBytes, PackedReports.Open),
            _ => InWhole(origin, stream, head, ReportLimits.FileBytes, PackedReports.Open).Select(SkipOther),
        };
    }

    private static IEnumerable<IntakeResult> InWhole(
        ReportOrigin origin,
        Stream stream,
        byte[] head,
        int limit,
        Func<ReportOrigin, ReadOnlyMemory<byte>, IEnumerable<IntakeResult>> open) =>
        InputFile.ReadRest(stream, head, limit, out string? refusal) is { } whole
            ? open(origin, whole)
            : [new IntakeResult.Failed(origin, refusal!)];

    // A mail without a report may be a bounce.
    private static IntakeResult[] InMail(ReportOrigin origin, ReadOnlyMemory<byte> mail, bool isNamed, DeliveryInput? deliveries)
    {
        IntakeResult[] results = [.. MailReports.In(origin, mail)];
        if (deliveries is null || results is not [IntakeResult.Skipped { Reason: not DmarcReport.Reason }])
            return results;
        bool isTold = deliveries.ReadMail(mail, isNamed);
        return isTold || deliveries.Shortfall is not null ? OfDeliveries(origin, isTold, deliveries) : results;
    }

    private static IntakeResult[] InGzip(ReportOrigin origin, ReadOnlyMemory<byte> packed, DeliveryInput deliveries)
    {
        IntakeResult[] results = [.. PackedReports.Open(origin, packed)];
        if (results is not [IntakeResult.Skipped { Reason: not DmarcReport.Reason } or IntakeResult.Failed { IsTooLarge: true }])
            return results;
        bool isTold = deliveries.ReadPacked(packed);
        return isTold || deliveries.Shortfall is not null ? OfDeliveries(origin, isTold, deliveries) : results;
    }

    // What was not read whole must not pass for a log in which nothing failed.
    private static IntakeResult[] OfDeliveries(ReportOrigin origin, bool isTold, DeliveryInput deliveries) => (isTold, deliveries.Shortfall) switch
    {
        (true, null) => [new IntakeResult.Deliveries(origin)],
        (true, { } shortfall) => [new IntakeResult.Deliveries(origin), new IntakeResult.Failed(origin, shortfall)],
        (false, { } shortfall) => [new IntakeResult.Failed(origin, $"{shortfall}; no line before tells of a delivery that failed because of TLS")],
        (false, null) => [new IntakeResult.Failed(origin, NothingTold) { WasRead = true }],
    };

    private static IntakeResult[] InLog(ReportOrigin origin, Stream stream, byte[] head, DeliveryInput deliveries)
    {
        bool isTold = deliveries.ReadLog(head, stream, out string? refusal);
        return refusal is not null ? [new IntakeResult.Failed(origin, refusal)] : OfDeliveries(origin, isTold, deliveries);
    }

    private static bool IsText(byte[] head) => head.Length > 0 && !head.AsSpan().Contains((byte)0);

    private static IEnumerable<IntakeResult> InMbox(ReportOrigin origin, MboxReader reader, bool isNamed, DeliveryInput? deliveries)
    {
        foreach (MboxMessage message in reader.Messages())
        {
            ReportOrigin messageOrigin = origin with { Message = message.Number };
            IEnumerable<IntakeResult> results = message.IsTooLarge
                ? [new IntakeResult.Failed(messageOrigin, $"is larger than {MailLimits.Bytes} bytes", message.Offset)]
                : InMail(messageOrigin, message.Content, isNamed, deliveries);
            foreach (IntakeResult result in results)
                yield return result;
        }

        if (reader.Failure is not null)
            yield return new IntakeResult.Failed(origin, InputFile.ReasonOf(reader.Failure));
    }

    private static IntakeResult OfUnknown(ReportOrigin origin, bool isEmpty)
    {
        string reason = isEmpty ? "is empty" : Unknown;
        return ReportFileNames.PromisesReportOrWrapping(origin.File)
            ? new IntakeResult.Failed(origin, reason) { WasRead = true }
            : new IntakeResult.Skipped(origin, reason);
    }

    /// <summary>What becomes of a result in a folder: what is something else is skipped, what is broken is not.</summary>
    private static IntakeResult SkipOther(IntakeResult result)
    {
        bool isReportByName = ReportFileNames.PromisesReport(result.Origin.File);
        return result switch
        {
            IntakeResult.Found found when !PackedReports.IsLikely(found.Json.Span)
                && !(isReportByName && PackedReports.IsBrokenJson(found.Json.Span)) =>
                new IntakeResult.Skipped(found.Origin, "is JSON, but not a TLS report"),
            IntakeResult.Skipped { Reason: not DmarcReport.Reason } other when isReportByName =>
                new IntakeResult.Failed(other.Origin, other.Reason) { WasRead = true },
            _ => result,
        };
    }
}
