using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.MailLogs;
using Waxseal.Protocol.Diagnosis.Reporters;
using Waxseal.Protocol.Diagnosis.Wording;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Diagnosis.Deliveries;

/// <summary>Turns the names, days and counts of a case into words.</summary>
internal static class DeliveryWords
{
    private const string Unnamed = "the recipient's domain";

    /// <summary>Who tells of a delivery: "log of mail.example.net", "bounce of Exchange Online", "notice".</summary>
    public static string Observer(DeliveryFailure failure)
    {
        // The codes of Exchange Online are known from bounces; another bare sentence may be anybody's.
        string what = failure.Source != DeliverySource.Bounce ? "log"
            : failure.Observer.Length > 0 || failure.Software == MailSoftware.ExchangeOnline ? "bounce" : "notice";
        string whose = failure.Observer.Length > 0 ? QuotedText.OneLineName(failure.Observer) : failure.Software.Name();
        return whose.Length > 0 ? $"{what} of {whose}" : what == "log" ? "mail log" : what;
    }

    public static string Observers(DeliveryCase delivery) =>
        Phrase.List([.. delivery.Groups.Select(group => $"the {Observer(group.First)}").Distinct()]);

    public static string Capital(string text) => text.Length == 0 ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    /// <summary>The policy domain to put into a sentence; the MX host, where only that is told.</summary>
    public static string Domain(DeliveryCase delivery) =>
        delivery.PolicyDomain.Length > 0 ? QuotedText.OneLineName(delivery.PolicyDomain) : delivery.MxHosts is [var only] ? QuotedText.OneLineName(only) : Unnamed;

    public static string Days(ImmutableArray<DateOnly> days) =>
        days is [.., var last] && days.Length > 1 ? $"{Phrase.Number(days.Length)} days from {Phrase.Day(days[0])} to {Phrase.Day(last)}" : Phrase.Day(days[0]);

    /// <summary>" on 2026-11-27 (UTC)"; nothing where no day is told.</summary>
    public static string On(DeliveryCase delivery) => delivery.Days.IsEmpty ? "" : $" on {Days(delivery.Days)} (UTC)";

    public static string Attempts(long count) => count == 1 ? "1 failed attempt" : $"{Phrase.Number(count)} failed attempts";

    public static string Title(DeliveryCase delivery) => ForRelayHost(delivery, TitleOfMxHost(delivery));

    /// <summary>A text about the MX host, as it reads where a relay host stands in its place.</summary>
    public static string ForRelayHost(DeliveryCase delivery, string text) => delivery.IsRelayHost
        ? text.Replace("the MX host", "your relay host", StringComparison.Ordinal).Replace("The MX host", "Your relay host", StringComparison.Ordinal)
        : text;

    private static string TitleOfMxHost(DeliveryCase delivery) => delivery switch
    {
        { IsReceiving: true } => ReceivingTitle(delivery),
        { IsTrustStore: true } => $"the sending MTA trusts no issuer of {Phrase.Number(delivery.PolicyDomains.Length)} policy domains",
        { Family: FaultFamily.OwnSettings } => "the sending MTA cannot do TLS as it is set up",
        { Fault: DeliveryFault.StartTlsRefused } => "the MX host refuses STARTTLS",
        { Family: FaultFamily.StartTls } => "the MX host does not offer STARTTLS",
        { Family: FaultFamily.MxCertificateName } => "the certificate of the MX host is for another name",
        { Family: FaultFamily.MxCertificateExpired } => "the certificate of the MX host has expired",
        { Family: FaultFamily.MxCertificateUntrusted } => "the certificate of the MX host is not trusted",
        { Fault: DeliveryFault.CertificateUnverified } => "the certificate of the MX host does not hold",
        { Family: FaultFamily.MxHandshake } => "TLS with the MX host fails",
        { Fault: DeliveryFault.TlsaUnusable } => "no TLSA record of the MX host can be used",
        { Family: FaultFamily.Tlsa } => "the certificate of the MX host matches no TLSA record",
        { Family: FaultFamily.Dnssec } => "the TLSA records of the MX host cannot be looked up",
        { Family: FaultFamily.DaneRequired } => "the sending MTA demands DANE, and there is none",
        { Family: FaultFamily.MxNotInPolicy } => "an MX host is not in the policy",
        _ => "the MTA-STS policy could not be obtained",
    };

    private static string ReceivingTitle(DeliveryCase delivery)
    {
        string mxHost = delivery.First.Observer.Length > 0 ? QuotedText.OneLineName(delivery.First.Observer) : "the MX host";
        string who = delivery.Provider ?? "a host";
        return delivery switch
        {
            { Family: FaultFamily.OwnSettings } => $"{mxHost} cannot do TLS as it is set up",
            { Fault: DeliveryFault.CertificateExpired } => $"senders say that the certificate of {mxHost} has expired",
            { Fault: DeliveryFault.CertificateUntrusted or DeliveryFault.CertificateUnverified } => $"senders refuse the certificate of {mxHost}",
            { Fault: DeliveryFault.BrokenOff } => $"{who} breaks off the TLS handshake with {mxHost}",
            _ when delivery.States(StatedReason.NoCommonTls) => $"hosts share no TLS version or cipher with {mxHost}",
            _ => $"the TLS handshake of hosts with {mxHost} fails",
        };
    }
}
