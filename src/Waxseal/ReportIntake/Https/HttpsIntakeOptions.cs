using System.Collections.Immutable;
using Waxseal.Hosting.Configuration;
using Waxseal.Hosting.Listening;

namespace Waxseal.ReportIntake.Https;

/// <summary>The <c>reportIntake.https</c> section of the configuration file.</summary>
internal sealed class HttpsIntakeOptions : IOptions
{
    /// <summary>Where to listen. Without a certificate it is plain HTTP, for a proxy in front.</summary>
    public ImmutableArray<string> Listen { get; set; } = ["127.0.0.1:8460"];

    /// <summary>The path that takes reports.</summary>
    public string Path { get; set; } = "/tlsrpt";

    /// <summary>A word that the path has to end with, so that nobody else finds it; null for none.</summary>
    public Secret? PathSecret { get; set; }

    /// <summary>The certificate with its chain, PEM; null for plain HTTP.</summary>
    public string? Certificate { get; set; }

    /// <summary>The private key, PEM.</summary>
    public string? Key { get; set; }

    /// <summary>The proxies in front that are believed when they say from where a request came.</summary>
    public ImmutableArray<string> TrustedProxies { get; set; } = [];

    /// <summary>Where they say it.</summary>
    public string ProxyHeader { get; set; } = ForwardedSource.ForwardedFor;

    /// <summary>How long a request may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    public static Section<HttpsIntakeOptions> Section { get; } = new("reportIntake.https", "Takes reports by POST (RFC 8460 §5.4).",
    [
        Settings.Texts("listen", "Where to listen.", o => o.Listen, (HttpsIntakeOptions o, ImmutableArray<string> v) => o.Listen = v, ListenAddress.ProblemOf, "list of ADDRESS:PORT or unix:PATH"),
        Settings.Text("path", "The path that takes reports.", o => o.Path, (HttpsIntakeOptions o, string v) => o.Path = v, text => text.StartsWith('/') ? null : $"is \"{text}\"; it must begin with /"),
        Settings.Secret("pathSecret", "A word that must follow the path, so that nobody else finds it.", o => o.PathSecret, (HttpsIntakeOptions o, Secret? v) => o.PathSecret = v),
        Settings.Text("certificate", "The file with certificate and chain (PEM); without one it is plain HTTP, for a proxy in front.", o => o.Certificate, (HttpsIntakeOptions o, string v) => o.Certificate = v, ProblemOfFile, "path"),
        Settings.Text("key", "The file with the private key (PEM).", o => o.Key, (HttpsIntakeOptions o, string v) => o.Key = v, ProblemOfFile, "path"),
        Settings.Texts("trustedProxies", "The proxies in front that are believed when they say from where a request came.", o => o.TrustedProxies, (HttpsIntakeOptions o, ImmutableArray<string> v) => o.TrustedProxies = v, ForwardedSource.ProblemOf, "list of ADDRESS, ADDRESS/BITS or unix"),
        Settings.Choice("proxyHeader", "The field in which they say it; each of them must set it or add to it.", [ForwardedSource.ForwardedFor, ForwardedSource.Forwarded], o => o.ProxyHeader, (HttpsIntakeOptions o, string v) => o.ProxyHeader = v),
        Settings.Time("timeout", "How long one request may take.", (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)), o => o.Timeout, (HttpsIntakeOptions o, TimeSpan v) => o.Timeout = v),
    ]);

    public IEnumerable<string> Problems()
    {
        if (Certificate is null != Key is null)
            yield return $"{(Key is null ? "key" : "certificate")} is missing; certificate and key go together.";
    }

    private static string? ProblemOfFile(string path) => File.Exists(path) ? null : $"names {path}, which is not there";
}
