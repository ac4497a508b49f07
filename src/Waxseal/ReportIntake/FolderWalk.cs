namespace Waxseal.ReportIntake;

/// <summary>Lists the files below a folder, in the order of their names. Links to folders are not followed.</summary>
internal static class FolderWalk
{
    public static IEnumerable<FolderEntry> Of(string folder)
    {
        Stack<string> waiting = new([folder]);
        while (waiting.TryPop(out string? path))
        {
            if (Directory.Exists(path) && (path == folder || !IsLink(path)))
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

    // In a Maildir, tmp holds mails that are still being written, and folders within begin with a dot.
    private static bool IsWanted(string path, bool inMaildir)
    {
        string name = Path.GetFileName(path);
        return (!name.StartsWith('.') || IsMaildir(path)) && !(inMaildir && name == "tmp");
    }

    private static bool IsMaildir(string folder) =>
        Directory.Exists(Path.Combine(folder, "cur")) && Directory.Exists(Path.Combine(folder, "new"));

    private static bool IsLink(string path) => new FileInfo(path).LinkTarget is not null;
}

/// <summary>A file below a folder, or a folder that cannot be read.</summary>
internal sealed record FolderEntry(string Path)
{
    /// <summary>Why the folder cannot be read, as the end of a sentence; null for a file.</summary>
    public string? Failure { get; init; }
}
