namespace Waxseal.ReportIntake.Smtp;

/// <summary>What the sending MTA says in one line.</summary>
internal abstract record MailCommand
{
    private MailCommand()
    {
    }

    /// <summary>HELO, EHLO or LHLO.</summary>
    /// <param name="Verb">Which of them, in capitals.</param>
    public sealed record Hello(string Verb) : MailCommand;

    /// <summary>MAIL. From whom a mail comes does not matter here, so that the reverse-path is checked and forgotten.</summary>
    public sealed record Mail : MailCommand;

    /// <summary>RCPT.</summary>
    public sealed record Recipient(Mailbox Mailbox) : MailCommand;

    /// <summary>DATA.</summary>
    public sealed record Data : MailCommand;

    /// <summary>BDAT (RFC 3030 §2).</summary>
    /// <param name="Octets">How many octets follow.</param>
    /// <param name="IsLast">Whether they end the mail.</param>
    public sealed record Chunk(long Octets, bool IsLast) : MailCommand;

    /// <summary>STARTTLS.</summary>
    public sealed record StartTls : MailCommand;

    /// <summary>RSET.</summary>
    public sealed record Reset : MailCommand;

    /// <summary>QUIT.</summary>
    public sealed record Quit : MailCommand;

    /// <summary>A command that changes nothing, or cannot be read, with its answer.</summary>
    public sealed record Answered(Reply Reply) : MailCommand;

    /// <summary>A command after which nobody knows where the next begins.</summary>
    public sealed record Lost(Reply Reply) : MailCommand;
}
