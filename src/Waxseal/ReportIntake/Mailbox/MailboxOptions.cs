using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;

namespace Waxseal.ReportIntake.Mailbox;

/// <summary>A <c>reportIntake.mailbox</c> section of the configuration file; there may be several.</summary>
internal sealed class MailboxOptions : IOptions
{
    // RFC 8314 §3.2 and RFC 9051 §2.1
    private const int ImplicitTlsPort = 993;
    private const int PlainPort = 143;

    /// <summary>The host of the IMAP server.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port; 0 for the one that belongs to <see cref="Tls"/>.</summary>
    public long Port { get; set; }

    /// <summary>How the connection is made safe.</summary>
    public string Tls { get; set; } = "implicit";

    /// <summary>The roots (PEM) that the server's certificate is held against; null for those of the system.</summary>
    public string? CaFile { get; set; }

    /// <summary>The user.</summary>
    public string User { get; set; } = "";

    /// <summary>The password; null where a token is used.</summary>
    public Secret? Password { get; set; }

    /// <summary>A file with an OAuth 2.0 access token, read anew for each connection; null where a password is used.</summary>
    public string? Oauth2TokenFile { get; set; }

    /// <summary>The folder that is read.</summary>
    public string Folder { get; set; } = "INBOX";

    /// <summary>The folder to which a mail is moved when all reports in it are on disk.</summary>
    public string StoredFolder { get; set; } = "TLS reports stored";

    /// <summary>The folder to which a mail is moved that holds something else, or what cannot be read.</summary>
    public string UnreadableFolder { get; set; } = "TLS reports unreadable";

    /// <summary>How often the folder is looked into where the server does not tell by itself.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether the server is asked to tell of new mails (IDLE).</summary>
    public bool Idle { get; set; } = true;

    /// <summary>Whether mails are deleted, not moved, when all reports in them are on disk.</summary>
    public bool Delete { get; set; }

    public static Section<MailboxOptions> Section { get; } = new("reportIntake.mailbox", "Takes reports from a mailbox over IMAP; there may be several. What was stored is moved to a folder, what cannot be read to another.",
    [
        Settings.Text("host", "The host of the IMAP server.", o => o.Host, (MailboxOptions o, string v) => o.Host = v, type: "host name or address"),
        Settings.Number("port", "Its port; 0 for 993 with implicit TLS and 143 otherwise.", (0, ushort.MaxValue), o => o.Port, (MailboxOptions o, long v) => o.Port = v),
        Settings.Choice("tls", "How the connection is made safe; none only for this machine itself.", ["implicit", "starttls", "none"], o => o.Tls, (MailboxOptions o, string v) => o.Tls = v),
        Settings.Text("caFile", "The file with the roots (PEM) that the server's certificate is held against; without it those of the system.", o => o.CaFile, (MailboxOptions o, string v) => o.CaFile = v, ProblemOfFile, "path"),
        Settings.Text("user", "The user.", o => o.User, (MailboxOptions o, string v) => o.User = v),
        Settings.Secret("password", "The password.", o => o.Password, (MailboxOptions o, Secret? v) => o.Password = v),
        Settings.Text("oauth2TokenFile", "The file with an OAuth 2.0 access token in place of a password; it is read anew for each connection.", o => o.Oauth2TokenFile, (MailboxOptions o, string v) => o.Oauth2TokenFile = v, type: "path"),
        Settings.Text("folder", "The folder that is read; / parts folders within folders.", o => o.Folder, (MailboxOptions o, string v) => o.Folder = v),
        Settings.Text("storedFolder", "The folder to which a mail is moved when all reports in it are on disk.", o => o.StoredFolder, (MailboxOptions o, string v) => o.StoredFolder = v),
        Settings.Text("unreadableFolder", "The folder to which a mail is moved that holds something else, or what cannot be read.", o => o.UnreadableFolder, (MailboxOptions o, string v) => o.UnreadableFolder = v),
        Settings.Time("every", "How often the folder is looked into where the server does not tell by itself.", (TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)), o => o.Every, (MailboxOptions o, TimeSpan v) => o.Every = v),
        Settings.Flag("idle", "Whether the server is asked to tell of new mails (IDLE).", o => o.Idle, (MailboxOptions o, bool v) => o.Idle = v),
        Settings.Flag("delete", "Whether mails are deleted, not moved, when all reports in them are on disk.", o => o.Delete, (MailboxOptions o, bool v) => o.Delete = v),
    ])
    {
        IsRepeated = true,
    };

    /// <summary>The port that is connected to.</summary>
    public int ConnectPort => Port != 0 ? (int)Port : Tls == "implicit" ? ImplicitTlsPort : PlainPort;

    /// <summary>How the mailbox is named to people.</summary>
    public string Name => $"{User} at {Host}";

    public IEnumerable<string> Problems()
    {
        if (Host.Length == 0)
            yield return "host is missing.";
        if (User.Length == 0)
            yield return "user is missing.";
        if (Password is null == Oauth2TokenFile is null)
            yield return Password is null ? "password is missing, or else oauth2TokenFile." : "password and oauth2TokenFile exclude each other.";

        // A program may bring the file later; one that is there without a token is a slip.
        if (Oauth2TokenFile is not null && File.Exists(Oauth2TokenFile) && new FileInfo(Oauth2TokenFile).Length == 0)
            yield return $"oauth2TokenFile names {Oauth2TokenFile}, which is empty; write the token into it.";

        // RFC 8314 §3: a password must not cross a network in clear.
        if (Tls == "none" && !ThisMachine.Is(Host))
            yield return $"tls is none, and {Host} is not this machine; it takes implicit or starttls.";
        if (new[] { Folder, StoredFolder, UnreadableFolder }.Distinct(StringComparer.OrdinalIgnoreCase).Count() < 3)
            yield return "folder, storedFolder and unreadableFolder must be three folders.";
    }

    private static string? ProblemOfFile(string path) => File.Exists(path) ? null : $"names {path}, which is not there";
}
