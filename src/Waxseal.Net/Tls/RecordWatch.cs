using System.Buffers.Binary;

namespace Waxseal.Net.Tls;

/// <summary>
/// A connection below TLS that hands the records of the server on one by one, so that it can be told which of them the handshake
/// needed. Before our Finished goes out it waits a little: what comes in that time, the server has sent without it.
/// </summary>
/// <param name="inner">The connection.</param>
/// <param name="patience">How long our Finished is held back.</param>
/// <param name="clock">Measures that time.</param>
internal sealed class RecordWatch(Stream inner, TimeSpan patience, TimeProvider clock) : Stream
{
    // RFC 8446 §5.1: type, version, length.
    private const int HeaderLength = 5;

    // RFC 8446 §5.2: in TLS 1.3 all that is encrypted, handshake messages too, is called application data.
    private const byte ApplicationData = 23;

    // RFC 8446 §4.6.1: NewSessionTicket has 18 octets at least; its type and the shortest tag are 9 more. Alerts are shorter.
    private const int ShortestTicket = 27;

    // More tickets tell nothing more.
    private const int Enough = 2;

    private readonly byte[] _buffer = new byte[32 * 1024];
    private int _start;
    private int _end;
    private int _restOfRecord;
    private bool _isEncrypted;
    private bool _isOver;

    /// <summary>How many records that may be tickets came after those that the handshake needed and before our Finished; null until it goes out.</summary>
    public int? BeforeFinished { get; private set; }

    /// <summary>How many records were handed on after our Finished; those that came before it are among them.</summary>
    public int SinceFinished { get; private set; }

    /// <summary>How long our Finished was held back.</summary>
    public TimeSpan Held { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_end - _start < (_restOfRecord > 0 ? 1 : HeaderLength))
        {
            if (await FillAsync(cancellationToken).ConfigureAwait(false) == 0)
                break;
        }

        if (_restOfRecord == 0 && _end - _start >= HeaderLength)
            BeginRecord();
        int length = Math.Min(Math.Min(buffer.Length, _end - _start), _restOfRecord > 0 ? _restOfRecord : int.MaxValue);
        _buffer.AsSpan(_start, length).CopyTo(buffer.Span);
        _start += length;
        _restOfRecord = Math.Max(0, _restOfRecord - length);
        return length;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // RFC 8446 §2: the first that a client sends after encrypted records of the server is the flight with its Finished.
        if (_isEncrypted && !_isOver && BeforeFinished is null)
            await HoldAsync(cancellationToken).ConfigureAwait(false);
        await inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says that the handshake is over: whatever is sent from now on is not held back.</summary>
    public void End() => _isOver = true;

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private void BeginRecord()
    {
        _restOfRecord = HeaderLength + LengthOf(_start);
        _isEncrypted |= _buffer[_start] == ApplicationData;
        if (BeforeFinished is not null)
            SinceFinished++;
    }

    private async Task HoldAsync(CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        using CancellationTokenSource deadline = new(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);

        // That nothing comes is what a server does that waits for our Finished; a connection that breaks shows in what is sent next.
        await FillWithTicketsAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        BeforeFinished = TicketsAtHand();
        Held = clock.GetElapsedTime(start);
    }

    private async Task FillWithTicketsAsync(CancellationToken cancellationToken)
    {
        int length = 1;
        while (length > 0 && TicketsAtHand() < Enough)
            length = await FillAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <returns>How many octets came; 0 at the end of the connection, and where there is no room for more.</returns>
    private async ValueTask<int> FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        int length = _end == _buffer.Length ? 0 : await inner.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += length;
        return length;
    }

    private int TicketsAtHand()
    {
        int count = 0;
        int length;
        for (int at = _start + _restOfRecord; at + HeaderLength <= _end; at += HeaderLength + length)
        {
            length = LengthOf(at);
            count += length >= ShortestTicket ? 1 : 0;
        }

        return count;
    }

    private int LengthOf(int record) => BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(record + HeaderLength - sizeof(ushort)));
}
