namespace Waxseal.Protocol.Diagnosis.MailLogs.Servers;

/// <summary>Lines of OpenSMTPD.</summary>
internal sealed class OpenSmtpdLines(DeliveryLedger ledger)
{
    public LineReading Read(LogLine line)
    {
        if (line.Program is not ("" or "smtpd") || LogText.After(line.Message, " mta delivery ") is not { } delivery || LogText.Between(delivery, " to=<", ">") is not { } recipient)
            return LineReading.Other;

        string status = LogText.Between(delivery, " stat=\"", "\"") ?? "";
        string result = LogText.Between(delivery, " result=\"", "\"") ?? "";
        string domain = LogText.DomainOfAddress(recipient) ?? "";

        // relay="192.0.2.1 (mx.example.com)"
        string relay = LogText.Between(delivery, " relay=\"", "\"") ?? "";
        string? mxHost = LogText.Host(LogText.Between(relay, "(", ")"));
        if (result == "Ok" && domain.Length > 0)
        {
            ledger.AddSuccess(line.Host, domain, mxHost, line.When);
            return LineReading.Taken;
        }

        if (KnownTexts.Of(status) is not { } known)
            return TlsWords.TellTrouble($"deferred {status}") ? LineReading.Unread : LineReading.Other;
        ledger.Add(new DeliveryFailure(known.Fault, status)
        {
            Software = MailSoftware.OpenSmtpd,
            Observer = line.Host,
            When = line.When,
            PolicyDomain = domain,
            MxHost = mxHost,
            MxAddress = LogText.HostAndAddress($"[{relay.Split(' ')[0]}]").Address,
            Status = LogText.Status(status),
            Stated = known.Stated,
            Fate = result == "PermFail" ? DeliveryFate.Returned : DeliveryFate.HeldBack,
        });
        return LineReading.Taken;
    }
}
