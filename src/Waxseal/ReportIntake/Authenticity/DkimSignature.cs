using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using Waxseal.Mail;
using Waxseal.Protocol.Names;

namespace Waxseal.ReportIntake.Authenticity;

/// <summary>A <c>DKIM-Signature</c> field (RFC 6376 §3.5), read from its bytes as they are signed.</summary>
internal sealed record DkimSignature
{
    // More names than any mail has fields; the work grows with both.
    private const int MaxNames = 100;

    private const int MaxSelector = 200;

    /// <summary>The field.</summary>
    public required Header Field { get; init; }

    /// <summary><c>d=</c>, the domain that signs.</summary>
    public required DomainName Domain { get; init; }

    /// <summary><c>s=</c>, the selector of the key.</summary>
    public string Selector { get; init; } = "";

    /// <summary>Why it cannot hold, whatever its key says, as the end of a sentence; null when it may.</summary>
    public string? Fault { get; init; }

    /// <summary><c>a=</c>.</summary>
    public DkimSignatureAlgorithm Algorithm { get; init; }

    /// <summary>The first half of <c>c=</c>.</summary>
    public DkimCanonicalizationAlgorithm HeaderForm { get; init; }

    /// <summary>The second half of <c>c=</c>.</summary>
    public DkimCanonicalizationAlgorithm BodyForm { get; init; }

    /// <summary><c>h=</c>, the fields that are signed.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary><c>bh=</c>, base64.</summary>
    public string BodyHash { get; init; } = "";

    /// <summary><c>b=</c>, base64.</summary>
    public string Value { get; init; } = "";

    /// <summary>Whether <c>i=</c> names a domain below that of <c>d=</c>.</summary>
    public bool IsForSubdomain { get; init; }

    /// <summary><c>t=</c>, when it was made.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary><c>x=</c>, when it ends.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>How it is named to people.</summary>
    public string Name => Selector.Length == 0 ? Domain.Value : $"{Domain} (selector {Selector})";

    /// <summary>Reads a field; null when it does not say whose signature it is.</summary>
    public static DkimSignature? Of(Header field)
    {
        if (field.RawValue.Length > MailLimits.FieldBytes
            || !TagList.TryParse(Encoding.UTF8.GetString(field.RawValue), out TagList? tags)
            || !DomainName.TryParse(tags["d"] ?? "", out DomainName? domain, out _))
        {
            return null;
        }

        return FaultOf(tags, domain) is { } fault
            ? new DkimSignature { Field = field, Domain = domain, Fault = fault }
            : new DkimSignature
            {
                Field = field,
                Domain = domain,
                Selector = tags["s"]!,
                Algorithm = AlgorithmOf(tags["a"])!.Value,
                HeaderForm = FormsOf(tags["c"])!.Value.Header,
                BodyForm = FormsOf(tags["c"])!.Value.Body,
                Names = [.. tags["h"]!.Split(':')],
                BodyHash = tags["bh"]!,
                Value = tags["b"]!,
                IsForSubdomain = tags["i"] is { } identity && !identity.EndsWith($"@{domain}", StringComparison.OrdinalIgnoreCase),
                Time = TimeOf(tags["t"]),
                End = TimeOf(tags["x"]),
            };
    }

    private static string? FaultOf(TagList tags, DomainName domain)
    {
        // RFC 6376 §3.5: v=, a=, b=, bh=, d=, h= and s= are required.
        if (tags["v"] != "1")
            return "it is not of version 1";
        if (tags["a"] is not { } algorithm || tags["h"] is not { } names || tags["s"] is not { } selector || !IsBase64(tags["b"]) || !IsBase64(tags["bh"]))
            return "a tag that it needs is missing or malformed";
        if (selector.Length is 0 or > MaxSelector || selector.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
            return "its selector is malformed";

        // RFC 8301 §3.1: rsa-sha1 has failed for good.
        if (AlgorithmOf(algorithm) is null)
            return algorithm == "rsa-sha1" ? "rsa-sha1 proves nothing any more" : "its algorithm is unknown";

        // RFC 8460 §3: l= must not be used, for it lets anybody append to a report.
        if (tags["l"] is not null)
            return "it covers but a part of the body (l=), which no report may";

        // RFC 6376 §5.4: the From field must be signed.
        string[] list = names.Split(':');
        if (list.Length > MaxNames || !list.Contains("from", StringComparer.OrdinalIgnoreCase))
            return list.Length > MaxNames ? $"it names more than {MaxNames} fields" : "it does not cover the From field";
        if (FormsOf(tags["c"]) is null || (tags["q"] is { } query && !query.Split(':').Contains("dns/txt")))
            return "its form or its way to the key is unknown";

        // RFC 6376 §3.5: the domain of i= is that of d= or lies below it.
        if (tags["i"] is { } identity && !IsOf(identity, domain))
            return "i= is of another domain than d=";
        return (tags["t"] is not null && TimeOf(tags["t"]) is null) || (tags["x"] is not null && TimeOf(tags["x"]) is null) ? "a time in it is malformed" : null;
    }

    // RFC 8301 §3.1 and RFC 8463 §3: these two are used, and no other.
    private static DkimSignatureAlgorithm? AlgorithmOf(string? word) => word switch
    {
        "rsa-sha256" => DkimSignatureAlgorithm.RsaSha256,
        "ed25519-sha256" => DkimSignatureAlgorithm.Ed25519Sha256,
        _ => null,
    };

    // RFC 6376 §3.5: c= is "simple/simple" unless said otherwise, and what is left out after the slash is "simple".
    private static (DkimCanonicalizationAlgorithm Header, DkimCanonicalizationAlgorithm Body)? FormsOf(string? words) => (words ?? "simple/simple") switch
    {
        "simple" or "simple/simple" => (DkimCanonicalizationAlgorithm.Simple, DkimCanonicalizationAlgorithm.Simple),
        "simple/relaxed" => (DkimCanonicalizationAlgorithm.Simple, DkimCanonicalizationAlgorithm.Relaxed),
        "relaxed" or "relaxed/simple" => (DkimCanonicalizationAlgorithm.Relaxed, DkimCanonicalizationAlgorithm.Simple),
        "relaxed/relaxed" => (DkimCanonicalizationAlgorithm.Relaxed, DkimCanonicalizationAlgorithm.Relaxed),
        _ => null,
    };

    private static bool IsOf(string identity, DomainName domain) =>
        DomainName.TryParse(identity[(identity.LastIndexOf('@') + 1)..], out DomainName? own, out _) && (own == domain || own.IsBelow(domain));

    // RFC 6376 §3.5: seconds since 1970 in decimals; no time of this kind has more than ten for two centuries.
    private static DateTimeOffset? TimeOf(string? digits) =>
        digits is { Length: <= 10 } && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static bool IsBase64(string? text) => text is { Length: > 0 } && Convert.TryFromBase64String(text, new byte[text.Length], out _);
}
