using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Diagnosis.Checks.Dns;

/// <summary>What a resolver says of its failures beyond SERVFAIL: the words of RFC 8914, and the causes they speak for.</summary>
internal static class ExtendedErrors
{
    // RFC 8914 §4.1 to §4.25, in the words of the registry.
    private static readonly string[] Words =
    [
        "Other Error", "Unsupported DNSKEY Algorithm", "Unsupported DS Digest Type", "Stale Answer", "Forged Answer", "DNSSEC Indeterminate", "DNSSEC Bogus",
        "Signature Expired", "Signature Not Yet Valid", "DNSKEY Missing", "RRSIGs Missing", "No Zone Key Bit Set", "NSEC Missing", "Cached Error",
        "Not Ready", "Blocked", "Censored", "Filtered", "Prohibited", "Stale NXDOMAIN Answer", "Not Authoritative", "Not Supported",
        "No Reachable Authority", "Network Error", "Invalid Data",
    ];

    /// <summary>What the resolver says of some look-ups, as a sentence; empty where it says nothing.</summary>
    public static string Said(IEnumerable<LookupFacts> lookups) => Telling(lookups) is { } error
        ? $"The resolver says: {WordOf(error.InfoCode)}{(error.Text.Length > 0 ? $", \"{QuotedText.OneLine(error.Text)}\"" : "")}."
        : "";

    /// <summary>The cause that the resolver's word speaks for; null where it leaves that open.</summary>
    public static string? CauseOf(IEnumerable<LookupFacts> lookups) => Telling(lookups) is { } error ? CauseOf(error.InfoCode) : null;

    // A resolver may give several; that the answer is bogus is known without it.
    private static ExtendedErrorFacts? Telling(IEnumerable<LookupFacts> lookups) =>
        lookups.SelectMany(lookup => lookup.Answer.Errors).OrderBy(error => CauseOf(error.InfoCode) is null).FirstOrDefault();

    private static string? CauseOf(int infoCode) => infoCode switch
    {
        // RFC 8914 §4.8, §4.9
        7 or 8 => "L13",

        // RFC 8914 §4.10, §4.12: there is a DS record, and no DNSKEY record that fits it.
        9 or 11 => "L14",

        // RFC 8914 §4.13
        12 => "L11",
        _ => null,
    };

    private static string WordOf(int infoCode) => infoCode >= 0 && infoCode < Words.Length ? Words[infoCode] : $"error {infoCode} of RFC 8914";
}
