using System.Text;

namespace Waxseal.Lab.Wire;

/// <summary>Lines of a protocol such as SMTP, read octet by octet so that nothing of what follows them is taken.</summary>
internal static class TextLines
{
    /// <summary>The next line, without its end; null at the end of the connection.</summary>
    public static async Task<string?> ReadLineAsync(this Stream stream, CancellationToken cancellationToken)
    {
        StringBuilder line = new();
        byte[] octet = new byte[1];
        while (await stream.ReadAsync(octet, cancellationToken) == 1)
        {
            if (octet[0] == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)octet[0]);
        }

        return null;
    }

    public static Task WriteLineAsync(this Stream stream, string line, CancellationToken cancellationToken) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancellationToken).AsTask();
}
