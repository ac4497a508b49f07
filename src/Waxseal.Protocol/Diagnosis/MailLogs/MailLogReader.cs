using Waxseal.Protocol.Diagnosis.MailLogs.Servers;

namespace Waxseal.Protocol.Diagnosis.MailLogs;

/// <summary>
/// Reads lines of a mail server's log, or the text of a bounce, into a <see cref="DeliveryLedger"/>. Lines of one process belong together,
/// so they are given in their order, and <see cref="Finish"/> tells that there are no more.
/// </summary>
/// <param name="ledger">Takes in what is told.</param>
/// <param name="asOf">Now: traditional lines of syslog name no year.</param>
public sealed class MailLogReader(DeliveryLedger ledger, DateTimeOffset asOf)
{
    private readonly PostfixSender _postfixSender = new(ledger);
    private readonly PostfixReceiver _postfixReceiver = new(ledger);
    private readonly EximLines _exim = new(ledger);
    private readonly SendmailLines _sendmail = new(ledger);
    private readonly OpenSmtpdLines _openSmtpd = new(ledger);
    private readonly NoticeText _notice = new(ledger);

    /// <summary>The date of the mail that the lines are of; null where they are of none, or it has none.</summary>
    public DateTimeOffset? MailDate
    {
        get => _notice.MailDate;
        init => _notice.MailDate = value;
    }

    /// <summary>Reads a line.</summary>
    /// <param name="text">The line, without its end.</param>
    public void Read(string text)
    {
        if (ledger.Lines == DeliveryLimits.Lines)
        {
            ledger.IsCut = true;
            return;
        }

        ledger.Lines++;
        string cut = text.Length > DeliveryLimits.LineLength ? text[..DeliveryLimits.LineLength] : text;
        var line = LogLine.Of(cut, asOf);
        LineReading reading = ReadLog(line);
        if (reading == LineReading.Other && !line.HasPrefix)
            _notice.Read(cut);
        else if (reading == LineReading.Unread || (reading == LineReading.Other && TlsWords.TellTrouble(line.Message)))
            ledger.AddUnread(line.Message);
        else if (reading == LineReading.Other)
            ledger.OtherLines++;
    }

    /// <summary>Tells that what follows is not read, for it is too much.</summary>
    public void Cut() => ledger.IsCut = true;

    /// <summary>Tells that there are no more lines: what waits for another is counted as it stands.</summary>
    public void Finish()
    {
        _postfixSender.Finish();
        _postfixReceiver.Finish();
        _exim.Finish();
        _sendmail.Finish();
        _notice.Finish();
    }

    private LineReading ReadLog(LogLine line)
    {
        if (_postfixSender.Read(line) is not LineReading.Other and var sent)
            return sent;
        if (_postfixReceiver.Read(line) is not LineReading.Other and var received)
            return received;
        if (_exim.Read(line) is not LineReading.Other and var exim)
            return exim;
        return _sendmail.Read(line) is not LineReading.Other and var sendmail ? sendmail : _openSmtpd.Read(line);
    }
}

/// <summary>What became of a line.</summary>
internal enum LineReading
{
    /// <summary>It tells nothing of TLS, or is another software's.</summary>
    Other,

    /// <summary>It was taken in.</summary>
    Taken,

    /// <summary>It tells of TLS and is not understood.</summary>
    Unread,
}

/// <summary>Tells lines that speak of TLS trouble from all others.</summary>
internal static class TlsWords
{
    private static readonly string[] Subjects = ["tls", "ssl", "starttls", "tlsa", "dane", "mta-sts", "certificate", "cert"];
    private static readonly string[] Troubles = ["error", "fail", "warning", "refus", "reject", "deferred", "bounced", "problem", "cannot", "unable", "alert"];

    /// <summary>Whether a text speaks of TLS, and of something that went wrong.</summary>
    public static bool TellTrouble(string text)
    {
        string words = text.ToLowerInvariant();
        return Array.Exists(Troubles, trouble => words.Contains(trouble, StringComparison.Ordinal)) && Array.Exists(Subjects, subject => HasWord(words, subject));
    }

    private static bool HasWord(string words, string word)
    {
        for (int at = words.IndexOf(word, StringComparison.Ordinal); at >= 0; at = words.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            int end = at + word.Length;
            if ((at == 0 || !IsOfName(words[at - 1])) && (end == words.Length || !IsOfName(words[end])))
                return true;
        }

        return false;
    }

    // Not the "tls" of tls.example.com, of tls-rpt@ or of /etc/ssl/.
    private static bool IsOfName(char c) => char.IsAsciiLetter(c) || c is '.' or '-' or '_' or '@' or '/' or '=';
}
