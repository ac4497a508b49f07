using System.Runtime.InteropServices;

namespace Waxseal.Mail;

/// <summary>A mail as a stream that seems to end when its reader has been given as much as it may.</summary>
internal sealed class HeaderGuard : MemoryStream
{
    private long _end;

    public HeaderGuard(ReadOnlyMemory<byte> mail)
        : this(MemoryMarshal.TryGetArray(mail, out ArraySegment<byte> array) ? array : mail.ToArray())
    {
    }

    private HeaderGuard(ArraySegment<byte> mail)
        : base(mail.Array!, mail.Offset, mail.Count, writable: false) => _end = mail.Count;

    /// <summary>Whether the stream ended before its time.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Ends the stream here.</summary>
    public void Cut() => IsCut = true;

    /// <summary>Lets no more be read than <paramref name="count"/> bytes from here; who wants more finds the end.</summary>
    public void Allow(int count) => _end = Math.Min(Length, Position + count);

    public void AllowAll() => _end = Length;

    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Bounded(count));

    public override int Read(Span<byte> buffer) => base.Read(buffer[..Bounded(buffer.Length)]);

    private int Bounded(int count)
    {
        int allowed = (int)Math.Min(count, _end - Position);
        IsCut |= allowed <= 0 && Position < Length;
        return IsCut ? 0 : allowed;
    }
}
