using System.Collections.Immutable;
using Waxseal.Dashboard.Oidc;
using Waxseal.Hosting.Configuration;
using Waxseal.Hosting.Listening;

namespace Waxseal.Dashboard;

/// <summary>The <c>dashboard</c> section of the configuration file.</summary>
internal sealed class DashboardOptions : IOptions
{
    /// <summary>Where to listen. Without a certificate it is plain HTTP.</summary>
    public ImmutableArray<string> Listen { get; set; } = ["127.0.0.1:8480"];

    /// <summary>The names by which browsers may ask for it, beside those of loopback.</summary>
    public ImmutableArray<string> HostNames { get; set; } = [];

    /// <summary>The certificate with its chain, PEM; null for plain HTTP.</summary>
    public string? Certificate { get; set; }

    /// <summary>The private key, PEM.</summary>
    public string? Key { get; set; }

    /// <summary>A line above every page; null for none.</summary>
    public string? Banner { get; set; }

    /// <summary>The proxies in front that are believed when they say who asks, and from where.</summary>
    public ImmutableArray<string> TrustedProxies { get; set; } = [];

    /// <summary>Where they say from which address a request came.</summary>
    public string ProxyHeader { get; set; } = ForwardedSource.ForwardedFor;

    /// <summary>Where they say who asks; null when they do not.</summary>
    public string? UserHeader { get; set; }

    /// <summary>Who says who somebody is; null when passwords and proxies alone do.</summary>
    public OidcOptions? Oidc { get; set; }

    /// <summary>All of it as one text: what differs in a secret differs here as well.</summary>
    public string Mark => Oidc is null ? Section.Mark(this) : $"{Section.Mark(this)}\n{OidcOptions.Section.Mark(Oidc)}";

    public static Section<DashboardOptions> Section { get; } = new("dashboard", "Shows what is stored: pages and a JSON API.",
    [
        Settings.Texts("listen", "Where to listen.", o => o.Listen, (DashboardOptions o, ImmutableArray<string> v) => o.Listen = v, ListenAddress.ProblemOf, "list of ADDRESS:PORT or unix:PATH"),
        Settings.Texts("hostNames", "The names by which browsers may ask for it, beside those of loopback; others are refused, so that no strange page reads along.", o => o.HostNames, (DashboardOptions o, ImmutableArray<string> v) => o.HostNames = v, type: "list of host names"),
        Settings.Text("certificate", "The file with certificate and chain (PEM); without one it is plain HTTP, for loopback or a proxy in front.", o => o.Certificate, (DashboardOptions o, string v) => o.Certificate = v, ProblemOfFile, "path"),
        Settings.Text("key", "The file with the private key (PEM).", o => o.Key, (DashboardOptions o, string v) => o.Key = v, ProblemOfFile, "path"),
        Settings.Text("banner", "A line above every page, such as what this installation is for.", o => o.Banner, (DashboardOptions o, string v) => o.Banner = v),
        Settings.Texts("trustedProxies", "The proxies in front that are believed when they say who asks, from where, and whether by HTTPS (X-Forwarded-Proto).", o => o.TrustedProxies, (DashboardOptions o, ImmutableArray<string> v) => o.TrustedProxies = v, ForwardedSource.ProblemOf, "list of ADDRESS, ADDRESS/BITS or unix"),
        Settings.Choice("proxyHeader", "The field in which they say from which address a request came; each of them must set it or add to it.", [ForwardedSource.ForwardedFor, ForwardedSource.Forwarded], o => o.ProxyHeader, (DashboardOptions o, string v) => o.ProxyHeader = v),
        Settings.Text("userHeader", "The field in which they say who asks, such as X-Remote-User; they must remove it from what browsers send. The account has to be there.", o => o.UserHeader, (DashboardOptions o, string v) => o.UserHeader = v, text => text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? null : $"is \"{text}\"; it takes the name of a field"),
    ]);

    public IEnumerable<string> Problems()
    {
        if (Certificate is null != Key is null)
            yield return $"{(Key is null ? "key" : "certificate")} is missing; certificate and key go together.";
        if (UserHeader is not null && TrustedProxies.IsEmpty)
            yield return "userHeader is of no use without trustedProxies: nobody would be believed.";
    }

    private static string? ProblemOfFile(string path) => File.Exists(path) ? null : $"names {path}, which is not there";
}
