using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.MailLogs;
using Waxseal.Protocol.Diagnosis.Weighing;

namespace Waxseal.Protocol.Diagnosis.Deliveries;

/// <summary>What to do, what would decide, and how to know that it is mended, for whoever has the log or the bounce.</summary>
internal static class DeliveryAdvice
{
    private const string OfMxLog = "Read the MX log";
    private const double WorthARemedy = 0.05;
    private const int MostRemedies = 5;
    private const int MostObservations = 5;

    public static ImmutableArray<string> Actions(DeliveryCase delivery, Ranking ranking)
    {
        IEnumerable<string> remedies = ranking.Causes
            .Where(ranked => ranked.Share >= WorthARemedy && IsForReader(delivery, ranked.Cause))
            .GroupBy(ranked => ranked.Cause.Fix)
            .Take(MostRemedies)
            .Select(remedy => $"[{string.Join(", ", remedy.Select(ranked => ranked.Cause.Id))}] {Whose(delivery, remedy.First().Cause)}{remedy.Key}{Paste(delivery, remedy.First().Cause)}");
        return [.. First(delivery).Concat(remedies)];
    }

    public static ImmutableArray<string> Observations(DeliveryCase delivery, Ranking ranking) =>
    [
        .. Look(delivery).Concat(ranking.Causes.Where(ranked => ranked.Share >= WorthARemedy && !(delivery.IsReceiving && ranked.Cause.Decides.StartsWith("The MX log", StringComparison.Ordinal)))
            .Select(ranked => $"[{ranked.Cause.Id}] {ranked.Cause.Decides}")).Distinct().Take(MostObservations),
    ];

    public static string MendedWhen(DeliveryCase delivery)
    {
        if (delivery.IsOver)
            return "A later delivery went well: by the log it is over.";
        if (delivery is { IsReceiving: true, Family: FaultFamily.OwnSettings })
            return "The mail server starts without such a line, and a session from outside gets STARTTLS.";
        if (delivery.IsReceiving)
            return "The next session of the same sender ends without such a line.";

        string domain = DeliveryWords.Domain(delivery);
        // postqueue -s would try one domain alone, and only where fast_flush_domains lists it.
        string queue = delivery is { First.Software: MailSoftware.Postfix, HeldBack: > 0 }
            ? " All that waits in the queue of Postfix is tried at once by `postqueue -f`."
            : "";
        return delivery.First.Source == DeliverySource.Bounce
            ? $"A new mail to {domain} does not come back."
            : $"The next delivery {(delivery.IsRelayHost ? "by way of your relay host" : "to")} {(delivery.PolicyDomains.Length > 1 ? "these policy domains" : domain)} goes well in the log.{queue}";
    }

    // The fault lies with the one who gets the mail, and the reader may be either.
    private static IEnumerable<string> First(DeliveryCase delivery)
    {
        if (delivery.IsReceiving || delivery.IsOwn)
            yield break;
        if (delivery.IsRelayHost)
        {
            // RFC 6409 §3.1: submission is between this mail server and its provider.
            yield return $"Ask those who run your relay host {DeliveryWords.Domain(delivery)}, and send them the words above: mail from here goes to it first. "
                + "The fault lies there or here, not with the domains of the recipients.";
            yield break;
        }

        yield return $"If {DeliveryWords.Domain(delivery)} is not yours, tell those who run it, and send them the words above. A mail from here meets the same fault, so "
            + "call, or write from another mail system. What follows is then for them to do, unless it says otherwise.";
    }

    // What the policy domain cannot mend about a sender is no advice to a reader who may be that sender; and to read the log of the MX
    // host is none to whoever has just done so.
    private static bool IsForReader(DeliveryCase delivery, Cause cause) =>
        (cause.Side != Side.Reporter || cause.Layer == Layer.Reporter) && !(delivery.IsReceiving && cause.Fix.StartsWith(OfMxLog, StringComparison.Ordinal));

    private static string Whose(DeliveryCase delivery, Cause cause) =>
        !delivery.IsReceiving && !delivery.IsOwn && cause.Side == Side.Reporter ? "At the sender: " : "";

    private static IEnumerable<string> Look(DeliveryCase delivery)
    {
        if (delivery is { IsReceiving: false, IsOwn: false, IsRelayHost: false, PolicyDomain.Length: > 0 })
            yield return $"`waxseal check {DeliveryWords.Domain(delivery)}` looks at its records, its policy and each of its MX hosts now.";
    }

    // Lines for Postfix are no help to whoever has the log of another mail server.
    private static string Paste(DeliveryCase delivery, Cause cause) => cause.Paste is { } paste && !(IsOfOther(delivery.First.Software) && paste.StartsWith("# Postfix", StringComparison.Ordinal))
        ? $"\n{paste}"
        : "";

    private static bool IsOfOther(MailSoftware software) => software is MailSoftware.Exim or MailSoftware.Sendmail or MailSoftware.OpenSmtpd or MailSoftware.Stalwart;
}
