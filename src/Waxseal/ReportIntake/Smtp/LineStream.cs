using System.Buffers;
using System.Net.Security;

namespace Waxseal.ReportIntake.Smtp;

/// <summary>
/// One connection: lines and octets in, replies out. It holds no buffer while it waits, so that many idle connections
/// cost little.
/// </summary>
/// <param name="stream">The connection.</param>
internal sealed class LineStream(Stream stream) : IAsyncDisposable
{
    /// <summary>The longest command line that is read at all.</summary>
    public const int MaxLine = 2000;

    private const int BufferSize = 4096;

    private Stream _stream = stream;
    private byte[]? _buffer;
    private int _start;
    private int _end;
    private ArrayBufferWriter<byte>? _replies;

    /// <summary>The octets that were read and not yet taken.</summary>
    public ReadOnlyMemory<byte> Waiting => _buffer is null ? default : _buffer.AsMemory(_start, _end - _start);

    /// <summary>Reads up to the end of a line, which is not taken yet.</summary>
    /// <returns>What was found, and its length with CR LF when it is a line.</returns>
    public async ValueTask<(LineFinding Finding, int Length)> FindLineAsync(CancellationToken cancellationToken)
    {
        int searched = 0;
        while (true)
        {
            ReadOnlyMemory<byte> line = Waiting[..Math.Min(Waiting.Length, MaxLine)];
            if (EndOfLine(line.Span, searched) is { } found)
                return found;
            if (line.Length == MaxLine)
                return (LineFinding.TooLong, 0);
            searched = Math.Max(0, line.Length - 1);
            if (!await FillAsync(cancellationToken))
                return (LineFinding.Ended, 0);
        }
    }

    /// <summary>Reads some octets, if none wait; false when the connection ended.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => !Waiting.IsEmpty || await FillAsync(cancellationToken);

    /// <summary>Takes octets that were read.</summary>
    public void Take(int count)
    {
        _start += count;
        if (_start == _end)
            ReturnBuffer();
    }

    /// <summary>Puts a reply behind those that wait; they are sent when there is nothing more to read.</summary>
    // RFC 2920 §3.2: replies may be kept back while commands wait to be answered, and never longer.
    public void Add(Reply reply) => Add(reply.ToBytes());

    public void Add(ReadOnlySpan<byte> reply) => (_replies ??= new ArrayBufferWriter<byte>(128)).Write(reply);

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_replies is not { } replies)
            return;
        _replies = null;
        await _stream.WriteAsync(replies.WrittenMemory, cancellationToken);
        await _stream.FlushAsync(cancellationToken);
    }

    /// <summary>Goes on within TLS. What was read before is forgotten.</summary>
    // RFC 3207 §4.2: what was obtained before the handshake is discarded, commands that came too early among it.
    public async Task SecureAsync(Func<Stream, CancellationToken, Task<Stream>> secure, CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        ReturnBuffer();
        _stream = await secure(_stream, cancellationToken);
    }

    /// <summary>Sends what waits, and tells that nothing follows.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);

        // RFC 8446 §6.1: each side tells with close_notify that it has said all.
        if (_stream is SslStream secure)
            await secure.ShutdownAsync().WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        ReturnBuffer();
        await _stream.DisposeAsync();
    }

    // RFC 5321 §2.3.8: a line ends with CR LF, and CR or LF alone are no line end and not within one.
    private static (LineFinding Finding, int Length)? EndOfLine(ReadOnlySpan<byte> octets, int from)
    {
        int at = octets[from..].IndexOfAny((byte)'\r', (byte)'\n');
        if (at < 0 || (octets[from + at] == '\r' && from + at + 1 == octets.Length))
            return null;
        at += from;
        return octets[at] == '\r' && octets[at + 1] == '\n' ? (LineFinding.Line, at + 2) : (LineFinding.BareLineEnd, 0);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);

        // A read of nothing ends when there is something to read, and needs no buffer while it waits.
        if (_buffer is null)
            _ = await _stream.ReadAsync(Memory<byte>.Empty, cancellationToken);
        _buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize);
        if (_start > 0)
        {
            Waiting.Span.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        int count = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += count;
        if (_start == _end)
            ReturnBuffer();
        return count > 0;
    }

    private void ReturnBuffer()
    {
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        _start = _end = 0;
    }
}

/// <summary>What comes of the search for a line.</summary>
internal enum LineFinding
{
    /// <summary>There is one.</summary>
    Line,

    /// <summary>The connection ended before.</summary>
    Ended,

    /// <summary>It is longer than any command.</summary>
    TooLong,

    /// <summary>There is a CR or LF alone.</summary>
    BareLineEnd,
}
