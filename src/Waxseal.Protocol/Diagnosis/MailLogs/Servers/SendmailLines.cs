namespace Waxseal.Protocol.Diagnosis.MailLogs.Servers;

/// <summary>Lines of Sendmail.</summary>
internal sealed class SendmailLines(DeliveryLedger ledger)
{
    // What the TLS library said, by process: a later line tells the recipient, and what became of the mail.
    private readonly Dictionary<string, DeliveryFailure> _handshakes = new(StringComparer.Ordinal);

    public LineReading Read(LogLine line)
    {
        if (line.Program is not ("" or "sendmail" or "sm-mta"))
            return LineReading.Other;

        string text = line.Message;
        if (LogText.After(text, "STARTTLS=server, error: accept failed") is { } accept)
            return Received(line, text, accept);
        string process = $"{line.Host} {line.Process}";
        if (LogText.After(text, "STARTTLS=client, error: connect failed") is { } connect)
            return Failed(line, process, connect);
        if (text.StartsWith("STARTTLS=client, ", StringComparison.Ordinal) || text.StartsWith("ruleset=tls_server, ", StringComparison.Ordinal))
            return LineReading.Taken;
        if (LogText.After(text, ", stat=") is not { } status || LogText.Between(text, ": to=", ", ") is not { } recipient || LogText.DomainOfAddress(recipient) is not { } domain)
            return LineReading.Other;

        _handshakes.Remove(process, out DeliveryFailure? handshake);
        (string? mxHost, string? mxAddress) = LogText.HostAndAddress(LogText.Between(text, ", relay=", ", "));
        if (status.StartsWith("Sent", StringComparison.Ordinal))
        {
            if (mxHost is null)
                return LineReading.Other;
            ledger.AddSuccess(line.Host, domain, mxHost, line.When);
            return LineReading.Taken;
        }

        if (KnownTexts.Of(status) is not { } known)
            return TlsWords.TellTrouble($"deferred {status}") ? LineReading.Unread : LineReading.Other;
        bool isSharper = known is { Fault: DeliveryFault.Handshake, Stated: null } && handshake is not null;
        ledger.Add((isSharper ? handshake! : new DeliveryFailure(known.Fault, status) { Stated = known.Stated }) with
        {
            Software = MailSoftware.Sendmail,
            Observer = line.Host,
            When = line.When,
            PolicyDomain = domain,
            MxHost = mxHost,
            MxAddress = mxAddress,
            Status = LogText.Between(text, ", dsn=", ","),
            Fate = status.StartsWith("Deferred", StringComparison.Ordinal) ? DeliveryFate.HeldBack : DeliveryFate.Returned,
        });
        return LineReading.Taken;
    }

    /// <summary>Tells that there are no more lines: what no later line explains is counted as it stands.</summary>
    public void Finish()
    {
        foreach (DeliveryFailure failure in _handshakes.Values)
            ledger.Add(failure);
        _handshakes.Clear();
    }

    private LineReading Failed(LogLine line, string process, string connect)
    {
        if (_handshakes.Count == DeliveryLimits.Processes)
            Finish();
        string reason = LogText.Between(connect, "reason=", ",") ?? LogText.After(connect, "reason=") ?? connect;
        KnownText known = KnownTexts.OfHandshake(reason);
        (string? mxHost, string? mxAddress) = LogText.HostAndAddress(LogText.After(connect, "relay="));
        _handshakes[process] = new DeliveryFailure(known.Fault, line.Message)
        {
            Software = MailSoftware.Sendmail,
            Observer = line.Host,
            When = line.When,
            MxHost = mxHost,
            MxAddress = mxAddress,
            Stated = known.Stated,
        };
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
