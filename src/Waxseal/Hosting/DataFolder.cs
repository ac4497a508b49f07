namespace Waxseal.Hosting;

/// <summary>Where data are kept unless the configuration says otherwise.</summary>
internal static class DataFolder
{
    // Reports tell who sends mail to whom.
    private const UnixFileMode Rights = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>The folder that systemd made (<c>STATE_DIRECTORY</c>), that of the system for root, or that of the user.</summary>
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("STATE_DIRECTORY")?.Split(':')[0]
        ?? (Environment.IsPrivilegedProcess ? "/var/lib/waxseal"
            : System.IO.Path.Combine(
                Environment.GetEnvironmentVariable("XDG_DATA_HOME") ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share"),
                "waxseal"));

    /// <summary>Makes the folder if it is missing and the store is to lie in it; a folder that the configuration names is its owner's to make.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static void MakeFor(StoreOptions store)
    {
        if (store.Database != StoreOptions.DefaultDatabase || Directory.Exists(Path))
            return;
        try
        {
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(Path);
            else
                Directory.CreateDirectory(Path, Rights);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"the folder of the store, {Path}, cannot be made ({fault.Message.TrimEnd('.')}); name another in store.database", fault);
        }
    }
}
