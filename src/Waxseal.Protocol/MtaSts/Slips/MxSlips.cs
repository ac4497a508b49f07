using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.MtaSts.Slips;

/// <summary>What is wrong with an <c>mx</c> value.</summary>
internal sealed record MxSlip(string Code, string Message, string? Correction);

/// <summary>Tells the usual ways in which an <c>mx</c> value fails to be an MX pattern.</summary>
internal static class MxSlips
{
    private const string Invalid = "sts-policy-mx-invalid";

    // More than anyone writes on one line; a bound on the work for a hostile one.
    private const int MaxPieces = 100;

    public static MxSlip Explain(string value, DomainNameError error)
    {
        string[] pieces = value.Split([' ', '\t', ',', ';'], MaxPieces, StringSplitOptions.RemoveEmptyEntries);
        return pieces.Length > 1 ? ExplainPieces(pieces) : ExplainOne(value, error);
    }

    // RFC 8461 §3.2: each MX has its own line.
    private static MxSlip ExplainPieces(string[] pieces)
    {
        if (pieces.Length == 2 && pieces[0].All(char.IsAsciiDigit))
        {
            return new("sts-policy-mx-preference",
                "The line gives the preference of an MX record. Write the name alone.", Line(pieces[1]));
        }

        string?[] lines = [.. pieces.Select(Line)];
        if (lines.Contains(null))
        {
            return new(Invalid,
                "The value is no MX pattern. Write one host name, or '*.' and a name, and nothing else.", null);
        }

        return new("sts-policy-mx-several",
            "The line names several MX hosts. Give each a line of its own.", string.Join('\n', lines));
    }

    private static MxSlip ExplainOne(string value, DomainNameError error)
    {
        if (value.Contains("://", StringComparison.Ordinal))
            return new("sts-policy-mx-url", "A URL is no MX pattern. Write the host name alone.", Line(HostOf(value)));
        if (value.Contains('[') || value.IndexOf(':') != value.LastIndexOf(':'))
            return new("sts-policy-mx-address", "An address is no MX pattern. Write the name of the MX host.", null);
        if (value.LastIndexOf(':') is > 0 and int colon)
            return new("sts-policy-mx-port", "An MX pattern has no port. Write the name alone.", Line(value[..colon]));
        if (value.EndsWith('.') && Line(value[..^1]) is { } withoutDot)
            return new("sts-policy-mx-root-dot", "The name ends with a dot. Write it without.", withoutDot);
        if (value.StartsWith('.') && Line("*" + value) is { } wildcard)
            return new("sts-policy-mx-wildcard", "The name begins with a dot. Write a wildcard as '*.name'.", wildcard);
        return value.Contains('*') ? ExplainWildcard(value) : ExplainName(value, error);
    }

    // RFC 8461 §4.1: the wildcard stands for the left-most label, whole and alone.
    private static MxSlip ExplainWildcard(string value) => new("sts-policy-mx-wildcard",
        "A wildcard is '*' as the whole left-most label, once, with a name behind it: '*.example.com'.",
        Line(ValueSlips.Bare(value)));

    private static MxSlip ExplainName(string value, DomainNameError error)
    {
        // RFC 8461 §3.2: an internationalized name is given in A-labels.
        if (DomainName.TryParse(value, out DomainName? name, out _))
            return new("sts-policy-mx-u-label", "The name is not in ASCII. Write its A-label form.", $"mx: {name}");
        if (Line(ValueSlips.Bare(value)) is { } bare)
            return new(Invalid, "The name has signs around it that do not belong to it. Write the name alone.", bare);
        if (value.Contains('_'))
            return new(Invalid, "A host name has no underscore. Give the MX host another name.", null);
        return new(Invalid, $"The name {error.Text}. Write one host name, or '*.' and a name.", null);
    }

    private static string HostOf(string url) =>
        url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..].Split(['/', ':'], 2)[0];

    private static string? Line(string value) => MxPattern.TryParse(value, out _, out _) ? $"mx: {value}" : null;
}
