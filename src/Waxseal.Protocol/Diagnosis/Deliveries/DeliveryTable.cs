using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.MailLogs;
using Waxseal.Protocol.Diagnosis.Reporters;

namespace Waxseal.Protocol.Diagnosis.Deliveries;

/// <summary>The decision table for what logs and bounces tell; of the rows that fit, the first counts.</summary>
internal static class DeliveryTable
{
    // Any session may break off once or twice.
    private const int SessionsOfPattern = 3;

    /// <summary>All rows.</summary>
    public static ImmutableArray<DeliveryRow> Rows { get; } =
    [
        // The receiving MX host.
        Receiving("mx-cannot", "the MX host says itself that it cannot do TLS", c => c.Family == FaultFamily.OwnSettings, [("K04", .65), ("K01", .25)]),
        Receiving("mx-microsoft-breaks-off", "hosts of Microsoft break off the handshake without a word", c => IsMicrosoft(c) && c.Attempts >= SessionsOfPattern,
            [("K13", .7), ("K22", .1), ("K12", .05)]),
        Receiving("mx-microsoft-breaks-off-once", "hosts of Microsoft broke off the handshake without a word, in so few sessions that it may be chance", IsMicrosoft,
            [("K13", .25), ("K22", .2), ("K12", .05)]),
        Receiving("mx-google-breaks-off", "hosts of Google break off the handshake without a word", c => c.Fault == DeliveryFault.BrokenOff && c.Provider is not null,
            [("K05", .2), ("K07", .15), ("K22", .2), ("K12", .15)]),
        Receiving("mx-refused-expired", "senders say in their alert that the certificate has expired", c => c.Fault == DeliveryFault.CertificateExpired, [("K06", .65), ("K11", .25)]),
        Receiving("mx-refused-untrusted", "senders say in their alert that they do not know the issuer", c => c.Fault == DeliveryFault.CertificateUntrusted, [("K08", .45), ("K07", .35), ("K16", .1)]),
        Receiving("mx-refused", "senders refuse the certificate in their alert, and do not say why", c => c.Fault == DeliveryFault.CertificateUnverified,
            [("K07", .25), ("K08", .25), ("K05", .2), ("L01", .1)]),
        Receiving("mx-no-common-tls", "hosts and the MX host share no TLS version or cipher", c => c.States(StatedReason.NoCommonTls), [("K12", .3)]),
        Receiving("mx-breaks-off", "hosts break off the handshake without a word", c => c.Fault == DeliveryFault.BrokenOff, [("K22", .15), ("K15", .1)]),
        Receiving("mx-handshake", "the handshake fails, in words that are not known", _ => true, [("K22", .3), ("K12", .2)]),

        // The sender itself.
        Row("sender-trust-store", "many policy domains fail alike at this sender, for want of an issuer that it trusts", c => c.IsTrustStore, [("N07", .85)]),
        Row("sender-engine", "the sender says that its TLS engine is not available", c => c.Family == FaultFamily.OwnSettings && Says(c, "engine"), [("N10", .85)]),
        Row("sender-attribute", "the sender's policy table gives an attribute that the sender does not know", c => c.Family == FaultFamily.OwnSettings && Says(c, "invalid attribute"), [("N08", .85)]),
        Row("sender-policy-table", "the sender cannot use what its policy table answers, and the lines do not say why", c => c.Family == FaultFamily.OwnSettings,
            [("N08", .4), ("N10", .15), ("H05", .15)]),

        // STARTTLS.
        Row("starttls-refused", "the MX host offers STARTTLS and refuses it", c => c.Fault == DeliveryFault.StartTlsRefused, [("K04", .8)]),
        Row("starttls-some", "some deliveries to the same MX host go well", c => c.Family == FaultFamily.StartTls && c.SuccessesAtMxHost > 0, [("K03", .45), ("K02", .15), ("K01", .1)]),
        Row("starttls", "the MX host does not offer STARTTLS to this sender", c => c.Family == FaultFamily.StartTls, [("K01", .5), ("K02", .25), ("K03", .1)]),

        // Certificates.
        Row("name-some", "the certificate has the wrong name in some of the deliveries to the same MX host", c => c.Family == FaultFamily.MxCertificateName && c.SuccessesAtMxHost > 0,
            [("K10", .45), ("K14", .15), ("K05", .25)]),
        Row("name", "the sender finds the wrong name in the certificate", c => c.Family == FaultFamily.MxCertificateName, [("K05", .6), ("K23", .12), ("K16", .08), ("K09", .08)]),
        Row("expired", "the sender says that the certificate has expired", c => c.Family == FaultFamily.MxCertificateExpired, [("K06", .65), ("K11", .25)]),
        Row("self-signed", "the sender says that the certificate is self-signed", c => c.Family == FaultFamily.MxCertificateUntrusted && c.States(StatedReason.CertificateSelfSigned), [("K07", .7), ("K16", .2)]),
        Row("chain", "the sender says that a certificate of the chain breaks a rule", c => c.Family == FaultFamily.MxCertificateUntrusted && c.States(StatedReason.ChainInvalid), [("K24", .8)]),
        Row("untrusted", "the sender knows no issuer of the certificate that it trusts", c => c.Family == FaultFamily.MxCertificateUntrusted, [("K08", .4), ("K07", .25), ("N07", .2)]),

        // DANE.
        Row("tlsa-some", "some deliveries to the same MX host match its TLSA records", c => c.Fault == DeliveryFault.TlsaMismatch && c.SuccessesAtMxHost > 0, [("L16", .3), ("L21", .15), ("L17", .15), ("L01", .2)]),
        Row("tlsa", "the sender finds no TLSA record that the certificate matches", c => c.Fault == DeliveryFault.TlsaMismatch, [("L01", .5), ("L06", .12), ("L04", .12), ("L16", .08), ("L20", .04)]),
        Row("tlsa-unusable", "the sender can use none of the TLSA records", c => c.Family == FaultFamily.Tlsa, [("L05", .4), ("L28", .15), ("L27", .05), ("L26", .05), ("L25", .05), ("L07", .1)]),
        Row("tlsa-lookup", "the sender gets no answer about the TLSA records that holds", c => c.Family == FaultFamily.Dnssec, [("L10", .25), ("L13", .2), ("L14", .15), ("L11", .15), ("L12", .1)]),
        Row("dane-required", "the sender demands DANE and finds none", c => c.Family == FaultFamily.DaneRequired, [("L22", .45), ("L15", .2), ("L08", .1), ("L09", .1)]),

        // The policy.
        Row("mx-not-in-policy", "the sender finds an MX host that its copy of the policy does not list", c => c.Family == FaultFamily.MxNotInPolicy,
            [("J01", .45), ("C09", .2), ("A12", .1), ("J06", .1)]),
        Row("policy-grammar", "the sender cannot use the policy as it is written", c => c.Fault == DeliveryFault.PolicyInvalid, [("H05", .45), ("H01", .3), ("G09", .1)]),
        Row("policy-certificate", "the sender finds a certificate of the policy host that does not hold", c => c.Fault == DeliveryFault.PolicyHostCertificate, [("F04", .25), ("F01", .25), ("F02", .2), ("F03", .1)]),
        Row("policy-fetch", "the sender could not fetch the policy", c => c.Family == FaultFamily.PolicyNotObtained, [("G01", .15), ("B01", .12), ("D03", .08)]),

        // The handshake.
        Row("handshake-microsoft", "Exchange Online gives up the handshake and says Renegotiate", c => c.Fault == DeliveryFault.BrokenOff, [("K13", .75), ("K22", .1)]),
        Row("handshake-no-common-tls", "the sender and the MX host share no TLS version or cipher", c => c.Family == FaultFamily.MxHandshake && c.States(StatedReason.NoCommonTls), [("K12", .75)]),
        Row("handshake", "the handshake fails, and the lines do not say why", c => c.Fault == DeliveryFault.Handshake, [("K22", .25), ("K12", .2), ("K15", .15), ("K04", .05)]),
        Row("unverified", "the sender says no more than that the certificate does not hold", _ => true, [("K05", .3), ("K08", .2), ("K07", .12), ("L01", .15)]),
    ];

