using System.Collections.Immutable;
using System.Net;
using Waxseal.Alerts.Judgement;
using Waxseal.Hosting;
using Waxseal.Hosting.Configuration;
using Waxseal.Storage.Alerts;

namespace Waxseal.Alerts;

/// <summary>The <c>alerts</c> section of the configuration file.</summary>
internal sealed class AlertsOptions : IOptions
{
    /// <summary>How often the store is asked for news.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The kinds of alerts that are raised.</summary>
    public ImmutableArray<string> Kinds { get; set; } = [.. Enum.GetValues<AlertKind>().Select(kind => kind.ToWord())];

    /// <summary>For so long a result type must not have been seen from a reporter to be new.</summary>
    public TimeSpan NewAfter { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The share of failed sessions from which on it is told, in percent.</summary>
    public long Share { get; set; } = 10;

    /// <summary>With fewer sessions no share is told.</summary>
    public long LeastSessions { get; set; } = 20;

    /// <summary>A reporter is large with so many sessions on an average day.</summary>
    public long LargeReporter { get; set; } = 10;

    /// <summary>So many reports of a regular reporter must be overdue.</summary>
    public long SilentDays { get; set; } = 2;

    /// <summary>For so long no report must have come at all.</summary>
    public TimeSpan IntakeSilentAfter { get; set; } = TimeSpan.FromHours(36);

    /// <summary>So long before it expires something is told of.</summary>
    public TimeSpan ExpiryWithin { get; set; } = TimeSpan.FromDays(14);

    /// <summary>Whether reports count alone of which it is proved who sent them.</summary>
    public bool ProvedOnly { get; set; }

    /// <summary>After how long it is told again that something still is the matter.</summary>
    public TimeSpan RemindAfter { get; set; } = TimeSpan.FromDays(3);

    /// <summary>For so long nothing must be the matter before that is told.</summary>
    public TimeSpan ClearAfter { get; set; } = TimeSpan.FromHours(6);

    /// <summary>Hours in which messages wait, such as 22:00-07:00; empty for none.</summary>
    public string QuietHours { get; set; } = "";

    /// <summary>The time zone of these hours.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>Whether urgent messages do not wait.</summary>
    public bool UrgentInQuietHours { get; set; } = true;

    /// <summary>After how long a message is given up that no route takes.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Networks that may be connected to although they are private.</summary>
    public ImmutableArray<string> AllowAddresses { get; set; } = [];

    public static Section<AlertsOptions> Section { get; } = new("alerts", "Tells people when something is the matter: failures, silence, and what is about to expire.",
    [
        Settings.Time("every", "How often the store is asked for news.", (TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), o => o.Every, (AlertsOptions o, TimeSpan v) => o.Every = v),
        Settings.Texts("kinds", "The kinds of alerts that are raised.", o => o.Kinds, (AlertsOptions o, ImmutableArray<string> v) => o.Kinds = v, ProblemOfKind, $"list of {string.Join(", ", Enum.GetValues<AlertKind>().Select(kind => kind.ToWord()))}"),
        Settings.Time("newAfter", "For so long a result type must not have been seen from a reporter to be new.", (TimeSpan.FromDays(1), TimeSpan.FromDays(365)), o => o.NewAfter, (AlertsOptions o, TimeSpan v) => o.NewAfter = v),
        Settings.Number("share", "The share of failed sessions from which on it is told.", (1, 100), o => o.Share, (AlertsOptions o, long v) => o.Share = v, "percent"),
        Settings.Number("leastSessions", "With fewer sessions no share is told.", (1, 1_000_000_000), o => o.LeastSessions, (AlertsOptions o, long v) => o.LeastSessions = v, "sessions"),
        Settings.Number("largeReporter", "A reporter that stays silent is told of if it had so many sessions on an average day.", (1, 1_000_000_000), o => o.LargeReporter, (AlertsOptions o, long v) => o.LargeReporter = v, "sessions"),
        Settings.Number("silentDays", "So many reports of a regular reporter must be overdue; one that leaves out days is given more.", (1, 28), o => o.SilentDays, (AlertsOptions o, long v) => o.SilentDays = v, "days"),
        Settings.Time("intakeSilentAfter", "For so long no report must have come at all; where days without are usual it takes longer.", (TimeSpan.FromHours(1), TimeSpan.FromDays(28)), o => o.IntakeSilentAfter, (AlertsOptions o, TimeSpan v) => o.IntakeSilentAfter = v),
        Settings.Time("expiryWithin", "So long before it expires a certificate or policy is told of, and not before a quarter of a certificate's life is left.", (TimeSpan.FromHours(1), TimeSpan.FromDays(365)), o => o.ExpiryWithin, (AlertsOptions o, TimeSpan v) => o.ExpiryWithin = v),
        Settings.Flag("provedOnly", "Whether reports count alone of which it is proved who sent them; reports by HTTPS never are.", o => o.ProvedOnly, (AlertsOptions o, bool v) => o.ProvedOnly = v),
        Settings.Time("remindAfter", "After how long it is told again that something still is the matter.", (TimeSpan.FromHours(1), TimeSpan.FromDays(365)), o => o.RemindAfter, (AlertsOptions o, TimeSpan v) => o.RemindAfter = v),
        Settings.Time("clearAfter", "For so long nothing must be the matter before that is told; twice as long each time it came back within 30 days.", (TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)), o => o.ClearAfter, (AlertsOptions o, TimeSpan v) => o.ClearAfter = v),
        Settings.Text("quietHours", "Hours in which messages wait, to be sent as one digest afterwards; empty for none.", o => o.QuietHours, (AlertsOptions o, string v) => o.QuietHours = v, ProblemOfHours, "text: HH:MM-HH:MM"),
        Settings.Text("timeZone", "The time zone of these hours.", o => o.TimeZone, (AlertsOptions o, string v) => o.TimeZone = v, ProblemOfZone, "name such as Europe/Berlin"),
        Settings.Flag("urgentInQuietHours", "Whether urgent messages do not wait.", o => o.UrgentInQuietHours, (AlertsOptions o, bool v) => o.UrgentInQuietHours = v),
        Settings.Time("giveUpAfter", "After how long a message is given up that its route does not take.", (TimeSpan.FromMinutes(10), TimeSpan.FromDays(14)), o => o.GiveUpAfter, (AlertsOptions o, TimeSpan v) => o.GiveUpAfter = v),
        Settings.Texts("allowAddresses", "Networks that routes may lead into although they are private, such as 127.0.0.0/8 for this machine.", o => o.AllowAddresses, (AlertsOptions o, ImmutableArray<string> v) => o.AllowAddresses = v, Networks.ProblemOf, "list of networks (CIDR)"),
    ]);

