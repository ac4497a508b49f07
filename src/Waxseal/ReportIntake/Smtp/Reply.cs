using System.Globalization;
using System.Text;

namespace Waxseal.ReportIntake.Smtp;

/// <summary>An answer of ours, on one line.</summary>
/// <param name="Code">The code (RFC 5321 §4.2).</param>
/// <param name="Status">The enhanced status code (RFC 3463 §2), which most have in front of the text (RFC 2034 §4); or none.</param>
/// <param name="Text">The text.</param>
internal sealed record Reply(int Code, string Status, string Text)
{
    // RFC 5321 §4.5.3.1.5: a line of a reply has at most 512 octets; this leaves room for codes and line end.
    private const int MaxText = 400;

    public static Reply Ready(string hostName, string protocol) => new(220, "", $"{hostName} {protocol} takes TLS reports");

    public static Reply Closing(string hostName) => new(221, "2.0.0", $"{hostName} closes the connection");

    public static Reply Reset { get; } = new(250, "2.0.0", "Nothing is under way now");

    public static Reply SenderTaken { get; } = new(250, "2.1.0", "Go on");

    public static Reply RecipientTaken { get; } = new(250, "2.1.5", "Reports are taken at this address");

    public static Reply ChunkTaken { get; } = new(250, "2.0.0", "Go on");

    public static Reply SendData { get; } = new(354, "", "Send the mail; a line with nothing but a period ends it");

    public static Reply StartTls { get; } = new(220, "2.0.0", "Begin the handshake");

    public static Reply CannotVerify { get; } = new(252, "2.0.0", "Only mail with a report tells whether it is taken");

    public static Reply Fine { get; } = new(250, "2.0.0", "Nothing done");

    public static Reply Help { get; } = new(214, "2.0.0", "Mail with TLS reports (RFC 8460) is taken here, and nothing else");

    public static Reply UnknownCommand { get; } = new(500, "5.5.1", "There is no such command");

    public static Reply NotImplemented { get; } = new(502, "5.5.1", "This command is not offered");

    public static Reply LineTooLong { get; } = new(500, "5.5.2", "The line is too long");

    public static Reply BareLineEnd { get; } = new(500, "5.5.2", "A line ends with CR LF, and neither may stand alone");

    public static Reply BadArgument { get; } = new(501, "5.5.4", "The argument cannot be read");

    public static Reply BadSender { get; } = new(501, "5.1.7", "The address cannot be read");

    public static Reply BadRecipient { get; } = new(501, "5.1.3", "The address cannot be read");

    public static Reply UnknownParameter { get; } = new(555, "5.5.4", "A parameter is not offered");

    public static Reply UnknownRecipient { get; } = new(550, "5.1.1", "No reports are taken at this address");

    public static Reply TooManyRecipients { get; } = new(452, "4.5.3", "There are too many recipients");

    public static Reply BadOrder { get; } = new(503, "5.5.1", "The command comes out of order");

    public static Reply TooLarge { get; } = new(552, "5.3.4", $"A mail has at most {Mail.MailLimits.Bytes} octets");

    public static Reply BareLineEndInMail { get; } = new(550, "5.6.11", "The mail has a CR or LF alone, which RFC 5321 section 2.3.8 forbids");

    public static Reply NoPlace { get; } = new(452, "4.3.1", "Too many large mails come at once; send it again later");

    public static Reply TooIdle { get; } = new(421, "4.4.2", "It takes too long");

    public static Reply Stopping { get; } = new(421, "4.3.2", "The service is stopping; come again later");

    public static Reply TooManyConnections { get; } = new(421, "4.3.2", "There are too many connections; come again later");

    public static Reply TooManyFromThere { get; } = new(421, "4.7.0", "There are too many connections from this address; come again later");

    public static Reply TooManyCommands { get; } = new(421, "4.7.0", "There were too many commands without a mail");

    public static Reply Stored { get; } = new(250, "2.6.0", "The report is stored");

    public static Reply NoReport { get; } = new(554, "5.6.0", "The mail holds no report");

    public static Reply StoreUnavailable { get; } = new(451, "4.3.0", "The report cannot be stored now; send it again later");

    // RFC 6376 §6.1.2
    public static Reply KeyUnavailable { get; } = new(451, "4.7.5", "It cannot be proved now who sent the report; send it again later");

    public static Reply TooMany { get; } = new(451, "4.7.1", "More reports come than are taken; send it again later");

    /// <summary>Whether it tells that all went well.</summary>
    public bool IsPositive => Code < 400;

    /// <summary>The same answer with another text, made printable.</summary>
    public Reply With(string text) => this with { Text = Printable(text) };

    // RFC 5321 §4.2: Reply-line = *( Reply-code "-" [ textstring ] CRLF ) Reply-code [ SP textstring ] CRLF
    public byte[] ToBytes() =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Code} {Status}{(Status.Length > 0 ? " " : "")}{Text}\r\n"));

    // RFC 5321 §4.2: textstring = 1*(%d09 / %d32-126)
    private static string Printable(string text)
    {
        string line = string.Concat(text.Take(MaxText).Select(letter => letter is >= ' ' and <= '~' ? letter : '?'));
        return text.Length > MaxText ? $"{line[..^3]}..." : line;
    }
}
