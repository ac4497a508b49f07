using System.Globalization;

namespace Waxseal.Protocol.Diagnosis.MailLogs.Servers;

/// <summary>Lines of Postfix as a sending MTA. What was wrong with a certificate stands in one line, and what became of the mail in a later one.</summary>
internal sealed class PostfixSender(DeliveryLedger ledger)
{
    private readonly Dictionary<string, PostfixAttempt> _processes = new(StringComparer.Ordinal);

    // With smtp_tls_connection_reuse another process does the TLS for all; what it says of an MX host waits for a delivery to it.
    private readonly Dictionary<string, (KnownText Known, string Text)> _proxied = new(StringComparer.Ordinal);

    public LineReading Read(LogLine line)
    {
        if (line.Program.Length > 0 && !line.Program.StartsWith("postfix", StringComparison.Ordinal))
            return LineReading.Other;

        string text = line.Message.StartsWith("warning: ", StringComparison.Ordinal) ? line.Message[9..] : line.Message;
        if (LogText.After(text, ", status=") is { } status && LogText.Between(text, "to=<", ">") is not null)
            return Ended(line, text, status);
        if (!IsOfSender(line, text))
            return LineReading.Other;
        return Detail(line, text) ? LineReading.Taken : LineReading.Other;
    }

    public void Finish()
    {
        foreach (PostfixAttempt attempt in _processes.Values)
            attempt.EmitAll(ledger);
        _processes.Clear();
        _proxied.Clear();
    }

    // The programs that take mail in speak of TLS as well.
    private static bool IsOfSender(LogLine line, string text) =>
        line.Program.Length > 0
            ? !line.Program.EndsWith("smtpd", StringComparison.Ordinal)
            : !text.Contains("SSL_accept", StringComparison.Ordinal) && !text.StartsWith("lost connection", StringComparison.Ordinal);

    private bool Detail(LogLine line, string text)
    {
        if (LogText.After(text, "certificate verification failed for ") is { } failed)
        {
            (KnownText known, string words) = (KnownTexts.OfCertificate(text), LogText.After(failed, ": ") ?? failed);
            if (line.Program.EndsWith("tlsproxy", StringComparison.Ordinal))
                RememberProxied(LogText.HostAndAddress(failed).Host, known, words);
            else
                At(line, failed).Learn(line, known, words, stopsMail: false);
            return true;
        }

        if (LogText.After(text, "SSL_connect error to ") is { } connect)
        {
            At(line, connect).Learn(line, KnownTexts.OfHandshake(text), text, stopsMail: false);
            return true;
        }

        if (text.StartsWith("TLS library problem: ", StringComparison.Ordinal))
            return Of(line) is { } handshake && handshake.Sharpen(KnownTexts.OfHandshake(text), text["TLS library problem: ".Length..]);
        if (LogText.After(text, " TLS connection established to ") is { } established || (established = LogText.After(text, " TLS connection reused to ")) is not null)
        {
            At(line, established);
            return true;
        }

        return Policy(line, text) || Skipped(line, text);
    }

    // Lines about the policy of a domain, before any session.
    private bool Policy(LogLine line, string text)
    {
        if (LogText.After(text, "TLS policy lookup") is { } lookup && LogText.Between(lookup, "for ", ": ") is { } names && KnownTexts.Of(text) is { } reason)
        {
            string[] both = names.Split('/', 2);
            Learn(line, reason, text, LogText.Host(both[0]), LogText.Host(both[^1]));
            return true;
        }

        if (text.StartsWith("MX name '", StringComparison.Ordinal) && KnownTexts.Of(text) is { Fault: DeliveryFault.MxNotInPolicy } mismatch)
        {
            Learn(line, mismatch, text, LogText.Host(LogText.Between(text, "for '", "'")), LogText.Host(LogText.Between(text, "MX name '", "'")));
            return true;
        }

        if (text.StartsWith("DANE TLSA lookup problem", StringComparison.Ordinal) && KnownTexts.Of(text) is { } lookupProblem)
        {
            Learn(line, lookupProblem, text, null, LogText.Host(LogText.Between(text, "name=_25._tcp.", " ")));
            return true;
        }

        if (text.Contains("_tls_policy_maps, next-hop destination \"", StringComparison.Ordinal) && KnownTexts.Of(text) is { } attribute)
        {
            Learn(line, attribute, text, LogText.Host(LogText.Between(text, "destination \"", "\"")), null);
            return true;
        }

        return false;
    }

    // "3C1D8C1D28: Server certificate not trusted": this MX host is passed over, and another is tried.
    private bool Skipped(LogLine line, string text)
    {
        int colon = text.IndexOf(": ", StringComparison.Ordinal);
        if (colon is < 5 or > 20 || !IsQueueId(text[..colon]) || KnownTexts.Of(text[(colon + 2)..]) is not { } known)
            return false;

        PostfixAttempt attempt = Process(line);
        attempt.Learn(line, known, text[(colon + 2)..], stopsMail: true);
        attempt.PassOver();
        return true;
    }

