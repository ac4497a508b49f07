namespace Waxseal.ReportIntake.Smtp;

/// <summary>Reads the mail behind DATA, in whatever pieces it comes, up to the line that ends it.</summary>
internal sealed class DataReader
{
    private State _state = State.LineStart;

    private enum State
    {
        LineStart,
        Text,
        Return,
        Dot,
        DotReturn,
        Ended,
    }

    /// <summary>Whether the line that ends the mail was read.</summary>
    public bool IsEnded => _state == State.Ended;

    /// <summary>Takes octets into the mail, and gives how many were of it; what is left follows the mail.</summary>
    // RFC 5321 §2.3.8: only CR LF ends a line, so that no other line with a period ends the mail, however it looks.
    public int Read(ReadOnlySpan<byte> octets, MailBody body)
    {
        int taken = 0;
        int at = 0;
        while (at < octets.Length && !IsEnded)
        {
            byte octet = octets[at];
            switch (_state)
            {
                case State.Text:
                    int ahead = octets[at..].IndexOf((byte)'\r');
                    at = ahead < 0 ? octets.Length : at + ahead + 1;
                    _state = ahead < 0 ? State.Text : State.Return;
                    break;

                // RFC 5321 §4.5.2: a period that begins a line is not of the mail.
                case State.LineStart when octet == '.':
                    body.Append(octets[taken..at]);
                    taken = ++at;
                    _state = State.Dot;
                    break;

                // Whether this CR is of the mail tells the next octet.
                case State.Dot when octet == '\r':
                    taken = ++at;
                    _state = State.DotReturn;
                    break;

                // RFC 5321 §4.1.1.4: the CR LF before the period ends the last line of the mail and belongs to it.
                case State.DotReturn when octet == '\n':
                    taken = ++at;
                    _state = State.Ended;
                    break;

                case State.DotReturn:
                    body.Append("\r"u8);
                    _state = State.Return;
                    break;

                default:
                    at++;
                    _state = octet == '\r' ? State.Return : _state == State.Return && octet == '\n' ? State.LineStart : State.Text;
                    break;
            }
        }

        body.Append(octets[taken..at]);
        return at;
    }
}