    /// <summary>From where on something is the matter.</summary>
    public Thresholds Thresholds => new()
    {
        NewAfterDays = (int)NewAfter.TotalDays,
        SharePercent = (int)Share,
        LeastSessions = LeastSessions,
        LargeReporter = LargeReporter,
        SilentDays = (int)SilentDays,
        IntakeSilentAfter = IntakeSilentAfter,
        ExpiryWithin = ExpiryWithin,
    };

    /// <summary>The hours in which messages wait; null for none.</summary>
    public QuietHours? Quiet => Alerts.QuietHours.TryParse(QuietHours, TimeZoneInfo.FindSystemTimeZoneById(TimeZone), out QuietHours? hours) ? hours : null;

    /// <summary>The networks that may be connected to although they are private.</summary>
    public ImmutableArray<IPNetwork> Allowed => [.. AllowAddresses.Select(text => Networks.Of(text)!.Value)];

    /// <summary>How long a process judges for all before another may.</summary>
    public TimeSpan TurnLength => TimeSpan.FromMinutes(1) + (2 * Every);

    public IEnumerable<string> Problems()
    {
        if (ClearAfter > RemindAfter)
            yield return "clearAfter is longer than remindAfter; it takes less.";
    }

    private static string? ProblemOfKind(string text) => Enum.GetValues<AlertKind>().Any(kind => kind.ToWord() == text) ? null
        : $"has \"{text}\"; the kinds are {string.Join(", ", Enum.GetValues<AlertKind>().Select(kind => kind.ToWord()))}";

    private static string? ProblemOfHours(string text) => text.Length == 0 || Alerts.QuietHours.TryParse(text, TimeZoneInfo.Utc, out _) ? null
        : $"is \"{text}\"; it takes hours such as 22:00-07:00";

    private static string? ProblemOfZone(string text) => TimeZoneInfo.TryFindSystemTimeZoneById(text, out _) ? null
        : $"is \"{text}\", which this machine does not know; it takes names such as Europe/Berlin (package tzdata)";
}
