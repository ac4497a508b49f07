namespace Waxseal.Inputs;

/// <summary>
/// Lists the files below a folder, in the order of their names. Links to folders are not followed, for they may lead round
/// in a ring, and what is hidden is left alone; both are listed as such.
/// </summary>
internal static class FolderWalk
{
    public static IEnumerable<FolderEntry> Of(string folder)
    {
        Stack<string> waiting = new([folder]);
        while (waiting.TryPop(out string? path))
        {
            if (path != folder && ReasonToPassOver(path) is { } reason)
            {
                yield return new FolderEntry(path) { PassedOver = reason };
            }
            else if (Directory.Exists(path))
            {
                FolderEntry? failure = null;
                foreach (string entry in EntriesOf(path, ref failure))
                    waiting.Push(entry);
                if (failure is not null)
                    yield return failure;
            }
            else
            {
                yield return new FolderEntry(path);
            }
        }
    }

    // In a Maildir, folders within begin with a dot; the programs that keep it hide files of their own there.
    private static string? ReasonToPassOver(string path)
    {
        if (Path.GetFileName(path).StartsWith('.') && !IsMaildir(path))
            return "is hidden and was passed over; name it to have it read";
        return IsLink(path) && Directory.Exists(path)
            ? "is a link to a folder and was passed over; name it to have it read"
            : null;
    }

    /// <summary>The entries of one folder from last to first, as a stack wants them.</summary>
    private static string[] EntriesOf(string folder, ref FolderEntry? failure)
    {
        try
        {
            string[] entries = Directory.GetFileSystemEntries(folder);
            bool isMaildir = IsMaildir(folder);
            entries = Array.FindAll(entries, entry => IsWanted(entry, isMaildir));
            Array.Sort(entries, (left, right) => string.CompareOrdinal(right, left));
            return entries;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failure = new FolderEntry(folder) { Failure = InputFile.ReasonOf(exception) };
            return [];
        }
    }

    // In a Maildir, tmp holds mails that are still being written.
    private static bool IsWanted(string path, bool inMaildir) => !inMaildir || Path.GetFileName(path) != "tmp";

    private static bool IsMaildir(string folder) =>
        Directory.Exists(Path.Combine(folder, "cur")) && Directory.Exists(Path.Combine(folder, "new"));

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}

/// <summary>A file below a folder, a folder that cannot be read, or what is passed over.</summary>
internal sealed record FolderEntry(string Path)
{
    /// <summary>Why the folder cannot be read, as the end of a sentence; null for a file.</summary>
    public string? Failure { get; init; }

    /// <summary>Why it is not looked at, as the end of a sentence; null for a file to read.</summary>
    public string? PassedOver { get; init; }
}
