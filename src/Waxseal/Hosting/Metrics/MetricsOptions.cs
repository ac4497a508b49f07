using System.Collections.Immutable;
using System.Net;
using Waxseal.Hosting.Configuration;
using Waxseal.Hosting.Sending;
using Waxseal.Net.Dialing;

namespace Waxseal.Hosting.Metrics;

/// <summary>The <c>metrics</c> section of the configuration file.</summary>
internal sealed class MetricsOptions : IOptions
{
    private const string PushPath = "/v1/metrics";

    /// <summary>Where to listen. There is no password, so it is this machine unless said otherwise.</summary>
    public ImmutableArray<string> Listen { get; set; } = ["127.0.0.1:8464"];

    /// <summary>The collector that the figures are pushed to; empty for none.</summary>
    public string Otlp { get; set; } = "";

    /// <summary>How often they are pushed.</summary>
    public TimeSpan OtlpInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Fields of the header that the collector asks for.</summary>
    public Secret? OtlpHeaders { get; set; }

    /// <summary>The roots (PEM) that the collector's certificate is held against; null for those of the system.</summary>
    public string? OtlpCaFile { get; set; }

    /// <summary>Networks that the collector may be in although they are private.</summary>
    public ImmutableArray<string> OtlpAllowAddresses { get; set; } = ["127.0.0.0/8", "::1"];

    public static Section<MetricsOptions> Section { get; } = new("metrics", "Shows figures for Prometheus at /metrics, and how the program fares at /healthz and /readyz; pushes the figures by OTLP.",
    [
        Settings.Texts("listen", "Where to listen, by plain HTTP; there is no password, so let only those in who may see it. An empty list for nowhere.", o => o.Listen, (MetricsOptions o, ImmutableArray<string> v) => o.Listen = v, ListenAddress.ProblemOf, "list of ADDRESS:PORT or unix:PATH"),
        Settings.Text("otlp", "The collector of OpenTelemetry that the figures are pushed to, by OTLP/HTTP with JSON at /v1/metrics below it; empty for none.", o => o.Otlp, (MetricsOptions o, string v) => o.Otlp = v, ProblemOfUrl, "https://HOST:4318"),
        Settings.Time("otlpInterval", "How often the figures are pushed.", (TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), o => o.OtlpInterval, (MetricsOptions o, TimeSpan v) => o.OtlpInterval = v),
        Settings.Secret("otlpHeaders", "Fields of the header that the collector asks for, one a line, such as Authorization: Bearer TOKEN.", o => o.OtlpHeaders, (MetricsOptions o, Secret? v) => o.OtlpHeaders = v),
        Settings.Text("otlpCaFile", "The file with the roots (PEM) that the collector's certificate is held against; without it those of the system.", o => o.OtlpCaFile, (MetricsOptions o, string v) => o.OtlpCaFile = v, ProblemOfFile, "path"),
        Settings.Texts("otlpAllowAddresses", "Networks that the collector may be in although they are private.", o => o.OtlpAllowAddresses, (MetricsOptions o, ImmutableArray<string> v) => o.OtlpAllowAddresses = v, Networks.ProblemOf, "list of networks (CIDR)"),
    ]);

    /// <summary>The fields of the header.</summary>
    public ImmutableArray<(string Name, string Value)> Headers => OtlpHeaders is null ? [] : [.. HeaderLines.Select(FieldOf).OfType<(string, string)>()];

    /// <summary>The networks that the collector may be in although they are private.</summary>
    public ImmutableArray<IPNetwork> Allowed => [.. OtlpAllowAddresses.Select(text => Networks.Of(text)!.Value)];

    private string[] HeaderLines => OtlpHeaders!.Reveal().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public IEnumerable<string> Problems()
    {
        if (Listen.IsEmpty && Otlp.Length == 0)
            yield return "listen is empty and otlp too, so that nobody sees the figures; leave the section out, or name a place.";
        if (OtlpHeaders is not null && (HeaderLines.Length == 0 || HeaderLines.Any(line => FieldOf(line) is null)))
            yield return "otlpHeaders has a line that is no field of a header; it takes NAME: VALUE.";
        if (OtlpHeaders is not null && Uri.TryCreate(Otlp, UriKind.Absolute, out Uri? uri) && uri.Scheme == "http" && !ThisMachine.Is(uri.Host))
            yield return $"otlpHeaders would go to {uri.Host} unencrypted, by http; otlp takes https://HOST:4318 with it.";
        if (Uri.TryCreate(Otlp, UriKind.Absolute, out Uri? place) && RouteDialer.RefusalOf(place.Host, new AddressRules(Allowed)) is { } refusal)
            yield return $"otlp is never connected to, for {refusal}, and not in metrics.otlpAllowAddresses; name it there: otlpAllowAddresses = [\"{place.Host.Trim('[', ']')}\"].";
    }

    // RFC 9110 §5.1: field-name = token. RFC 9110 §5.5: a value has no control characters.
    private static (string Name, string Value)? FieldOf(string line) =>
        line.Split(':', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, { Length: > 0 } value]
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal))
            && value.All(letter => letter is >= ' ' and < '\x7F')
            ? (name, value)
            : null;

    private static string? ProblemOfUrl(string text) => text.Length == 0 ? null
        : !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("https" or "http") || uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length > 0
            ? "is no URL of a collector; it takes https://HOST:4318, and secrets stand in otlpHeaders"
        : uri.AbsolutePath.TrimEnd('/').EndsWith(PushPath, StringComparison.Ordinal) ? $"ends in {PushPath}, which is added to it; it takes https://HOST:4318"
        : null;

    private static string? ProblemOfFile(string path) => File.Exists(path) ? null : $"names {path}, which is not there";
}
