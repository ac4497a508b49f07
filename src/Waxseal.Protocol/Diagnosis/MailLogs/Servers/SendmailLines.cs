namespace Waxseal.Protocol.Diagnosis.MailLogs.Servers;

/// <summary>Lines of Sendmail.</summary>
internal sealed class SendmailLines(DeliveryLedger ledger)
{
    public LineReading Read(LogLine line)
    {
        if (line.Program is not ("" or "sendmail" or "sm-mta"))
            return LineReading.Other;

        string text = line.Message;
        if (LogText.After(text, "STARTTLS=server, error: accept failed") is { } accept)
            return Received(line, text, accept);
        if (text.StartsWith("STARTTLS=client, ", StringComparison.Ordinal) || text.StartsWith("ruleset=tls_server, ", StringComparison.Ordinal))
            return LineReading.Taken;
        if (LogText.After(text, ", stat=") is not { } status || LogText.Between(text, ": to=", ", ") is not { } recipient || LogText.DomainOfAddress(recipient) is not { } domain)
            return LineReading.Other;

        (string? mxHost, string? mxAddress) = LogText.HostAndAddress(LogText.Between(text, ", relay=", ", "));
        if (status.StartsWith("Sent", StringComparison.Ordinal))
        {
            if (mxHost is null)
                return LineReading.Other;
            ledger.AddSuccess(line.Host, domain, mxHost, line.When);
            return LineReading.Taken;
        }

        if (KnownTexts.Of(status) is not { } known)
            return TlsWords.TellTrouble(status) ? LineReading.Unread : LineReading.Other;
        ledger.Add(new DeliveryFailure(known.Fault, status)
        {
            Software = MailSoftware.Sendmail,
            Observer = line.Host,
            When = line.When,
            PolicyDomain = domain,
            MxHost = mxHost,
            MxAddress = mxAddress,
            Status = LogText.Between(text, ", dsn=", ","),
            Stated = known.Stated,
            Fate = status.StartsWith("Deferred", StringComparison.Ordinal) ? DeliveryFate.HeldBack : DeliveryFate.Returned,
        });
        return LineReading.Taken;
    }

    private LineReading Received(LogLine line, string text, string accept)
    {
        (DeliveryFault fault, Reporters.StatedReason? stated) = TlsAlerts.Of(LogText.Between(accept, "reason=", ",") ?? accept);
        (string? host, string? address) = LogText.HostAndAddress(LogText.After(accept, "relay="));
        ledger.Add(new DeliveryFailure(fault, text)
        {
            Source = DeliverySource.ReceiverLog,
            Software = MailSoftware.Sendmail,
            Observer = line.Host,
            When = line.When,
            Client = host,
            ClientAddress = address,
            Stated = stated,
        });
        return LineReading.Taken;
    }
}
