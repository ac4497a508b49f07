using System.Collections.Immutable;
using System.Net;
using MimeKit;
using Waxseal.Hosting.Configuration;

namespace Waxseal.Alerts.Routes;

/// <summary>An <c>alerts.mail</c> section of the configuration file; there may be several.</summary>
internal sealed class SubmissionOptions : RouteOptions, IOptions
{
    // RFC 8314 §3.3 and RFC 6409 §3.1
    private const int ImplicitTlsPort = 465;
    private const int SubmissionPort = 587;

    public SubmissionOptions() => Name = "mail";

    /// <summary>The host that takes mail for submission.</summary>
    public string Host { get; set; } = "";

    /// <summary>Its port; 0 for the one that belongs to <see cref="Tls"/>.</summary>
    public long Port { get; set; }

    /// <summary>How the connection is made safe.</summary>
    public string Tls { get; set; } = "starttls";

    /// <summary>The user; empty for none.</summary>
    public string User { get; set; } = "";

    /// <summary>The password.</summary>
    public Secret? Password { get; set; }

    /// <summary>Who sends.</summary>
    public string From { get; set; } = "";

    /// <summary>Who gets it.</summary>
    public ImmutableArray<string> To { get; set; } = [];

    public static Section<SubmissionOptions> Section { get; } = new("alerts.mail", "Tells of alerts by mail, which a server takes for submission; there may be several.",
    [
        .. Shared<SubmissionOptions>(),
        Settings.Text("host", "The host that takes mail for submission.", o => o.Host, (SubmissionOptions o, string v) => o.Host = v, type: "host name or address"),
        Settings.Number("port", "Its port; 0 for 465 with implicit TLS and 587 otherwise.", (0, ushort.MaxValue), o => o.Port, (SubmissionOptions o, long v) => o.Port = v),
        Settings.Choice("tls", "How the connection is made safe; none only for this machine itself.", ["starttls", "implicit", "none"], o => o.Tls, (SubmissionOptions o, string v) => o.Tls = v),
        Settings.Text("user", "The user; without one nobody logs in.", o => o.User, (SubmissionOptions o, string v) => o.User = v),
        Settings.Secret("password", "The password.", o => o.Password, (SubmissionOptions o, Secret? v) => o.Password = v),
        Settings.Text("from", "Who sends.", o => o.From, (SubmissionOptions o, string v) => o.From = v, ProblemOf, "mail address"),
        Settings.Texts("to", "Who gets it.", o => o.To, (SubmissionOptions o, ImmutableArray<string> v) => o.To = v, ProblemOf, "list of mail addresses"),
    ])
    {
        IsRepeated = true,
    };

    /// <summary>The port that is connected to.</summary>
    public int ConnectPort => Port != 0 ? (int)Port : Tls == "implicit" ? ImplicitTlsPort : SubmissionPort;

    public IEnumerable<string> Problems()
    {
        if (Host.Length == 0)
            yield return "host is missing.";
        if (From.Length == 0)
            yield return "from is missing.";
        if (To.IsEmpty)
            yield return "to is missing.";
        if (User.Length == 0 != Password is null)
            yield return Password is null ? "password is missing, for there is a user." : "user is missing, for there is a password.";

        // RFC 8314 §3: a password must not cross a network in clear.
        if (Tls == "none" && Host != "localhost" && !(IPAddress.TryParse(Host, out IPAddress? address) && IPAddress.IsLoopback(address)))
            yield return $"tls is none, and {Host} is not this machine; it takes starttls or implicit.";
    }

    private static string? ProblemOf(string text) =>
        MailboxAddress.TryParse(text, out MailboxAddress? address) && address.Address.IndexOf('@', StringComparison.Ordinal) > 0 && !text.AsSpan().ContainsAny('\r', '\n') ? null
        : $"has \"{text}\"; it takes mail addresses such as postmaster@example.org";
}
