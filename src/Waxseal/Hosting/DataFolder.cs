namespace Waxseal.Hosting;

/// <summary>Where data are kept unless the configuration says otherwise.</summary>
internal static class DataFolder
{
    /// <summary>The folder that systemd made (<c>STATE_DIRECTORY</c>), that of the system for root, or that of the user.</summary>
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("STATE_DIRECTORY")?.Split(':')[0]
        ?? (Environment.IsPrivilegedProcess ? "/var/lib/waxseal"
            : System.IO.Path.Combine(
                Environment.GetEnvironmentVariable("XDG_DATA_HOME") ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share"),
                "waxseal"));
}
