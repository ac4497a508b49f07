using Waxseal.Hosting.Configuration;

namespace Waxseal.ReportIntake.Maildir;

/// <summary>The <c>reportIntake.maildir</c> section of the configuration file.</summary>
internal sealed class MaildirOptions : IOptions
{
    private static readonly string[] Parts = ["new", "cur"];

    /// <summary>The Maildir, the folder that has new, cur and tmp.</summary>
    public string Path { get; set; } = "";

    /// <summary>How often it is looked into.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(10);

    public static Section<MaildirOptions> Section { get; } = new("reportIntake.maildir", "Takes reports from a Maildir on this machine; what was stored is moved to its folder .stored, what cannot be read to .unreadable.",
    [
        Settings.Text("path", "The Maildir: the folder that has new, cur and tmp.", o => o.Path, (MaildirOptions o, string v) => o.Path = v, ProblemOfMaildir, "path"),
        Settings.Time("every", "How often it is looked into.", (TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), o => o.Every, (MaildirOptions o, TimeSpan v) => o.Every = v),
    ]);

    public IEnumerable<string> Problems()
    {
        if (Path.Length == 0)
            yield return "path is missing.";
    }

    private static string? ProblemOfMaildir(string path) => !Directory.Exists(path) ? $"names {path}, which is not there"
        : Parts.FirstOrDefault(part => !Directory.Exists(System.IO.Path.Combine(path, part))) is { } missing ? $"names {path}, which is no Maildir: it has no folder {missing}"
        : null;
}
