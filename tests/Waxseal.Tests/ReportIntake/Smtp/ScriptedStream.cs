using System.Text;

namespace Waxseal.Tests.ReportIntake.Smtp;

/// <summary>A client that says all it has to say, whatever it hears, and hangs up.</summary>
/// <param name="says">What it says, each letter an octet.</param>
/// <param name="most">How many octets come at a time, at most.</param>
internal sealed class ScriptedStream(string says, int most = int.MaxValue) : Stream
{
    private readonly byte[] _says = Encoding.Latin1.GetBytes(says);
    private readonly MemoryStream _heard = new();
    private int _position;

    /// <summary>What it was told, by lines.</summary>
    public string[] Heard => Encoding.Latin1.GetString(_heard.ToArray()).Split("\r\n")[..^1];

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int length = Math.Min(Math.Min(count, most), _says.Length - _position);
        _says.AsSpan(_position, length).CopyTo(buffer.AsSpan(offset));
        _position += length;
        return length;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        byte[] read = new byte[buffer.Length];
        int length = Read(read, 0, read.Length);
        read.AsMemory(0, length).CopyTo(buffer);
        return new(length);
    }

    public override void Write(byte[] buffer, int offset, int count) => _heard.Write(buffer, offset, count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
