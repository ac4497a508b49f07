using System.Collections.Immutable;
using Waxseal.Hosting.Configuration;
using Waxseal.Protocol.Names;

namespace Waxseal.ReportIntake;

/// <summary>The <c>reportIntake</c> section of the configuration file.</summary>
internal sealed class ReportIntakeOptions : IOptions
{
    private static readonly ImmutableArray<string> Fates = ["accept", "quarantine", "reject"];

    /// <summary>The policy domains that are ours, with all below them; empty when every report is welcome.</summary>
    public ImmutableArray<string> Domains { get; set; } = [];

    /// <summary>What becomes of a report whose sender is not proved, but of one in a mail. By HTTPS nobody can prove it (RFC 8460 §3).</summary>
    public string Unverified { get; set; } = "accept";

    /// <summary>What becomes of a report in a mail whose sender is not proved (RFC 8460 §3 has it ignored).</summary>
    public string UnverifiedMail { get; set; } = "quarantine";

    /// <summary>What becomes of a report whose signature does not hold (RFC 8460 §3 has it ignored).</summary>
    public string Failed { get; set; } = "quarantine";

    /// <summary>The hosts whose word on DKIM is taken, as they call themselves in Authentication-Results (RFC 8601 §2.5).</summary>
    public ImmutableArray<string> TrustedRelays { get; set; } = [];

    /// <summary>How many reports one address may send in a minute.</summary>
    public long PerSource { get; set; } = 600;

    /// <summary>How many reports about one policy domain are taken in a minute.</summary>
    public long PerDomain { get; set; } = 6000;

    public static Section<ReportIntakeOptions> Section { get; } = new("reportIntake", "Takes TLS reports in.",
    [
        Settings.Texts("domains", "The policy domains that are ours, with all below them; without any, every report counts.", o => o.Domains, (ReportIntakeOptions o, ImmutableArray<string> v) => o.Domains = v, ProblemOfDomain, "list of domains"),
        Settings.Choice("unverified", "What becomes of a report whose sender is not proved and that came by HTTPS, from a folder or by command.", Fates, o => o.Unverified, (ReportIntakeOptions o, string v) => o.Unverified = v),
        Settings.Choice("unverifiedMail", "What becomes of a report in a mail (SMTP, LMTP, IMAP, Maildir) whose sender is not proved.", Fates, o => o.UnverifiedMail, (ReportIntakeOptions o, string v) => o.UnverifiedMail = v),
        Settings.Choice("failed", "What becomes of a report whose signature does not hold.", Fates, o => o.Failed, (ReportIntakeOptions o, string v) => o.Failed = v),
        Settings.Texts("trustedRelays", "The hosts whose word on DKIM is taken, as they call themselves in Authentication-Results and Received; they must remove results that others claim to be theirs.", o => o.TrustedRelays, (ReportIntakeOptions o, ImmutableArray<string> v) => o.TrustedRelays = v, type: "list of host names"),
        Settings.Number("perSource", "How many reports one address may send in a minute.", (1, 1_000_000), o => o.PerSource, (ReportIntakeOptions o, long v) => o.PerSource = v),
        Settings.Number("perDomain", "How many reports about one policy domain are taken in a minute.", (1, 1_000_000), o => o.PerDomain, (ReportIntakeOptions o, long v) => o.PerDomain = v),
    ]);

    public IEnumerable<string> Problems() => [];

    private static string? ProblemOfDomain(string text) =>
        DomainName.TryParse(text, out _, out DomainNameError? error) ? null : $"has \"{text}\", which {error.Text}";
}
