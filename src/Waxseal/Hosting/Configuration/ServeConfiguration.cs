using System.Collections.Immutable;
using Waxseal.Alerts;
using Waxseal.Alerts.Routes;
using Waxseal.Dashboard;
using Waxseal.Dashboard.Oidc;
using Waxseal.Findings;
using Waxseal.Hosting.Control;
using Waxseal.Hosting.Metrics;
using Waxseal.Hosting.Probing;
using Waxseal.Monitor;
using Waxseal.ReportIntake;
using Waxseal.ReportIntake.Folder;
using Waxseal.ReportIntake.Https;
using Waxseal.ReportIntake.Mailbox;
using Waxseal.ReportIntake.Maildir;
using Waxseal.ReportIntake.Smtp;

namespace Waxseal.Hosting.Configuration;

/// <summary>The configuration of <c>waxseal serve</c>, whole and checked. A section that is absent leaves its role off.</summary>
internal sealed record ServeConfiguration
{
    /// <summary>Every section there is, in the order in which people read them.</summary>
    public static ImmutableArray<ISection> Sections { get; } =
        [
            StoreOptions.Section, DnsOptions.Section, ReportIntakeOptions.Section, HttpsIntakeOptions.Section, SmtpIntakeOptions.Section, LmtpIntakeOptions.Section,
            FolderOptions.Section, MaildirOptions.Section, MailboxOptions.Section, MonitorOptions.Section,
            AlertsOptions.Section, SubmissionOptions.Section, WebhookOptions.Section, ChatOptions.Section,
            FindingsOptions.Section, DashboardOptions.Section, OidcOptions.Section, MetricsOptions.Section, ControlOptions.Section,
        ];

    /// <summary>The database.</summary>
    public StoreOptions Store { get; init; } = new();

    /// <summary>How names are looked up.</summary>
    public DnsOptions Dns { get; init; } = new();

    /// <summary>What is common to all ways in which reports come; null when none is on.</summary>
    public ReportIntakeOptions? ReportIntake { get; init; }

    /// <summary>Reports by POST.</summary>
    public HttpsIntakeOptions? HttpsIntake { get; init; }

    /// <summary>Reports by SMTP.</summary>
    public SmtpIntakeOptions? SmtpIntake { get; init; }

    /// <summary>Reports by LMTP.</summary>
    public LmtpIntakeOptions? LmtpIntake { get; init; }

    /// <summary>Reports from a folder.</summary>
    public FolderOptions? FolderIntake { get; init; }

    /// <summary>Reports from a Maildir.</summary>
    public MaildirOptions? MaildirIntake { get; init; }

    /// <summary>Reports from mailboxes over IMAP.</summary>
    public ImmutableArray<MailboxOptions> Mailboxes { get; init; } = [];

    /// <summary>Looks at policy domains again and again.</summary>
    public MonitorOptions? Monitor { get; init; }

    /// <summary>Whom to tell when something is the matter; null when nobody is told.</summary>
    public AlertsConfiguration? Alerts { get; init; }

    /// <summary>Explains what is stored, and keeps what it finds.</summary>
    public FindingsOptions? Findings { get; init; }

    /// <summary>Shows what is stored.</summary>
    public DashboardOptions? Dashboard { get; init; }

    /// <summary>Figures and health; null when they are not shown.</summary>
    public MetricsOptions? Metrics { get; init; }

    /// <summary>Where <c>waxseal ctl</c> finds the process.</summary>
    public ControlOptions Control { get; init; } = new();

    /// <summary>The socket of <c>waxseal ctl</c>: beside the database, or in the data directory, unless said otherwise.</summary>
    public string ControlSocket => Control.Socket
        ?? Path.Combine(Store.Address is { IsSqlite: true, Value: var path } ? Path.GetDirectoryName(path)! : DataFolder.Path, "control.sock");

    /// <summary>Without a file: reports by HTTP on loopback and from a folder, pages on loopback, and SQLite in the data directory.</summary>
    public static string Default => """
        [reportIntake.https]
        [reportIntake.folder]
        [findings]
        [dashboard]
        """;

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="name">What the file is called, for problems; null for the default.</param>
    /// <param name="environment">The variables of the environment.</param>
    /// <param name="problems">Everything that is wrong.</param>
    public static ServeConfiguration Read(string text, string? name, IReadOnlyDictionary<string, string> environment, out ImmutableArray<string> problems)
    {
        ConfigValue.Table root = ConfigFile.Read(text, name ?? "the default configuration", out problems);
        if (!problems.IsEmpty)
            return new();

        ConfigReading reading = new(name, environment);
        Outline outline = new(root, reading);
        ReportIntakeOptions? reportIntake = ReportIntakeOptions.Section.Read(outline.Table("reportIntake"), reading, subsections: ["https", "smtp", "lmtp", "folder", "maildir", "mailbox"]);
        ServeConfiguration configuration = new()
        {
            Store = StoreOptions.Section.Read(outline.Table("store"), reading) ?? new(),
            Dns = DnsOptions.Section.Read(outline.Table("dns"), reading) ?? new(),
            HttpsIntake = HttpsIntakeOptions.Section.Read(outline.Table("reportIntake.https"), reading),
            SmtpIntake = SmtpIntakeOptions.Section.Read(outline.Table("reportIntake.smtp"), reading),
            LmtpIntake = LmtpIntakeOptions.Section.Read(outline.Table("reportIntake.lmtp"), reading),
            FolderIntake = FolderOptions.Section.Read(outline.Table("reportIntake.folder"), reading),
            MaildirIntake = MaildirOptions.Section.Read(outline.Table("reportIntake.maildir"), reading),
            Mailboxes = [.. outline.Tables("reportIntake", "mailbox").Select((table, i) => MailboxOptions.Section.Read(table, reading, $"reportIntake.mailbox[{i + 1}]")!)],
            Monitor = MonitorOptions.Section.Read(outline.Table("monitor"), reading),
            Alerts = ReadAlerts(outline, reading),
            Findings = FindingsOptions.Section.Read(outline.Table("findings"), reading),
            Dashboard = ReadDashboard(outline, reading),
            Metrics = MetricsOptions.Section.Read(outline.Table("metrics"), reading),
            Control = ControlOptions.Section.Read(outline.Table("control"), reading) ?? new(),
        };

        // What pages say of a policy domain rests on its findings: without them everything would look well.
        configuration = configuration with
        {
            ReportIntake = reportIntake ?? (configuration.HasIntake ? new() : null),
            Findings = configuration.Findings ?? (configuration.Dashboard is null ? null : new()),
        };
        outline.RefuseUnknown(["store", "dns", "reportIntake", "monitor", "alerts", "findings", "dashboard", "metrics", "control"]);
        reading.RefuseUnknownVariables(Sections);
        foreach (string clash in ListenerClashes.In(configuration.Listeners))
            reading.Add(clash);
        problems = [.. reading.Problems];
        return configuration;
    }

