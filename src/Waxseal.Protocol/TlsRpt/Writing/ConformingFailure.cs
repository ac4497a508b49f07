using Waxseal.Protocol.TlsRpt.Forms;

namespace Waxseal.Protocol.TlsRpt.Writing;

/// <summary>Brings one failure detail into the form it is written in.</summary>
internal sealed class ConformingFailure(ReportFaults faults)
{
    public FailureDetail Make(FailureDetail failure, int index)
    {
        faults.EnterFailure(index);
        if (failure.Type == ResultType.Other)
            faults.Add("result-type", "The kind of failure must be one of the standard's.");

        FailureDetail conforming = failure with
        {
            FailedSessions = faults.Count(failure.FailedSessions, "failed-session-count"),
            SendingMtaIp = Address(failure.SendingMtaIp, "sending-mta-ip"),
            ReceivingMxHost = faults.Optional(failure.ReceivingMxHost, "receiving-mx-hostname"),
            ReceivingMxHelo = Helo(failure.ReceivingMxHelo),
            ReceivingIp = Address(failure.ReceivingIp, "receiving-ip"),
            AdditionalInformation = Uri(failure.AdditionalInformation),
            FailureReasonCode = faults.Optional(failure.FailureReasonCode, "failure-reason-code"),
        };
        faults.LeaveFailure();
        return conforming;
    }

    // RFC 8460 §4.4: IPv4 in dotted decimals, IPv6 in the form of RFC 5952 §4.
    private string? Address(string? text, string member)
    {
        if (string.IsNullOrEmpty(text))
            return null;

        if (!AddressText.TryNormalize(text, out string? normal))
            faults.Add(member, "The text is no IP address.");
        return normal;
    }

    // RFC 8460 §4.4: the string announced, which is the name alone (RFC 5321 §4.1.1.1).
    private string? Helo(string? text)
    {
        string? helo = faults.Optional(text, "receiving-mx-helo");
        if (helo is not null && HeloText.TryReduce(helo, out _))
            faults.Add("receiving-mx-helo", "Only the announced name is written, not the whole reply.");
        return helo;
    }

    // RFC 8460 §4.4: a URI of RFC 3986 §3.
    private string? Uri(string? text)
    {
        string? uri = faults.Optional(text, "additional-information");
        if (uri is not null && !UriText.IsUri(uri))
            faults.Add("additional-information", "The text is no URI.");
        return uri;
    }
}
