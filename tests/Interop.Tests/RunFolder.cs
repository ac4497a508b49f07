namespace Interop.Tests;

/// <summary>The folder of one run. While the run lives it holds a lock on it, so that the next run knows what was left behind.</summary>
internal sealed class RunFolder : IDisposable
{
    private const string Prefix = "waxseal-interop-";
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly FileStream _lock;

    private RunFolder(string path, FileStream held)
    {
        Path = path;
        Name = System.IO.Path.GetFileName(path);
        _lock = held;
    }

    public string Path { get; }

    /// <summary>A name that no other run has.</summary>
    public string Name { get; }

    public static RunFolder Create()
    {
        string path = Directory.CreateTempSubdirectory(Prefix).FullName;

        // Servers give up their rights and still have to find their files.
        System.IO.File.SetUnixFileMode(path, ForAll);
        return new(path, Lock(path));
    }

    /// <summary>The folders of runs that were killed.</summary>
    public static IEnumerable<RunFolder> LeftBehind()
    {
        foreach (string path in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
        {
            if (TryLock(path) is { } held)
                yield return new(path, held);
        }
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Folder(string name)
    {
        string path = File(name);
        Directory.CreateDirectory(path, ForAll);
        return path;
    }

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        _lock.Dispose();
    }

    private static FileStream? TryLock(string path)
    {
        try
        {
            return Lock(path);
        }
        catch (IOException)
        {
            // Its run lives, or has gone in this moment.
            return null;
        }
    }

    private static FileStream Lock(string path) =>
        new(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
