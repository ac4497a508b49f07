using System.Buffers;

namespace Waxseal.Mail;

/// <summary>Takes an mbox of any size apart, message by message (RFC 4155 appendix A).</summary>
/// <param name="head">What has been read of it already.</param>
/// <param name="stream">What follows.</param>
internal sealed class MboxReader(byte[] head, Stream stream)
{
    private const int BufferBytes = 64 * 1024;

    // The address and the time of a separator are short; what is longer is text of a message.
    private const int MaxSeparatorBytes = 1024;

    private byte[] _buffer = head;
    private int _start;
    private int _end = head.Length;

    // Bytes handed out, up to the end of the present piece.
    private long _offset;

    /// <summary>What ended the reading before the end, or null.</summary>
    public IOException? Failure { get; private set; }

    /// <summary>Whether the line at the start of <paramref name="text"/> begins a message: <c>From </c>, an address, a time.</summary>
    public static bool IsSeparator(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("From "u8))
            return false;

        ReadOnlySpan<byte> line = text[..Math.Min(text.Length, MaxSeparatorBytes)];
        int end = line.IndexOf((byte)'\n');
        // A time of day tells it from a sentence that begins with the word.
        int colon = (end < 0 ? line : line[..end]).LastIndexOf((byte)':');
        return colon > 0 && char.IsAsciiDigit((char)line[colon - 1]);
    }

    /// <summary>The messages in turn, without their separators. Each is read when it is asked for.</summary>
    public IEnumerable<MboxMessage> Messages()
    {
        MboxMessage? message = null;
        bool atLineStart = true;
        bool afterBlankLine = true;
        while (TryReadPiece(out ArraySegment<byte> piece))
        {
            bool endsLine = piece[^1] == '\n';
            if (atLineStart && afterBlankLine && IsSeparator(piece))
            {
                if (message is not null)
                    yield return message;
                message = new MboxMessage((message?.Number ?? 0) + 1, _offset - piece.Count);
            }
            else
            {
                message?.Append(piece);
            }

            afterBlankLine = atLineStart && piece.AsSpan() is [(byte)'\n'] or [(byte)'\r', (byte)'\n'];
            atLineStart = endsLine;
        }

        if (message is not null)
            yield return message;
    }

    /// <summary>The next line with its end, or as much of it as the buffer holds.</summary>
    private bool TryReadPiece(out ArraySegment<byte> piece)
    {
        int length;
        while ((length = _buffer.AsSpan(_start.._end).IndexOf((byte)'\n') + 1) == 0 && TryFill())
        {
        }

        if (length == 0)
            length = _end - _start;
        piece = new ArraySegment<byte>(_buffer, _start, length);
        _start += length;
        _offset += length;
        return length > 0;
    }

    private bool TryFill()
    {
        if (_start > 0 || _buffer.Length < BufferBytes)
        {
            byte[] buffer = _buffer.Length < BufferBytes ? new byte[BufferBytes] : _buffer;
            _buffer.AsSpan(_start.._end).CopyTo(buffer);
            _buffer = buffer;
            _end -= _start;
            _start = 0;
        }

        try
        {
            int count = _end < _buffer.Length ? stream.Read(_buffer, _end, _buffer.Length - _end) : 0;
            _end += count;
            return count > 0;
        }
        catch (IOException exception)
        {
            Failure = exception;
            return false;
        }
    }
}

/// <summary>One message of an mbox.</summary>
/// <param name="number">Its number, from 1.</param>
/// <param name="offset">Bytes of the mbox before it.</param>
internal sealed class MboxMessage(int number, long offset)
{
    private readonly ArrayBufferWriter<byte> _content = new();

    public int Number => number;

    public long Offset => offset;

    /// <summary>Whether it is larger than <see cref="MailLimits.Bytes"/>; the content is cut then.</summary>
    public bool IsTooLarge { get; private set; }

    public ReadOnlyMemory<byte> Content => _content.WrittenMemory;

    internal void Append(ReadOnlySpan<byte> piece)
    {
        IsTooLarge |= _content.WrittenCount + piece.Length > MailLimits.Bytes;
        if (!IsTooLarge)
            _content.Write(piece);
    }
}
