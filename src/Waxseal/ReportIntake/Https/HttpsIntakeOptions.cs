using System.Collections.Immutable;
using Waxseal.Hosting.Configuration;

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

    /// <summary>How long a request may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    public static Section<HttpsIntakeOptions> Section { get; } = new("reportIntake.https", "Takes reports by POST (RFC 8460 §5.4).",
    [
        Settings.Texts("listen", "Where to listen.", o => o.Listen, (HttpsIntakeOptions o, ImmutableArray<string> v) => o.Listen = v, ListenAddress.ProblemOf, "list of ADDRESS:PORT or unix:PATH"),
        Settings.Text("path", "The path that takes reports.", o => o.Path, (HttpsIntakeOptions o, string v) => o.Path = v, text => text.StartsWith('/') ? null : $"is \"{text}\"; it must begin with /"),
        Settings.Secret("pathSecret", "A word that must follow the path, so that nobody else finds it.", o => o.PathSecret, (HttpsIntakeOptions o, Secret? v) => o.PathSecret = v),
        Settings.Text("certificate", "The file with certificate and chain (PEM); without one it is plain HTTP, for a proxy in front.", o => o.Certificate, (HttpsIntakeOptions o, string v) => o.Certificate = v, ProblemOfFile, "path"),
        Settings.Text("key", "The file with the private key (PEM).", o => o.Key, (HttpsIntakeOptions o, string v) => o.Key = v, ProblemOfFile, "path"),
        Settings.Time("timeout", "How long one request may take.", (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)), o => o.Timeout, (HttpsIntakeOptions o, TimeSpan v) => o.Timeout = v),
    ]);

    public IEnumerable<string> Problems()
    {
        if (Certificate is null != Key is null)
            yield return $"{(Key is null ? "key" : "certificate")} is missing; certificate and key go together.";
    }

    private static string? ProblemOfFile(string path) => File.Exists(path) ? null : $"names {path}, which is not there";
}
