using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Waxseal.Protocol.Names;

/// <summary>
/// A domain name as mail uses it: lower-case A-labels of letters, digits and inner hyphens, without the root dot.
/// Two names are equal when DNS would call them equal.
/// </summary>
public sealed record DomainName
{
    /// <summary>Most characters of a name, dots included (RFC 1035 §2.3.4).</summary>
    public const int MaxLength = 253;

    /// <summary>Most characters of one label (RFC 1035 §2.3.4).</summary>
    public const int MaxLabelLength = 63;

    // A bound on the work done before the real limits apply; U-labels are never longer than their A-labels.
    private const int MaxULabelLength = 4 * MaxLength;

    private DomainName(string value) => Value = value;

    /// <summary>The name in A-labels, lower case, without the root dot.</summary>
    public string Value { get; }

    /// <summary>
    /// Reads a name as people and programs write it: any case, with or without the root dot, U-labels allowed.
    /// </summary>
    /// <param name="text">The text of the name.</param>
    /// <param name="name">The name in A-labels, or null.</param>
    /// <param name="error">What is wrong and where, or null.</param>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out DomainName? name,
        [NotNullWhen(false)] out DomainNameError? error)
    {
        name = null;
        if (text.Length > MaxULabelLength)
        {
            error = new(DomainNameFault.TooLong, MaxLength);
            return false;
        }

        // Without ICU the punycode of the framework folds no case, so it is folded before.
        string folded = text.ToLowerInvariant();
        if (folded.Length > 1 && folded[^1] == '.')
            folded = folded[..^1];
        if (Ascii.IsValid(folded))
            return TryParseALabels(folded, out name, out error);
        if (!ALabels.TryEncode(folded, out string? encoded, out error))
            return false;
        if (!TryParseALabels(encoded, out name, out error))
            error = error with { Offset = ALabels.LabelStart(folded, encoded.AsSpan(0, error.Offset).Count('.')) };
        return name is not null;
    }

    /// <summary>Reads a name as it stands on the wire: A-labels only, no root dot (RFC 5321 §4.1.2 <c>Domain</c>).</summary>
    /// <param name="text">The text of the name, in any case.</param>
    /// <param name="name">The name, or null.</param>
    /// <param name="error">What is wrong and where, or null.</param>
    public static bool TryParseALabels(
        string text,
        [NotNullWhen(true)] out DomainName? name,
        [NotNullWhen(false)] out DomainNameError? error)
    {
        error = Check(text);
        name = error is null ? new DomainName(text.ToLowerInvariant()) : null;
        return error is null;
    }

    /// <summary>The name below this one, such as the policy host <c>mta-sts.example.com</c>, as an owner name in DNS.</summary>
    /// <param name="labels">One or more labels without a trailing dot; underscores are allowed.</param>
    public string Below(string labels) => $"{labels}.{Value}";

    /// <summary>Whether this name lies below <paramref name="parent"/>, by at least one label.</summary>
    public bool IsBelow(DomainName parent) =>
        Value.Length > parent.Value.Length + 1
        && Value[^(parent.Value.Length + 1)] == '.'
        && Value.EndsWith(parent.Value, StringComparison.Ordinal);

    /// <summary>The name without its left-most label, or null for a name of one label.</summary>
    public DomainName? Parent =>
        Value.IndexOf('.') is > 0 and int dot ? new DomainName(Value[(dot + 1)..]) : null;

    /// <summary>Whether this name is <paramref name="parent"/> with exactly one label before it.</summary>
    /// <param name="parent">Any text, in any case; it need not be a name.</param>
    internal bool IsChildOf(ReadOnlySpan<char> parent) =>
        Value.IndexOf('.') is > 0 and int dot && Ascii.EqualsIgnoreCase(Value.AsSpan(dot + 1), parent);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>The labels from <paramref name="offset"/> on, which is where one begins.</summary>
    internal DomainName From(int offset) => offset == 0 ? this : new DomainName(Value[offset..]);

    // RFC 5321 §4.1.2: Domain = sub-domain *("." sub-domain), sub-domain = Let-dig [Ldh-str]
    private static DomainNameError? Check(string text)
    {
        if (text.Length == 0)
            return new(DomainNameFault.Empty, 0);
        if (text.Length > MaxLength)
            return new(DomainNameFault.TooLong, MaxLength);

        int start = 0;
        while (true)
        {
            int dot = text.IndexOf('.', start);
            int end = dot < 0 ? text.Length : dot;
            if (CheckLabel(text.AsSpan(start, end - start), start) is { } error)
                return error;
            if (dot < 0)
                return null;
            start = dot + 1;
        }
    }

    private static DomainNameError? CheckLabel(ReadOnlySpan<char> label, int offset)
    {
        if (label.Length == 0)
            return new(DomainNameFault.EmptyLabel, offset);
        if (label.Length > MaxLabelLength)
            return new(DomainNameFault.LabelTooLong, offset);

        for (int i = 0; i < label.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(label[i]) && label[i] != '-')
                return new(DomainNameFault.BadCharacter, offset + i);
        }

        if (label[0] == '-')
            return new(DomainNameFault.HyphenAtEdge, offset);
        return label[^1] == '-' ? new(DomainNameFault.HyphenAtEdge, offset + label.Length - 1) : null;
    }
}
