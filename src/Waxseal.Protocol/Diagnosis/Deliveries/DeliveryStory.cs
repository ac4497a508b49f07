using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.MailLogs;
using Waxseal.Protocol.Diagnosis.Wording;
using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.TlsRpt;

namespace Waxseal.Protocol.Diagnosis.Deliveries;

/// <summary>What happened, what it did to mail, and what follows from the lines by themselves.</summary>
internal static class DeliveryStory
{
    // Lines older than this speak of the past.
    private const int DaysOfNews = 3;
    private const int MostWords = 2;

    public static string Happened(DeliveryCase delivery) => $"{Counted(delivery)}{Hosts(delivery)} {Words(delivery)}{Amounts(delivery)}";

    public static (Severity Severity, string InShort, string Text) Effect(DeliveryCase delivery)
    {
        if (delivery.IsReceiving)
            return OnReceiving(delivery);

        List<string> parts = [];
        if (delivery.HeldBack > 0)
            parts.Add($"After {Times(delivery.HeldBack, delivery.Attempts)} the mail was held back: it waits in the queue and is tried again, for days, before it is returned.");
        if (delivery.Returned > 0)
            parts.Add($"After {Times(delivery.Returned, delivery.Attempts)} the mail was given up and returned to its author.");
        if (delivery.Delivered > 0)
            parts.Add($"After {Times(delivery.Delivered, delivery.Attempts)} another MX host took the mail.");
        bool isTold = parts.Count > 0;
        if (!isTold)
            parts.Add("What became of the mail the lines do not tell. A sender that demands TLS holds it back, and one that does not goes on.");
        return delivery switch
        {
            _ when isTold && delivery.HeldBack + delivery.Returned == 0 => (Severity.Warning, "Another MX host took the mail.", string.Join(' ', parts)),
            { Returned: > 0 } => (Severity.Error, "Mail was returned.", string.Join(' ', parts)),
            { HeldBack: > 0 } => (Severity.Error, "Mail is held back.", string.Join(' ', parts)),
            _ => (Severity.Error, "Mail may have been held back.", string.Join(' ', parts)),
        };
    }

    public static (State State, string InWords) Standing(DeliveryCase delivery)
    {
        if (delivery.IsOver && delivery.LastSuccess is { } success)
            return (State.Over, $"over: a delivery {Phrase.Time(success)} went well");
        return delivery.Days switch
        {
            [] => (State.Unknown, "no day is told"),
            [var day] => (State.Unknown, $"seen on {Phrase.Day(day)} alone; no later delivery that went well is here"),
            [.., var last] => (State.Lasting, $"lasting, as far as is known: seen on {Phrase.Number(delivery.Days.Length)} days, the last {Phrase.Day(last)}"),
        };
    }

    /// <summary>What the lines prove by themselves.</summary>
    public static ImmutableArray<Reading> Readings(DeliveryCase delivery, DateOnly today) =>
    [
        .. new[]
        {
            delivery is { IsReceiving: false, Attempts: > 1 }
                ? new Reading("LR1", "A line counts an attempt, and a mail that is tried again counts again: these need not be so many mails.")
                : null,
            WhoseFault(delivery),
            delivery.Successes > 0 && !delivery.IsReceiving
                ? new("LR3", $"{(delivery.Successes == 1 ? "1 other delivery" : $"{Phrase.Number(delivery.Successes)} other deliveries")} to {DeliveryWords.Domain(delivery)} went well in the same log.")
                : null,
            delivery.IsReceiving && delivery.Family != FaultFamily.OwnSettings && delivery.Fault != DeliveryFault.BrokenOff
                ? new("LR4", "Where the line names an alert, it is the word of the other end: a sender tells so what it found (RFC 8446 §6.2).")
                : null,
            delivery is { IsReceiving: false, Fault: DeliveryFault.CertificateUnverified, First.Software: MailSoftware.Postfix }
                ? new("LR5", "Postfix says here that the certificate does not hold, and not why; with smtp_tls_loglevel = 1 it writes the reason in the line before.")
                : null,
            delivery.Days is [.., var last] && today.DayNumber - last.DayNumber > DaysOfNews
                ? new("LR6", $"The newest of these lines is {Phrase.Number(today.DayNumber - last.DayNumber)} days old. How things stand today they cannot say.")
                : null,
        }.OfType<Reading>(),
    ];