    private static DeliveryRow Row(string id, string pattern, Func<DeliveryCase, bool> fits, ImmutableArray<(string CauseId, double Share)> starts) =>
        new($"log-{id}", pattern, c => !c.IsReceiving && fits(c), starts);

    private static DeliveryRow Receiving(string id, string pattern, Func<DeliveryCase, bool> fits, ImmutableArray<(string CauseId, double Share)> starts) =>
        new($"log-{id}", pattern, c => c.IsReceiving && fits(c), starts);

    private static bool IsMicrosoft(DeliveryCase delivery) => delivery.Fault == DeliveryFault.BrokenOff && delivery.Provider == MailProviders.Microsoft;

    private static bool Says(DeliveryCase delivery, string words) =>
        delivery.Groups.Any(group => group.First.Text.Contains(words, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A row of the table.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Pattern">The pattern in words, to follow "because".</param>
/// <param name="Fits">Whether a case shows it.</param>
/// <param name="Starts">Share of each cause; what is missing to 1 stays open.</param>
internal sealed record DeliveryRow(string Id, string Pattern, Func<DeliveryCase, bool> Fits, ImmutableArray<(string CauseId, double Share)> Starts)
{
    private const double SmallestRest = 0.1;

    public double Rest => Math.Max(SmallestRest, 1 - Starts.Sum(start => start.Share));
}
