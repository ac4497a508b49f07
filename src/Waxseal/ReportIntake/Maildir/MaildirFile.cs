using System.Globalization;

namespace Waxseal.ReportIntake.Maildir;

/// <summary>A mail in a Maildir: a file whose name is unique in time, with flags behind <c>:2,</c>.</summary>
/// <param name="path">The file.</param>
internal sealed class MaildirFile(string path)
{
    private const string FlagsMark = ":2,";
    private const char Seen = 'S';
    private const char Trashed = 'T';

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>Its name, which stays the same when it is moved or its flags change.</summary>
    public string Name { get; } = System.IO.Path.GetFileName(path).Split(FlagsMark)[0];

    /// <summary>Whether it is no mail but a file of some program.</summary>
    public bool IsHidden => Name.StartsWith('.');

    /// <summary>Whether its owner has put it into the waste-paper basket.</summary>
    public bool IsTrashed => Flags.Contains(Trashed, StringComparison.Ordinal);

    /// <summary>When it was delivered: by its name, which outlives copies, or else by the file.</summary>
    public DateTimeOffset DeliveredAt =>
        long.TryParse(Name.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds < uint.MaxValue
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : File.GetLastWriteTimeUtc(path);

    private string Flags => System.IO.Path.GetFileName(path).Split(FlagsMark, 2) is [_, var flags] ? flags : "";

    /// <summary>Moves the mail, as seen, into a folder of the Maildir, which is made if it is missing.</summary>
    public void MoveAsSeen(string folder)
    {
        foreach (string part in new[] { "cur", "new", "tmp" })
            Directory.CreateDirectory(System.IO.Path.Combine(folder, part));

        // Maildir++: by this empty file a folder is known to be one.
        string mark = System.IO.Path.Combine(folder, "maildirfolder");
        if (!File.Exists(mark))
            File.Create(mark).Dispose();

        string flags = string.Concat(Flags.Append(Seen).Distinct().Order());
        string target = System.IO.Path.Combine(folder, "cur", $"{Name}{FlagsMark}{flags}");
        for (int i = 1; File.Exists(target); i++)
            target = System.IO.Path.Combine(folder, "cur", string.Create(CultureInfo.InvariantCulture, $"{Name}_{i}{FlagsMark}{flags}"));
        File.Move(path, target);
    }
}
