namespace Waxseal.ReportIntake;

/// <summary>Folders that nobody else may look into: reports tell who mails with whom.</summary>
internal static class PrivateFolder
{
    /// <summary>Makes a folder for its owner alone, and those above it that are not there; what is there stays as it is.</summary>
    public static void Create(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } above && !Directory.Exists(above))
            Create(above);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
