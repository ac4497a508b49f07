using System.Collections.Immutable;
using System.Text;
using Waxseal.Protocol.Diagnosis.Checks.Certificates;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Protocol.Diagnosis.Checks.PolicyHosts;

/// <summary>Holds the CAA records of the policy host against the CA that issued its certificate (RFC 8659 §4.2).</summary>
internal static class CaaChecks
{
    // The names that CAs want to see in CAA records, by a part of the issuer's name; other CAs are not judged.
    private static readonly (string Part, string[] Names)[] KnownIssuers =
    [
        ("Let's Encrypt", ["letsencrypt.org"]),
        ("ZeroSSL", ["sectigo.com", "zerossl.com"]),
        ("Sectigo", ["sectigo.com", "comodoca.com"]),
        ("DigiCert", ["digicert.com", "digicert.ne.jp", "www.digicert.com", "symantec.com", "geotrust.com", "rapidssl.com", "thawte.com"]),
        ("Google Trust Services", ["pki.goog", "google.com"]),
        ("GlobalSign", ["globalsign.com"]),
        ("Buypass", ["buypass.com", "buypass.no"]),
        ("Amazon", ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"]),
    ];

    public static IEnumerable<Detection> Find(CheckView view, CertificateReading? leaf)
    {
        if (leaf is null || KnownIssuers.FirstOrDefault(known => leaf.Issuer.Contains(known.Part, StringComparison.OrdinalIgnoreCase)).Names is not { } names)
            return [];
        if (Nearest(view) is not { } caa)
            return [];

        ImmutableArray<string> allowed = [.. caa.Answer.Records.Select(IssuerIn).OfType<string>()];
        return allowed.IsEmpty || allowed.Any(name => names.Contains(name, StringComparer.OrdinalIgnoreCase))
            ? []
            : [new("F13", Consequence.Fragile, view.PolicyHost, $"The CAA records of {caa.Name} allow {string.Join(", ", allowed.Select(name => name.Length == 0 ? "nobody" : name))}; "
                + $"the certificate is issued by {leaf.Issuer}.")];
    }

    // RFC 8659 §3: the records of the nearest name that has any.
    private static LookupFacts? Nearest(CheckView view) => view.Facts.Lookups
        .Where(lookup => lookup.Type == "CAA" && lookup.Answer.Outcome == DnsOutcome.Found
            && (view.PolicyHost == lookup.Name || view.PolicyHost.EndsWith("." + lookup.Name, StringComparison.Ordinal)))
        .MaxBy(lookup => lookup.Name.Length);

    // RFC 8659 §4.1: flags, length of the tag, tag, value; the value of "issue" is a name, and parameters after a semicolon.
    private static string? IssuerIn(DnsRecordFacts record)
    {
        ReadOnlySpan<byte> data = record.Data.Span;
        if (data.Length < 2 || data.Length < 2 + data[1] || !Encoding.ASCII.GetString(data.Slice(2, data[1])).Equals("issue", StringComparison.OrdinalIgnoreCase))
            return null;
        return Encoding.ASCII.GetString(data[(2 + data[1])..]).Split(';')[0].Trim();
    }
}