    /// <summary>The configuration as a file would have it, secrets not shown.</summary>
    public IEnumerable<string> Show()
    {
        IEnumerable<string>[] shown =
        [
            StoreOptions.Section.Show(Store),
            DnsOptions.Section.Show(Dns),
            ReportIntake is null ? [] : ReportIntakeOptions.Section.Show(ReportIntake),
            HttpsIntake is null ? [] : HttpsIntakeOptions.Section.Show(HttpsIntake),
            SmtpIntake is null ? [] : SmtpIntakeOptions.Section.Show(SmtpIntake),
            LmtpIntake is null ? [] : LmtpIntakeOptions.Section.Show(LmtpIntake),
            FolderIntake is null ? [] : FolderOptions.Section.Show(FolderIntake),
            MaildirIntake is null ? [] : MaildirOptions.Section.Show(MaildirIntake),
            .. Mailboxes.Select(MailboxOptions.Section.Show),
            Monitor is null ? [] : MonitorOptions.Section.Show(Monitor),
            .. Alerts?.Show() ?? [],
            Findings is null ? [] : FindingsOptions.Section.Show(Findings),
            Dashboard is null ? [] : DashboardOptions.Section.Show(Dashboard),
            Dashboard?.Oidc is { } oidc ? OidcOptions.Section.Show(oidc) : [],
            Metrics is null ? [] : MetricsOptions.Section.Show(Metrics),
            ControlOptions.Section.Show(new() { Socket = ControlSocket }),
        ];
        return shown.Select(lines => lines.ToArray()).Where(lines => lines.Length > 0).SelectMany((lines, i) => i == 0 ? lines : lines.Prepend(""));
    }

    private static DashboardOptions? ReadDashboard(Outline outline, ConfigReading reading)
    {
        DashboardOptions? dashboard = DashboardOptions.Section.Read(outline.Table("dashboard"), reading, subsections: ["oidc"]);
        if (OidcOptions.Section.Read(outline.Table("dashboard.oidc"), reading) is not { } oidc)
            return dashboard;
        dashboard ??= new();
        dashboard.Oidc = oidc;
        foreach (string problem in oidc.ProblemsWith(dashboard.HostNames))
            reading.Add(problem);
        return dashboard;
    }

    private static AlertsConfiguration? ReadAlerts(Outline outline, ConfigReading reading)
    {
        if (AlertsOptions.Section.Read(outline.Table("alerts"), reading, subsections: ["mail", "webhook", "chat"]) is not { } options)
            return null;
        AlertsConfiguration alerts = new(
            options,
            [.. outline.Tables("alerts", "mail").Select((table, i) => SubmissionOptions.Section.Read(table, reading, $"alerts.mail[{i + 1}]")!)],
            [.. outline.Tables("alerts", "webhook").Select((table, i) => WebhookOptions.Section.Read(table, reading, $"alerts.webhook[{i + 1}]")!)],
            [.. outline.Tables("alerts", "chat").Select((table, i) => ChatOptions.Section.Read(table, reading, $"alerts.chat[{i + 1}]")!)]);
        foreach (string name in alerts.DoubleNames)
            reading.Add($"alerts has several routes with the name {name}; give each its own: name = \"...\".");
        foreach (string problem in alerts.ForbiddenAddresses)
            reading.Add(problem);
        return alerts;
    }

    /// <summary>Whether a section of a role is there.</summary>
    public bool HasRole => HasIntake || Monitor is not null || Alerts is not null || Findings is not null || Dashboard is not null || Metrics is not null;

    // Where each section listens, by its key.
    private ImmutableArray<(string Key, ImmutableArray<string> Listen)> Listeners =>
    [
        ("reportIntake.https.listen", HttpsIntake?.Listen ?? []), ("reportIntake.smtp.listen", SmtpIntake?.Listen ?? []), ("reportIntake.lmtp.listen", LmtpIntake?.Listen ?? []),
        ("dashboard.listen", Dashboard?.Listen ?? []), ("metrics.listen", Metrics?.Listen ?? []), ("control.socket", [$"unix:{ControlSocket}"]),
    ];

    private bool HasIntake => HttpsIntake is not null || SmtpIntake is not null || LmtpIntake is not null || FolderIntake is not null || MaildirIntake is not null || !Mailboxes.IsEmpty;
}
