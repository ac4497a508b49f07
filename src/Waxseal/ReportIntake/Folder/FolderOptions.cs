using Waxseal.Hosting.Configuration;

namespace Waxseal.ReportIntake.Folder;

/// <summary>The <c>reportIntake.folder</c> section of the configuration file.</summary>
internal sealed class FolderOptions : IOptions
{
    /// <summary>The folder that is watched for files with reports.</summary>
    public string Path { get; set; } = System.IO.Path.Combine(Waxseal.Hosting.DataFolder.Path, "incoming");

    /// <summary>How often it is looked into.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(10);

    public static Section<FolderOptions> Section { get; } = new("reportIntake.folder", "Takes reports from files that are put into a folder; what was stored is moved to \"stored\", what cannot be read to \"unreadable\". Files whose name begins with a dot, and folders within it, are left alone.",
    [
        Settings.Text("path", "The folder.", o => o.Path, (FolderOptions o, string v) => o.Path = v, type: "path"),
        Settings.Time("every", "How often it is looked into.", (TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), o => o.Every, (FolderOptions o, TimeSpan v) => o.Every = v),
    ]);

    public IEnumerable<string> Problems() => [];
}
