using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Smtp;

/// <summary>Reads replies, within limits: a server that talks without end or in riddles is left.</summary>
internal sealed class SmtpReader(Stream stream)
{
    // RFC 5321 §4.5.3.1.5 allows 512 octets a line; some servers send more.
    private const int MaxLine = 2000;
    private const int MaxLines = 100;

    private readonly byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <summary>The first octets have come.</summary>
    public event Action? Began;

    /// <summary>Whether octets have come that nobody has read yet.</summary>
    public bool HasMore => _start < _end;

    /// <summary>Reads one reply, all its lines.</summary>
    /// <exception cref="SmtpTrouble">What comes is no reply, or too long, or ends.</exception>
    public async Task<SmtpReply> ReadAsync(CancellationToken cancellationToken)
    {
        ImmutableArray<string>.Builder lines = ImmutableArray.CreateBuilder<string>();
        while (lines.Count < MaxLines)
        {
            string line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);

            // RFC 5321 §4.2: three digits, then a blank in the last line and a hyphen in those before it.
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int code)
                || code is < 200 or > 599 || (line.Length > 3 && line[3] is not (' ' or '-')))
            {
                throw new SmtpTrouble(SmtpFault.NotSmtp, $"\"{Shortened(line)}\" is no reply of SMTP");
            }

            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] == ' ')
                return new(code, lines.ToImmutable());
        }

        throw new SmtpTrouble(SmtpFault.TooLong, $"a reply of more than {MaxLines} lines");
    }

    // Lines may end with LF alone; what is not printable, a CR within the line among it, is shown as a question mark.
    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        StringBuilder line = new();
        while (line.Length <= MaxLine)
        {
            if (!HasMore)
                await FillAsync(cancellationToken).ConfigureAwait(false);
            byte octet = _buffer[_start++];
            if (octet == '\n')
                return line.ToString().TrimEnd('\r').Replace('\r', '?');
            line.Append(octet is >= 0x20 and < 0x7F or (byte)'\r' ? (char)octet : '?');
        }

        throw new SmtpTrouble(SmtpFault.TooLong, $"a line of more than {MaxLine} octets");
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        _start = 0;
        _end = await stream.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
        if (_end == 0)
            throw new SmtpTrouble(SmtpFault.Closed, "the connection was closed");
        Began?.Invoke();
        Began = null;
    }

    private static string Shortened(string text) => text.Length > 60 ? text[..60] + "..." : text;
}
