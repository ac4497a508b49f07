namespace Waxseal.Lab.Wire;

/// <summary>
/// Adds a record to the first flight that is encrypted, where Go's crypto/tls sent its session tickets. The record looks like one
/// with a ticket; nobody can read it, so the session ends after the handshake.
/// </summary>
internal sealed class EarlyTicketStream(Stream inner) : PassThroughStream(inner)
{
    // RFC 8446 §5.2: TLSCiphertext, as long as one with a NewSessionTicket of Go.
    private static readonly byte[] Record = [23, 3, 3, 0, 122, .. Enumerable.Range(0, 122).Select(i => (byte)(i * 37))];

    private bool _isAdded;

    // The flight is written in one go: ServerHello in the clear, then what is encrypted.
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await base.WriteAsync(buffer, cancellationToken);
        if (_isAdded)
            return;
        _isAdded = true;
        await base.WriteAsync(Record, cancellationToken);
    }
}
