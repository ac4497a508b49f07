namespace Waxseal.ReportIntake;

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
        byte[] head = new byte[length];
        try
        {
            int count = stream.ReadAtLeast(head, length, throwOnEndOfStream: false);
            return head[..count];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            refusal = ReasonOf(exception);
            return null;
        }
    }

    /// <summary>Reads what is left of a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="head">What has been read of it already.</param>
    /// <param name="limit">Most bytes of the whole.</param>
    /// <param name="refusal">Why it cannot be read, as the end of a sentence, when the answer is null.</param>
    /// <returns>The whole with its head.</returns>
    public static byte[]? ReadRest(Stream stream, byte[] head, int limit, out string? refusal)
    {
        refusal = null;
        using MemoryStream whole = new();
        whole.Write(head);
        byte[] buffer = new byte[64 * 1024];
        try
        {
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