    // Hexadecimal, or with enable_long_queue_ids of digits and consonants; no name of a field, such as Status.
    private static bool IsQueueId(string word) => word.All(char.IsAsciiHexDigitUpper) || (word.Length >= 10 && word.All(c => char.IsAsciiLetterOrDigit(c) && !"AEIOUaeiou".Contains(c, StringComparison.Ordinal)));

    private LineReading Ended(LogLine line, string text, string status)
    {
        string relay = LogText.Between(text, ", relay=", ", ") ?? "";
        (string? mxHost, string? mxAddress) = LogText.HostAndAddress(relay);

        // RFC 8314 §7.3, RFC 6409 §3.1: these ports are for submission, which no MX host takes.
        bool isRelayHost = mxHost is not null && (relay.EndsWith("]:587", StringComparison.Ordinal) || relay.EndsWith("]:465", StringComparison.Ordinal));
        string domain = isRelayHost ? mxHost! : LogText.DomainOfAddress(LogText.Between(text, "to=<", ">")) ?? "";
        int open = status.IndexOf(" (", StringComparison.Ordinal);
        string word = open < 0 ? status : status[..open];
        string reason = open < 0 ? "" : status[(open + 2)..].TrimEnd().TrimEnd(')');
        PostfixAttempt? attempt = Of(line);
        if (word == "sent")
        {
            bool isKnown = attempt?.EmitEarlier(ledger, domain, isRelayHost, DeliveryFate.Delivered) == true;
            Forget(line);
            if (line.Program.EndsWith("lmtp", StringComparison.Ordinal) || mxHost is null || domain.Length == 0)
                return isKnown ? LineReading.Taken : LineReading.Other;
            ledger.AddSuccess(line.Host, domain, mxHost, line.When);
            return LineReading.Taken;
        }

        DeliveryFate fate = word is "bounced" or "expired" ? DeliveryFate.Returned : DeliveryFate.HeldBack;
        attempt?.EmitEarlier(ledger, domain, isRelayHost, fate);
        DeliveryFailure? failure = attempt?.Explains(reason, domain, mxHost) == true ? attempt.Failure : KnownTexts.Of(reason) is { } known ? FailureOf(known, reason) : null;
        Forget(line);
        if (failure is { Stated: null, Fault: DeliveryFault.CertificateUnverified or DeliveryFault.CertificateUntrusted } && mxHost is not null && _proxied.TryGetValue(mxHost, out (KnownText Known, string Text) proxied))
            failure = failure with { Fault = proxied.Known.Fault, Stated = proxied.Known.Stated, Text = proxied.Text };
        if (failure is null)
            return TlsWords.TellTrouble($"deferred {reason}") ? LineReading.Unread : LineReading.Other;

        ledger.Add(failure with
        {
            Software = MailSoftwareOf(failure, reason),
            Observer = line.Host,
            When = line.When,
            PolicyDomain = domain,
            IsRelayHost = isRelayHost,
            MxHost = mxHost ?? failure.MxHost,
            MxAddress = mxAddress ?? failure.MxAddress,
            Status = LogText.Between(text, ", dsn=", ",") ?? LogText.Status(reason),
            Fate = fate,
        });
        return LineReading.Taken;
    }

    // What the host at the other end said is that host's text, and Postfix has passed it on.
    private static MailSoftware MailSoftwareOf(DeliveryFailure failure, string reason) =>
        reason.Contains(" said: ", StringComparison.Ordinal) ? failure.Software : MailSoftware.Postfix;

    private static DeliveryFailure FailureOf(KnownText known, string reason) => new(known.Fault, reason)
    {
        Stated = known.Stated,
        Software = known.Software,
        MxHost = LogText.Host(LogText.Between(reason, "TLSA lookup error for ", ":")),
    };

    private void RememberProxied(string? mxHost, KnownText known, string text)
    {
        if (_proxied.Count == DeliveryLimits.Processes)
            _proxied.Clear();
        if (mxHost is not null)
            _proxied[mxHost] = (known, text);
    }

    private void Learn(LogLine line, KnownText known, string text, string? domain, string? mxHost)
    {
        PostfixAttempt attempt = Process(line);
        attempt.At(mxHost, null);
        attempt.Learn(line, known, text, stopsMail: true);
        attempt.Domain = domain ?? attempt.Domain;
    }

    private PostfixAttempt At(LogLine line, string hostAndAddress)
    {
        (string? host, string? address) = LogText.HostAndAddress(hostAndAddress);
        PostfixAttempt attempt = Process(line);
        attempt.At(host, address);
        return attempt;
    }

    private PostfixAttempt Process(LogLine line)
    {
        if (_processes.Count == DeliveryLimits.Processes)
            Finish();
        string key = KeyOf(line);
        if (!_processes.TryGetValue(key, out PostfixAttempt? attempt))
            _processes.Add(key, attempt = new PostfixAttempt());
        return attempt;
    }

    private PostfixAttempt? Of(LogLine line) => _processes.GetValueOrDefault(KeyOf(line));

    private void Forget(LogLine line) => _processes.Remove(KeyOf(line));

    private static string KeyOf(LogLine line) => string.Create(CultureInfo.InvariantCulture, $"{line.Host} {line.Process}");
}
