using System.Collections.Frozen;
using System.Text;
using Waxseal.ReportIntake;
using Waxseal.ReportIntake.Smtp;

namespace Waxseal.Tests.ReportIntake.Smtp;

/// <summary>A session from its start to its end, without socket and store.</summary>
/// <param name="Replies">What the client heard, by lines.</param>
/// <param name="Mails">The mails that were taken, each letter an octet.</param>
/// <param name="End">How it ended.</param>
internal sealed record SessionRun(string[] Replies, List<string> Mails, string End)
{
    public const string Recipient = "tlsrpt@example.test";

    public const string Envelope = $"EHLO client.test\r\nMAIL FROM:<>\r\nRCPT TO:<{Recipient}>\r\n";

    /// <summary>The codes of the replies, each once, in their order.</summary>
    public string Codes => string.Join(' ', Replies.Where(line => line[3] == ' ').Select(line => line[..3]));

    public static async Task<SessionRun> OfAsync(string says, bool isLmtp = false, int most = int.MaxValue, Reply? answer = null)
    {
        using IntakePlaces places = new();
        List<string> mails = [];
        MailService service = new(isLmtp, "mx.example.test", Mailboxes(Recipient, "two@example.test", "\"odd one\"@example.test"), places, (mail, _, _) =>
        {
            mails.Add(Encoding.Latin1.GetString(mail.Span));
            return Task.FromResult(answer ?? Reply.Stored);
        });
        using ScriptedStream stream = new(says, most);
        await using MailSession session = new(service, stream, null, CancellationToken.None, CancellationToken.None);
        string end = await session.RunAsync();
        return new(stream.Heard, mails, end);
    }

    private static FrozenSet<Mailbox> Mailboxes(params string[] texts) =>
        texts.Select(text => Mailbox.TryParse(text, out Mailbox? mailbox) ? mailbox : throw new ArgumentException(text)).ToFrozenSet();
}
