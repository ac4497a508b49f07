using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;
using Waxseal.Mail;
using Waxseal.ReportIntake;
using Waxseal.ReportIntake.Smtp;

namespace Waxseal.Fuzz.Targets;

/// <summary>What senders of reports say to the listeners.</summary>
internal static partial class IntakeTargets
{
    private const string Stored = "250 2.6.0";
    private const string RecipientTaken = "250 2.1.5";
    private const string Envelope = "EHLO c\r\nMAIL FROM:<> SIZE=99 BODY=8BITMIME\r\nRCPT TO:<tlsrpt@example.test>\r\nRCPT TO:<no@example.test>\r\n";

    public static readonly FuzzTarget Smtp = new(
        "smtp-intake",
        RunSession,
        () => Seeds.Texts(
            $"{Envelope}DATA\r\nSubject: x\r\n\r\n..one\r\n.two\r\n.\r\nQUIT\r\n",
            $"{Envelope}BDAT 5\r\none\r\nBDAT 0\r\nBDAT 4 LAST\r\ntwo\rRSET\r\nQUIT\r\n",
            $"{Envelope}DATA\r\nfirst\n.\nMAIL FROM:<a@b.test>\r\nRCPT TO:<tlsrpt@example.test>\r\nDATA\r\nx\r\n.\r\n",
            $"{Envelope}DATA\r\nfirst\r\n.\r\r\n.\r.\r\n\n.\r\n.\r\n",
            "EHLO c\r\nMAIL FROM:<@a.test,@b.test:\"q \\\" s\"@[IPv6:::1]>\r\nRCPT TO:<\"tlsrpt\"@EXAMPLE.test>\r\nDATA\r\n.\r\n",
            "EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<no@example.test>\r\nDATA\r\nSubject: x\r\n.\r\nBDAT 12 LAST\r\nRCPT TO:<x>\r\n",
            $"LHLO c{Envelope[6..]}RCPT TO:<two@example.test>\r\nDATA\r\nx\r\n.\r\nBDAT 1 LAST\r\nx",
            "EHLO c\r\nSTARTTLS\r\nEHLO d\r\nNOOP\r\nVRFY x\r\nHELP\r\nEXPN y\r\nHELO z\r\nRSET\r\nQUIT\r\n",
            $"NOOP {new string('x', 1990)}\r\n{string.Concat(Enumerable.Repeat("NOOP\r\n", 120))}"),
        "\r\n.\r\n", "\r\n", "\n.\n", "\r.\r", "\r\n.", "\r", "\n", ".", "EHLO c\r\n", "MAIL FROM:<>\r\n", "RCPT TO:<tlsrpt@example.test>\r\n", "DATA\r\n",
        "BDAT 3\r\n", "BDAT 3 LAST\r\n", "BDAT 99999999999999999999\r\n", "RSET\r\n", "STARTTLS\r\n", "\"", "\\", "\u0000", "\u00ff")
    {
        Inputs = 10_000,
    };

    private static void RunSession(ReadOnlySpan<byte> octets)
    {
        byte[] says = octets.ToArray();
        bool isLmtp = octets.StartsWith("LHLO"u8);
        (string[] replies, List<byte[]> mails) = Run(says, isLmtp, int.MaxValue, secure: false);
        foreach (string reply in replies)
            Promise.Kept(reply.Length <= 510 && ReplyLine().IsMatch(reply), "A reply is a line of SMTP.");

        int recipients = 0;
        foreach (string reply in replies)
        {
            recipients += reply.StartsWith(RecipientTaken, StringComparison.Ordinal) ? 1 : 0;
            if (!reply.StartsWith(Stored, StringComparison.Ordinal))
                continue;
            Promise.Kept(recipients > 0, "No mail is taken without a recipient that was.");
            recipients = isLmtp ? recipients - 1 : 0;
        }

        int stored = replies.Count(reply => reply.StartsWith(Stored, StringComparison.Ordinal));
        Promise.Kept(isLmtp ? stored >= mails.Count : stored == mails.Count, "Each mail is answered, and nothing else is with 250 2.6.0.");
        Promise.Kept(mails.All(mail => mail.Length <= MailLimits.Bytes && !HasBareLineEnd(mail)), "A mail keeps its limit, and its lines end with CR LF.");

        (string[] repliesAgain, List<byte[]> mailsAgain) = Run(says, isLmtp, most: 3, secure: false);
        Promise.Kept(replies.SequenceEqual(repliesAgain) && mails.Count == mailsAgain.Count && mails.Zip(mailsAgain).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)), "It makes no difference in what pieces octets come.");
        Run(says, isLmtp, most: 40, secure: true);
        ReadData(says);
    }

    private static (string[] Replies, List<byte[]> Mails) Run(byte[] says, bool isLmtp, int most, bool secure)
    {
        List<byte[]> mails = [];
        using MemoryStream heard = new();
        using IntakePlaces places = new();
        FrozenSet<Mailbox> recipients = [new("tlsrpt", "example.test"), new("two", "example.test")];
        MailService service = new(isLmtp, "mx.example.test", recipients, places, (mail, _, _) =>
        {
            mails.Add(mail.ToArray());
            return Task.FromResult(Reply.Stored);
        })
        {
            SecureAsync = secure ? (plain, _) => Task.FromResult(plain) : null,
        };
        MailSession session = new(service, new OneSidedStream(says, most, heard), null, CancellationToken.None, CancellationToken.None);
        string end = session.RunAsync().GetAwaiter().GetResult();
        session.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Promise.Kept(end.Length > 0, "A session has an end.");
        string text = Encoding.Latin1.GetString(heard.ToArray());
        Promise.Kept(text.EndsWith("\r\n", StringComparison.Ordinal), "Every reply has its end.");
        return (text.Split("\r\n")[..^1], mails);
    }

    // Another way to the same mail: the first line with nothing but a period, and periods taken away afterwards.
    private static void ReadData(byte[] octets)
    {
        using IntakePlaces places = new();
        using MailBody body = new(places);
        DataReader reader = new();
        int taken = 0;
        for (int at = 0; at < octets.Length && !reader.IsEnded; at += 1 + (at % 5))
        {
            ReadOnlySpan<byte> piece = octets.AsSpan(at, Math.Min(1 + (at % 5), octets.Length - at));
            body.MakeRoomAsync(piece.Length + 1, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            taken += reader.Read(piece, body);
        }

        string text = "\r\n" + Encoding.Latin1.GetString(octets);
        int end = text.IndexOf("\r\n.\r\n", StringComparison.Ordinal);
        Promise.Kept(reader.IsEnded == end >= 0, "A mail ends with CR LF . CR LF and with nothing else.");
        if (end < 0)
            return;
        string mail = text[..(end + 2)].Replace("\r\n.", "\r\n", StringComparison.Ordinal)[2..];
        Promise.Kept(taken == end + 3, "What follows a mail is not of it.");
        Promise.Kept(HasBareLineEnd(Encoding.Latin1.GetBytes(mail)) ? body.End() is not null : body.End() is null && Encoding.Latin1.GetString(body.Octets.Span) == mail, "Of a mail nothing but periods is taken away.");
    }

    private static bool HasBareLineEnd(byte[] mail) => BareLineEnd().IsMatch(Encoding.Latin1.GetString(mail));

    [GeneratedRegex("\r(?!\n)|(?<!\r)\n")]
    private static partial Regex BareLineEnd();

    [GeneratedRegex("^[245][0-9][0-9][ -][ -~]*$|^354 [ -~]+$")]
    private static partial Regex ReplyLine();
}
