namespace Waxseal.Protocol.Diagnosis.MailLogs.Servers;

/// <summary>Lines of Exim's main log.</summary>
internal sealed class EximLines(DeliveryLedger ledger)
{
    // What was wrong with a certificate or a handshake, by the message it was found at.
    private readonly Dictionary<string, (KnownText Known, string Text)> _certificates = new(StringComparer.Ordinal);

    // MX hosts that were passed over, the last of each message: a later line tells the recipient, and what became of the mail.
    private readonly Dictionary<string, DeliveryFailure> _passed = new(StringComparer.Ordinal);

    public LineReading Read(LogLine line)
    {
        if (line.Program.Length > 0 && !line.Program.StartsWith("exim", StringComparison.Ordinal))
            return LineReading.Other;

        string text = WithoutProcess(line.Message);
        if (LogText.After(text, "TLS error on connection from ") is { } received)
            return Received(line, text, received);
        string id = IdOf(text);
        if (id.Length == 0)
            return LineReading.Other;

        string rest = text[id.Length..].TrimStart();
        if (rest.Contains("SSL verify error", StringComparison.Ordinal) && KnownTexts.Of(rest) is { } certificate)
        {
            Remember(id, certificate, rest);
            return LineReading.Taken;
        }

        if (rest.StartsWith("DANE attempt failed; ", StringComparison.Ordinal) && KnownTexts.Of(rest) is { } dane)
        {
            Remember(id, dane, rest);
            return LineReading.Taken;
        }

        return rest[..Math.Min(3, rest.Length)] switch
        {
            "== " => Ended(line, id, rest, DeliveryFate.HeldBack),
            "** " => Ended(line, id, rest, DeliveryFate.Returned),
            "=> " or "-> " => Sent(line, id, rest),
            _ => Passed(line, id, rest),
        };
    }

    public void Finish()
    {
        foreach (DeliveryFailure failure in _passed.Values)
            ledger.Add(failure);
        _passed.Clear();
        _certificates.Clear();
    }

    private LineReading Ended(LogLine line, string id, string rest, DeliveryFate fate)
    {
        if (KnownTexts.Of(rest) is not { } known)
            return TlsWords.TellTrouble($"deferred {ReasonOf(rest)}") ? LineReading.Unread : LineReading.Other;

        string text = ReasonOf(rest);
        if (IsVague(known) && _certificates.TryGetValue(id, out (KnownText Known, string Text) before))
            (known, text) = before;
        (string? mxHost, string? mxAddress) = LogText.HostAndAddress(LogText.After(rest, " H="));
        _passed.Remove(id);
        ledger.Add(new DeliveryFailure(known.Fault, text)
        {
            Software = MailSoftware.Exim,
            Observer = line.Host,
            When = line.When,
            PolicyDomain = LogText.DomainOfAddress(rest) ?? "",
            MxHost = mxHost,
            MxAddress = mxAddress,
            Stated = known.Stated,
            Fate = fate,
        });
        return LineReading.Taken;
    }

    private LineReading Sent(LogLine line, string id, string rest)
    {
        _certificates.Remove(id);
        bool wasPassed = _passed.Remove(id, out DeliveryFailure? passed);
        if (wasPassed)
            ledger.Add(passed! with { PolicyDomain = LogText.DomainOfAddress(rest) ?? "", Fate = DeliveryFate.Delivered });
        if (LogText.DomainOfAddress(rest) is not { } domain || LogText.HostAndAddress(LogText.After(rest, " H=")).Host is not { } mxHost)
            return wasPassed ? LineReading.Taken : LineReading.Other;
        ledger.AddSuccess(line.Host, domain, mxHost, line.When);
        return LineReading.Taken;
    }

    // "H=mx [192.0.2.1]: a TLS session is required, ...": this MX host is passed over.
    // "TLS session: (...): delivering unencrypted to H=...": the mail went on, as nothing demanded TLS.
    private LineReading Passed(LogLine line, string id, string rest)
    {
        if (KnownTexts.Of(rest) is not { } known)
            return line.Program.Length == 0 && TlsWords.TellTrouble(rest) ? LineReading.Unread : LineReading.Other;
        if (!rest.StartsWith("H=", StringComparison.Ordinal))
        {
            Remember(id, known, rest);
            return LineReading.Taken;
        }

        string text = ReasonOf(rest);
        if (IsVague(known) && _certificates.TryGetValue(id, out (KnownText Known, string Text) before))
            (known, text) = before;
        if (_passed.Count == DeliveryLimits.Processes)
            Finish();
        (string? mxHost, string? mxAddress) = LogText.HostAndAddress(rest[2..]);
        _passed[id] = new DeliveryFailure(known.Fault, text)
        {
            Software = MailSoftware.Exim,
            Observer = line.Host,
            When = line.When,
            MxHost = mxHost,
            MxAddress = mxAddress,
            Stated = known.Stated,
        };
        return LineReading.Taken;
    }

    private LineReading Received(LogLine line, string text, string client)
    {
        (DeliveryFault fault, Reporters.StatedReason? stated) = TlsAlerts.Of(text);
        (string? host, string? address) = LogText.HostAndAddress(client);
        ledger.Add(new DeliveryFailure(fault, text)
        {
            Source = DeliverySource.ReceiverLog,
            Software = MailSoftware.Exim,
            Observer = line.Host,
            When = line.When,
            Client = host,
            ClientAddress = address,
            Stated = stated,
        });
        return LineReading.Taken;
    }

    private void Remember(string id, KnownText known, string text)
    {
        if (_certificates.Count == DeliveryLimits.Processes)
            _certificates.Clear();
        if (!_certificates.TryGetValue(id, out (KnownText Known, string Text) before) || IsVague(before.Known))
            _certificates[id] = (known, text);
    }

    private static bool IsVague(KnownText known) => known.Stated is null
        && known.Fault is DeliveryFault.CertificateUnverified or DeliveryFault.Handshake or DeliveryFault.StartTlsRefused;

    private static string ReasonOf(string rest) =>
        LogText.After(rest, "]: ") ?? LogText.After(rest, " : ") ?? LogText.After(rest, "): ") ?? rest;

    // "[1234] 10HmaX-000000005vi-0000 == ..." with +pid in log_selector.
    private static string WithoutProcess(string text)
    {
        int close = text.IndexOf("] ", StringComparison.Ordinal);
        return text.StartsWith('[') && close is > 1 and < 12 && text.AsSpan(1, close - 1).ContainsOnlyDigits() ? text[(close + 2)..] : text;
    }

    // exim -bp: 6-6-2 characters, since 4.97 6-11-4.
    private static string IdOf(string text)
    {
        int space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space is not (16 or 23))
            return "";
        string[] parts = text[..space].Split('-');
        return parts.Length == 3 && parts[0].Length == 6 && parts[1].Length is 6 or 11 && parts[2].Length is 2 or 4 && parts.All(part => part.All(char.IsAsciiLetterOrDigit))
            ? text[..space]
            : "";
    }
}
