namespace Waxseal.Protocol.Diagnosis.MailLogs.Servers;

/// <summary>Lines of Postfix as a receiving MX host. What the TLS library said follows the line that names the host at the other end.</summary>
internal sealed class PostfixReceiver(DeliveryLedger ledger)
{
    private readonly Dictionary<string, DeliveryFailure> _waiting = new(StringComparer.Ordinal);

    public LineReading Read(LogLine line)
    {
        if (line.Program.Length > 0 && !(line.Program.StartsWith("postfix", StringComparison.Ordinal) && line.Program.EndsWith("smtpd", StringComparison.Ordinal)))
            return LineReading.Other;

        // Clients of submission are no MTAs.
        bool isSubmission = line.Program.Contains("submission", StringComparison.Ordinal) || line.Program.Contains("smtps", StringComparison.Ordinal);
        string text = line.Message;
        string key = $"{line.Host} {line.Process}";
        if (LogText.After(text, "SSL_accept error from ") is { } accept)
            return isSubmission ? LineReading.Taken : Wait(line, key, accept, TlsAlerts.Of(accept.Split("]:")[^1]));
        if (text.StartsWith("warning: TLS library problem: ", StringComparison.Ordinal))
            return isSubmission || Sharpen(key, text) ? LineReading.Taken : LineReading.Other;
        if (LogText.After(text, "lost connection after STARTTLS from ") is { } lost)
            return isSubmission || _waiting.ContainsKey(key) ? LineReading.Taken : Wait(line, key, lost, (DeliveryFault.BrokenOff, null));
        if (text.StartsWith("disconnect from ", StringComparison.Ordinal) || text.StartsWith("connect from ", StringComparison.Ordinal))
            return Release(key) ? LineReading.Taken : LineReading.Other;
        if (text.Contains("disabling TLS support", StringComparison.Ordinal) && line.Program.Length > 0)
        {
            ledger.Add(new DeliveryFailure(DeliveryFault.OwnSettings, text) { Source = DeliverySource.ReceiverLog, Software = MailSoftware.Postfix, Observer = line.Host, When = line.When });
            return LineReading.Taken;
        }

        return LineReading.Other;
    }

    public void Finish()
    {
        foreach (DeliveryFailure failure in _waiting.Values)
            ledger.Add(failure);
        _waiting.Clear();
    }

    private LineReading Wait(LogLine line, string key, string client, (DeliveryFault Fault, Reporters.StatedReason? Stated) what)
    {
        if (_waiting.Count == DeliveryLimits.Processes)
            Finish();
        Release(key);
        (string? host, string? address) = LogText.HostAndAddress(client);
        _waiting[key] = new DeliveryFailure(what.Fault, line.Message)
        {
            Source = DeliverySource.ReceiverLog,
            Software = MailSoftware.Postfix,
            Observer = line.Host,
            When = line.When,
            Client = host,
            ClientAddress = address,
            Stated = what.Stated,
        };
        return LineReading.Taken;
    }

    private bool Sharpen(string key, string text)
    {
        if (!_waiting.TryGetValue(key, out DeliveryFailure? failure))
            return false;
        (DeliveryFault fault, Reporters.StatedReason? stated) = TlsAlerts.Of(text);
        _waiting[key] = failure with { Fault = fault, Stated = stated, Text = LogText.After(text, "TLS library problem: ") ?? text };
        return true;
    }

    private bool Release(string key)
    {
        if (!_waiting.Remove(key, out DeliveryFailure? failure))
            return false;
        ledger.Add(failure);
        return true;
    }
}
