using System.Collections.Frozen;
using System.Collections.Immutable;
using Waxseal.Hosting.Configuration;
using Waxseal.Hosting.Listening;

namespace Waxseal.ReportIntake.Smtp;

/// <summary>What the sections <c>reportIntake.smtp</c> and <c>reportIntake.lmtp</c> have in common, which is all but where they listen.</summary>
internal abstract class MailIntakeOptions : IOptions
{
    /// <summary>Where to listen.</summary>
    public ImmutableArray<string> Listen { get; set; } = [];

    /// <summary>The addresses that reports are taken at.</summary>
    public ImmutableArray<string> Recipients { get; set; } = [];

    /// <summary>What it calls itself; null for the name of the machine.</summary>
    public string? HostName { get; set; }

    /// <summary>The certificate with its chain, PEM; null for no STARTTLS.</summary>
    public string? Certificate { get; set; }

    /// <summary>The private key, PEM.</summary>
    public string? Key { get; set; }

    /// <summary>How many connections there may be at once.</summary>
    public long MaxConnections { get; set; } = 1000;

    /// <summary>How many of them may be from one address (a /64 of IPv6).</summary>
    public long MaxConnectionsPerSource { get; set; } = 20;

    /// <summary>How long a session may take in all.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long one step of it may take.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The addresses, read.</summary>
    public FrozenSet<Mailbox> Mailboxes => Recipients.Select(text => Mailbox.TryParse(text, out Mailbox? mailbox) ? mailbox : null).OfType<Mailbox>().ToFrozenSet();

    public virtual IEnumerable<string> Problems()
    {
        if (Recipients.IsEmpty)
            yield return "recipients is missing; no mail is taken unless it is for one of them, such as [\"tlsrpt@example.com\"].";
        if (Certificate is null != Key is null)
            yield return $"{(Key is null ? "key" : "certificate")} is missing; certificate and key go together.";
        if (Certificate is { } certificate && Key is { } key && ServerCertificate.ProblemOf(certificate, key) is { } problem)
            yield return $"certificate {problem}.";
    }

    protected static ImmutableArray<Setting<T>> SettingsOf<T>()
        where T : MailIntakeOptions =>
    [
        Settings.Texts("listen", "Where to listen.", o => o.Listen, (T o, ImmutableArray<string> v) => o.Listen = v, ListenAddress.ProblemOf, "list of ADDRESS:PORT or unix:PATH"),
        Settings.Texts("recipients", "The addresses that reports are taken at; mail for all others is refused.", o => o.Recipients, (T o, ImmutableArray<string> v) => o.Recipients = v, ProblemOfRecipient, "list of addresses"),
        Settings.Text("hostName", "What it calls itself; the name of the machine unless said otherwise.", o => o.HostName, (T o, string v) => o.HostName = v, ProblemOfName, "host name"),
        Settings.Text("certificate", "The file with certificate and chain (PEM); without one there is no STARTTLS.", o => o.Certificate, (T o, string v) => o.Certificate = v, ProblemOfFile, "path"),
        Settings.Text("key", "The file with the private key (PEM).", o => o.Key, (T o, string v) => o.Key = v, ProblemOfFile, "path"),
        Settings.Number("maxConnections", "How many connections there may be at once.", (1, 100_000), o => o.MaxConnections, (T o, long v) => o.MaxConnections = v),
        Settings.Number("maxConnectionsPerSource", "How many of them may be from one address (a /64 of IPv6).", (1, 100_000), o => o.MaxConnectionsPerSource, (T o, long v) => o.MaxConnectionsPerSource = v),
        Settings.Time("timeout", "How long a session may take in all.", (TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), o => o.Timeout, (T o, TimeSpan v) => o.Timeout = v),
        Settings.Time("idleTimeout", "How long one step of it may take (RFC 5321 §4.5.3.2.7: at least 5m).", (TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), o => o.IdleTimeout, (T o, TimeSpan v) => o.IdleTimeout = v),
    ];

    private static string? ProblemOfRecipient(string text) => Mailbox.TryParse(text, out _) ? null : $"has \"{text}\", which is no address such as tlsrpt@example.com";

    // It stands in replies, which are ASCII and one line.
    private static string? ProblemOfName(string text) => text.Length is > 0 and <= 255 && text.All(letter => letter is > ' ' and <= '~') ? null : $"is \"{text}\"; it takes a host name in ASCII";

    private static string? ProblemOfFile(string path) => File.Exists(path) ? null : $"names {path}, which is not there";
}

/// <summary>The <c>reportIntake.smtp</c> section of the configuration file.</summary>
internal sealed class SmtpIntakeOptions : MailIntakeOptions
{
    public SmtpIntakeOptions() => Listen = ["127.0.0.1:8425"];

    public static Section<SmtpIntakeOptions> Section { get; } =
        new("reportIntake.smtp", "Takes mails with reports by SMTP (RFC 5321); it takes no other mail, and passes none on.", SettingsOf<SmtpIntakeOptions>());
}

/// <summary>The <c>reportIntake.lmtp</c> section of the configuration file.</summary>
internal sealed class LmtpIntakeOptions : MailIntakeOptions
{
    private const int SmtpPort = 25;

    public LmtpIntakeOptions() => Listen = ["127.0.0.1:8424"];

    public static Section<LmtpIntakeOptions> Section { get; } =
        new("reportIntake.lmtp", "Takes mails with reports by LMTP (RFC 2033), from a mail server on this machine or near it.", SettingsOf<LmtpIntakeOptions>());

    // RFC 2033 §5: LMTP must not be spoken at port 25.
    public override IEnumerable<string> Problems() => Listen.Any(text => ListenAddress.Of(text) is System.Net.IPEndPoint { Port: SmtpPort })
        ? base.Problems().Append("listen names port 25, which belongs to SMTP (RFC 2033 §5); take another, such as 24.")
        : base.Problems();
}
