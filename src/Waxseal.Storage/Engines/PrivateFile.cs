namespace Waxseal.Storage.Engines;

/// <summary>Files that nobody else may read: reports tell who mails with whom.</summary>
internal static class PrivateFile
{
    /// <summary>Makes an empty file for its owner alone.</summary>
    /// <exception cref="IOException">It is there already, or its folder is not.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Create(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, options).Dispose();
    }
}
