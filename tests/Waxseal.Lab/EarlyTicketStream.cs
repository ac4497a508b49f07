namespace Waxseal.Lab;

/// <summary>
/// Below the TLS of a server: it adds a record to the first flight that is encrypted, where Go's crypto/tls sent its session tickets.
/// The record looks like one with a ticket; nobody can read it, so the session ends after the handshake.
/// </summary>
internal sealed class EarlyTicketStream(Stream inner) : Stream
{
    // RFC 8446 §5.2: TLSCiphertext, as long as one with a NewSessionTicket of Go.
    private static readonly byte[] Record = [23, 3, 3, 0, 122, .. Enumerable.Range(0, 122).Select(i => (byte)(i * 37))];

    private bool _isAdded;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.ReadAsync(buffer, cancellationToken);

    // The flight is written in one go: ServerHello in the clear, then what is encrypted.
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await inner.WriteAsync(buffer, cancellationToken);
        if (_isAdded)
            return;
        _isAdded = true;
        await inner.WriteAsync(Record, cancellationToken);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
