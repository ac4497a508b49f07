namespace Waxseal.Inputs;

/// <summary>Opens files and reads streams whole, with words for what goes wrong.</summary>
internal static class InputFile
{
    /// <summary>Opens a file for reading.</summary>
    /// <param name="path">The path.</param>
    /// <param name="refusal">Why it cannot be read, as the end of a sentence, when the answer is null.</param>
    public static FileStream? Open(string path, out string? refusal)
    {
        refusal = FileType.RefusalOf(path);
        if (refusal is not null)
            return null;

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            refusal = ReasonOf(exception);
            return null;
        }
    }

    /// <summary>The reason in words that need no knowledge of this program.</summary>
    public static string ReasonOf(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "does not exist",
        UnauthorizedAccessException => "may not be read: permission denied",
        PathTooLongException => "has too long a path",
        _ => $"cannot be read: {exception.Message}",
    };

    /// <summary>Reads the start of a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="length">How much to read; less only where the stream ends.</param>
    /// <param name="refusal">Why it cannot be read, as the end of a sentence, when the answer is null.</param>
    public static byte[]? ReadHead(Stream stream, int length, out string? refusal)
    {
        refusal = null;
        try
        {
            // Most files are far shorter; those of /proc say 0.
            byte[] head = new byte[stream is { CanSeek: true, Length: > 0 } ? Math.Min(length, stream.Length) : length];
            int count = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            return count == head.Length ? head : head[..count];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            refusal = ReasonOf(exception);
            return null;
        }
    }

    /// <summary>Reads what is left of a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="head">What has been read of it already, no more than the limit.</param>
    /// <param name="limit">Most bytes of the whole.</param>
    /// <param name="refusal">Why it cannot be read, as the end of a sentence, when the answer is null.</param>
    /// <returns>The whole with its head.</returns>
    public static byte[]? ReadRest(Stream stream, byte[] head, int limit, out string? refusal)
    {
        refusal = null;
        using MemoryStream whole = new();
        try
        {
            int next = stream.ReadByte();
            if (next < 0)
                return head;

            whole.Write(head);
            whole.WriteByte((byte)next);
            byte[] buffer = new byte[64 * 1024];
            while (whole.Length <= limit && stream.Read(buffer) is > 0 and int count)
                whole.Write(buffer, 0, count);
        }
        catch (IOException exception)
        {
            refusal = ReasonOf(exception);
            return null;
        }

        if (whole.Length > limit)
            refusal = $"is larger than {limit} bytes, the most that is read";
        return refusal is null ? whole.ToArray() : null;
    }
}