    // Whoever reads the log of a sender sees what is wrong elsewhere, as a rule.
    private static Reading? WhoseFault(DeliveryCase delivery) => delivery switch
    {
        { IsReceiving: true } => null,
        { IsTrustStore: true } => new("LR2", $"{Phrase.Number(delivery.PolicyDomains.Length)} policy domains that have nothing to do with each other fail in the same way, and each would have to be "
            + "at fault. What they have in common is this sender."),
        { Family: FaultFamily.OwnSettings } => new("LR2", "The sending MTA speaks of itself here: no MX host was asked yet."),
        { IsRelayHost: true } => new("LR2", $"The lines tell what the sender saw of its relay host, which takes the mail for all domains (RFC 6409): the domains of the recipients have no part in it."),
        _ => new("LR2", $"The lines tell what the sender saw of {DeliveryWords.Domain(delivery)}, and only that."),
    };

    private static (Severity Severity, string InShort, string Text) OnReceiving(DeliveryCase delivery) => delivery switch
    {
        { Family: FaultFamily.OwnSettings } => (Severity.Error, "Senders that demand TLS deliver no mail.", "Senders that demand TLS, by a policy or by TLSA records, deliver nothing while it is so; all others deliver in clear text."),
        { Provider: not null } => (Severity.Error, "Mail may have been held back.", $"{delivery.Provider} delivers nothing in such a session: it tries again later, or returns the mail. Whether a later session took it these lines do not tell."),
        _ when IsAlertOfCertificate(delivery) => (Severity.Error, "Mail may have been held back.",
            "A sender that refuses the certificate delivers nothing in that session. Whether it tries again without TLS, or holds the mail back, these lines do not tell."),
        _ => (Severity.Info, "Often no mail is touched.", "Many such hosts are no senders of mail but programs that search the net, and old ones. A sender among them tries again without TLS, or holds the mail back."),
    };

    private static bool IsAlertOfCertificate(DeliveryCase delivery) =>
        delivery.Fault is DeliveryFault.CertificateExpired or DeliveryFault.CertificateUntrusted or DeliveryFault.CertificateUnverified;

    private static string Counted(DeliveryCase delivery)
    {
        string who = DeliveryWords.Capital(DeliveryWords.Observers(delivery));
        string count = DeliveryWords.Attempts(delivery.Attempts);
        string tells = delivery.Groups.Select(group => DeliveryWords.Observer(group.First)).Distinct().Count() > 1 ? "tell" : "tells";
        if (delivery.IsReceiving)
        {
            return delivery.Family == FaultFamily.OwnSettings
                ? $"{who} {tells} {DeliveryWords.On(delivery).TrimStart()} that the mail server came up without TLS.".Replace("  ", " ", StringComparison.Ordinal)
                : $"{who} {tells} of {(delivery.Attempts == 1 ? "1 session" : Phrase.Sessions(delivery.Attempts))} that failed in the TLS handshake{DeliveryWords.On(delivery)}.";
        }

        string where = delivery.PolicyDomains.Length > 1 ? Phrase.List(delivery.PolicyDomains) : DeliveryWords.Domain(delivery);
        return $"{who} {tells} of {count} to deliver {(delivery.IsRelayHost ? "by way of your relay host" : "to")} {where}{DeliveryWords.On(delivery)}.";
    }

    private static string Hosts(DeliveryCase delivery)
    {
        ImmutableArray<string> names = delivery.IsReceiving
            ? [.. delivery.Groups.SelectMany(group => group.Clients).Distinct()]
            : delivery.MxHosts;
        return names.IsEmpty ? "" : $" {(delivery.IsReceiving ? "At the other end" : delivery.IsRelayHost ? "Relay host" : names.Length > 1 ? "MX hosts" : "MX host")}: {Phrase.List([.. names.Select(QuotedText.OneLineName)])}.";
    }

    private static string Words(DeliveryCase delivery)
    {
        IEnumerable<string> said = delivery.Groups.Select(group => QuotedText.OneLineOfLog(group.First.Text)).Where(text => text.Length > 0).Distinct().Take(MostWords);
        return $"In its words: {string.Join("; ", said.Select(text => $"\"{text}\""))}.";
    }

    // No report tells of sessions with a relay host.
    private static string Amounts(DeliveryCase delivery) =>
        !delivery.IsRelayHost && delivery.Groups.Select(group => group.First.ResultType).OfType<ResultType>().Distinct().ToArray() is [var only]
            ? $" A TLS report would call this {only.ToWord()} (RFC 8460 §4.3)."
            : "";

    private static string Times(long count, long all) => count == all ? all == 1 ? "it" : "each of them" : $"{Phrase.Number(count)} of them";
}
