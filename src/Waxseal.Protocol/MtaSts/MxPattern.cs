using System.Diagnostics.CodeAnalysis;
using System.Text;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.MtaSts;

/// <summary>
/// One <c>mx</c> value of a policy: the name of an MX host, or a wildcard for exactly one label (RFC 8461 §3.2).
/// </summary>
/// <param name="Name">The name; of a wildcard, the part behind <c>*.</c>.</param>
/// <param name="IsWildcard">Whether <c>*.</c> stands before the name.</param>
public sealed record MxPattern(DomainName Name, bool IsWildcard)
{
    private const string Wildcard = "*.";

    /// <summary>Reads a pattern as it stands in a policy.</summary>
    /// <param name="text">The value, without white space around it.</param>
    /// <param name="pattern">The pattern, or null.</param>
    /// <param name="error">What is wrong and where in <paramref name="text"/>, or null.</param>
    public static bool TryParse(
        ReadOnlySpan<byte> text,
        [NotNullWhen(true)] out MxPattern? pattern,
        [NotNullWhen(false)] out DomainNameError? error)
    {
        // Latin-1 gives each byte one character, so that offsets stay; what is not ASCII is refused below.
        int readable = Math.Min(text.Length, DomainName.MaxLength + Wildcard.Length + 1);
        return TryParse(Encoding.Latin1.GetString(text[..readable]), out pattern, out error);
    }

    /// <summary>Reads a pattern as it stands in a policy.</summary>
    /// <param name="text">The value, without white space around it.</param>
    /// <param name="pattern">The pattern, or null.</param>
    /// <param name="error">What is wrong and where in <paramref name="text"/>, or null.</param>
    // RFC 8461 §3.2: sts-policy-mx-value = ["*."] Domain
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out MxPattern? pattern,
        [NotNullWhen(false)] out DomainNameError? error)
    {
        bool isWildcard = text.StartsWith(Wildcard, StringComparison.Ordinal);
        int start = isWildcard ? Wildcard.Length : 0;

        // RFC 8461 §3.2: an internationalized name is given in A-labels.
        if (DomainName.TryParseALabels(text[start..], out DomainName? name, out error))
        {
            pattern = new MxPattern(name, isWildcard);
            return true;
        }

        pattern = null;
        error = error with { Offset = start + error.Offset };
        return false;
    }

    /// <summary>Whether the pattern allows an MX host.</summary>
    /// <param name="mxHost">The name in the MX record; never what a CNAME, the address or the greeting says.</param>
    // RFC 8461 §4.1: the wildcard stands for the left-most label, whole and alone.
    public bool Matches(DomainName mxHost) => IsWildcard ? mxHost.IsChildOf(Name.Value) : mxHost == Name;

    /// <summary>The pattern as a policy has it, in lower case.</summary>
    public override string ToString() => IsWildcard ? Wildcard + Name.Value : Name.Value;
}
