using Waxseal.Protocol.Diagnosis.Senders;

namespace Waxseal.Answers;

/// <summary>Where a sender fails to get the policy, in words for people.</summary>
internal static class OutlookWords
{
    // What is longer is not said again for each sender in a row.
    private const int Long = 40;

    /// <summary>The step and the reason.</summary>
    /// <param name="sender">A sender that fails at a step.</param>
    /// <param name="above">The sender in the row above, whose reason may be the same.</param>
    public static string Of(SenderOutlook sender, SenderOutlook? above) =>
        $"{InWords(sender.FailsAt!.Value)}: {(sender.Reason.Length > Long && sender.Reason == above?.Reason ? "as above" : sender.Reason.TrimEnd('.'))}";

    private static string InWords(FetchStep step) => step switch
    {
        FetchStep.Record => "TXT record",
        FetchStep.Http => "web server",
        FetchStep.MediaType => "media type",
        FetchStep.Tls => "TLS",
        _ => step.ToString().ToLowerInvariant(),
    };
}
