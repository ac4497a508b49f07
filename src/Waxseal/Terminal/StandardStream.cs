using System.Runtime.InteropServices;

namespace Waxseal.Terminal;

/// <summary>
/// Standard input, output or error, by the calls of the system alone. The framework's own would switch the keypad of the
/// terminal over, and would go on without a word when nobody reads the output any more.
/// </summary>
/// <param name="descriptor">0, 1 or 2.</param>
/// <param name="isLastResort">Whether failures to write are passed over, because there is nowhere left to tell of them.</param>
internal sealed class StandardStream(int descriptor, bool isLastResort = false) : Stream
{
    // errno.h and poll.h; the numbers are the same on every architecture there is a build for.
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const int BrokenPipe = 32;
    private const byte PollIn = 1;
    private const byte PollOut = 4;

    public override bool CanRead => descriptor == 0;

    public override bool CanWrite => descriptor != 0;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public static StandardStream Input() => new(0);

    public static StandardStream Output() => new(1);

    public static StandardStream Error() => new(2, isLastResort: true);

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (true)
        {
            nint length = Read(descriptor, ref MemoryMarshal.GetReference(buffer.AsSpan(offset, count)), count);
            if (length >= 0)
                return (int)length;
            if (!CanGoOn(PollIn, out int error))
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
        }
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        while (count > 0)
        {
            nint length = Write(descriptor, ref MemoryMarshal.GetReference(buffer.AsSpan(offset, count)), count);
            if (length >= 0)
            {
                offset += (int)length;
                count -= (int)length;
            }
            else if (!CanGoOn(PollOut, out int error))
            {
                if (isLastResort)
                    return;
                throw new OutputException(Marshal.GetPInvokeErrorMessage(error)) { ReaderIsGone = error == BrokenPipe };
            }
        }
    }

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Whether a call that failed is to be made again; waits where the other end is not ready.</summary>
    private bool CanGoOn(byte events, out int error)
    {
        error = Marshal.GetLastPInvokeError();
        if (error == TryAgain)
        {
            // struct pollfd: int fd, short events, short revents
            byte[] request = new byte[8];
            BitConverter.TryWriteBytes(request, descriptor);
            request[4] = events;
            _ = Poll(request, 1, Timeout.Infinite);
        }

        return error is Interrupted or TryAgain;
    }

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint Read(int descriptor, ref byte buffer, nint count);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern nint Write(int descriptor, ref byte buffer, nint count);

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern int Poll(byte[] requests, nuint count, int milliseconds);
}
