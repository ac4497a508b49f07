using System.Text;
using Waxseal.Mail;

namespace Waxseal.ReportIntake.Smtp;

/// <summary>Reads a command line (RFC 5321 §4.1).</summary>
internal static class CommandLine
{
    private const int MaxDigits = 18;
    private const int MaxSizeDigits = 20;

    /// <summary>Reads one.</summary>
    /// <param name="line">The line without CR LF.</param>
    public static MailCommand Read(ReadOnlySpan<byte> line)
    {
        // RFC 5321 §4.1.1: white space before the end of the line is tolerated.
        CommandCursor cursor = new(line.TrimEnd(" \t"u8));
        ReadOnlySpan<byte> verb = cursor.ReadWord();
        return verb.Length > 10 ? new MailCommand.Answered(Reply.UnknownCommand) : Encoding.ASCII.GetString(verb).ToUpperInvariant() switch
        {
            "HELO" or "EHLO" or "LHLO" => Hello(verb, cursor),
            "MAIL" => Mail(cursor),
            "RCPT" => Recipient(cursor),
            "DATA" => Alone(cursor, new MailCommand.Data()),
            "BDAT" => Chunk(cursor),
            "STARTTLS" => Alone(cursor, new MailCommand.StartTls()),
            "RSET" => Alone(cursor, new MailCommand.Reset()),
            "QUIT" => Alone(cursor, new MailCommand.Quit()),
            "NOOP" => new MailCommand.Answered(Reply.Fine),
            "VRFY" => new MailCommand.Answered(Reply.CannotVerify),
            "HELP" => new MailCommand.Answered(Reply.Help),
            "EXPN" or "AUTH" or "ETRN" or "TURN" => new MailCommand.Answered(Reply.NotImplemented),
            _ => new MailCommand.Answered(Reply.UnknownCommand),
        };
    }

    // RFC 5321 §4.1.1.1: ehlo = "EHLO" SP ( Domain / address-literal ) CRLF
    // Deviation: any word is taken, because many mail servers have a name that is none of DNS, and it is not used.
    private static MailCommand Hello(ReadOnlySpan<byte> verb, CommandCursor cursor) =>
        cursor.TryRead(" "u8) && !cursor.IsAtEnd && !cursor.Rest.ContainsAnyExceptInRange((byte)'!', (byte)'~')
            ? new MailCommand.Hello(Encoding.ASCII.GetString(verb).ToUpperInvariant())
            : new MailCommand.Answered(Reply.BadArgument);

    // RFC 5321 §4.1.1.2: mail = "MAIL FROM:" Reverse-path [SP Mail-parameters] CRLF, Reverse-path = Path / "<>"
    private static MailCommand Mail(CommandCursor cursor)
    {
        if (!cursor.TryRead(" FROM:"u8) || !(cursor.TryRead("<>"u8) || cursor.TryReadPath(out _)))
            return new MailCommand.Answered(Reply.BadSender);

        long? size = null;
        bool hasBody = false;
        while (!cursor.IsAtEnd)
        {
            if (!cursor.TryReadParameter(out ReadOnlySpan<byte> keyword, out ReadOnlySpan<byte> value))
                return new MailCommand.Answered(Reply.BadArgument);

            // RFC 1870 §3: size-value ::= 1*20DIGIT
            if (Ascii.EqualsIgnoreCase(keyword, "SIZE"u8) && size is null)
            {
                if (value.Length > MaxSizeDigits || !TryReadNumber(value, out long octets))
                    return new MailCommand.Answered(Reply.BadArgument);
                size = octets;
            }

            // RFC 6152 §2: body-value = "7BIT" / "8BITMIME"
            else if (Ascii.EqualsIgnoreCase(keyword, "BODY"u8) && !hasBody && (Ascii.EqualsIgnoreCase(value, "7BIT"u8) || Ascii.EqualsIgnoreCase(value, "8BITMIME"u8)))
            {
                hasBody = true;
            }
            else
            {
                return new MailCommand.Answered(Reply.UnknownParameter);
            }
        }

        // RFC 1870 §6.1: a mail that says that it is too large is refused before it is sent.
        return size > MailLimits.Bytes ? new MailCommand.Answered(Reply.TooLarge) : new MailCommand.Mail();
    }

    // RFC 5321 §4.1.1.3: rcpt = "RCPT TO:" ( "<Postmaster@" Domain ">" / "<Postmaster>" / Forward-path ) [SP Rcpt-parameters] CRLF
    // Deviation: there is no postmaster here unless the configuration has one, because nothing but reports is delivered.
    private static MailCommand Recipient(CommandCursor cursor)
    {
        if (!cursor.TryRead(" TO:"u8))
            return new MailCommand.Answered(Reply.BadRecipient);
        if (cursor.TryRead("<postmaster>"u8))
            return new MailCommand.Answered(Reply.UnknownRecipient);
        return !cursor.TryReadPath(out Mailbox? mailbox) ? new MailCommand.Answered(Reply.BadRecipient)
            : cursor.IsAtEnd ? new MailCommand.Recipient(mailbox)
            : new MailCommand.Answered(cursor.TryReadParameter(out _, out _) ? Reply.UnknownParameter : Reply.BadArgument);
    }

    // RFC 3030 §2: bdat-cmd ::= "BDAT" SP chunk-size [ SP end-marker ] CR LF, chunk-size ::= 1*DIGIT, end-marker ::= "LAST"
    private static MailCommand Chunk(CommandCursor cursor)
    {
        bool isRead = cursor.TryRead(" "u8) & TryReadNumber(cursor.ReadWord(), out long octets);
        bool isLast = cursor.TryRead(" LAST"u8);
        return isRead && cursor.IsAtEnd ? new MailCommand.Chunk(octets, isLast) : new MailCommand.Lost(Reply.BadArgument);
    }

    private static MailCommand Alone(CommandCursor cursor, MailCommand command) => cursor.IsAtEnd ? command : new MailCommand.Answered(Reply.BadArgument);

    // More than any mail has stands for all that is more.
    private static bool TryReadNumber(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        digits = digits.TrimStart((byte)'0');
        number = digits.Length > MaxDigits ? long.MaxValue : digits.IsEmpty ? 0 : long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
        return true;
    }
}
