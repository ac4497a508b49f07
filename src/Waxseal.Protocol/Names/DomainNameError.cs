namespace Waxseal.Protocol.Names;

/// <summary>Why a text is no domain name, and where.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Offset">Offset of the fault in the text, in characters from 0.</param>
public sealed record DomainNameError(DomainNameFault Fault, int Offset)
{
    /// <summary>The fault in words, to be put after the name: "has an empty label".</summary>
    public string Text => Fault switch
    {
        DomainNameFault.Empty => "is empty",
        DomainNameFault.TooLong => $"is longer than {DomainName.MaxLength} characters",
        DomainNameFault.EmptyLabel => "has an empty label",
        DomainNameFault.LabelTooLong => $"has a label of more than {DomainName.MaxLabelLength} characters",
        DomainNameFault.BadCharacter => "has a character that is no letter, digit or hyphen",
        DomainNameFault.HyphenAtEdge => "has a label that begins or ends with a hyphen",
        DomainNameFault.NotComposed => "has a letter written as base letter and separate accent",
        DomainNameFault.NoALabel => "has a label that cannot be written as an A-label",
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>The ways a text fails to be a domain name.</summary>
public enum DomainNameFault
{
    /// <summary>No characters at all.</summary>
    Empty,

    /// <summary>More characters than DNS allows.</summary>
    TooLong,

    /// <summary>Two dots in a row, or a dot at the start.</summary>
    EmptyLabel,

    /// <summary>A label longer than DNS allows.</summary>
    LabelTooLong,

    /// <summary>Something other than a letter, a digit or a hyphen.</summary>
    BadCharacter,

    /// <summary>A hyphen at the start or the end of a label.</summary>
    HyphenAtEdge,

    /// <summary>A combining mark; the name must be in composed form (RFC 5891 §5.3).</summary>
    NotComposed,

    /// <summary>A U-label that punycode cannot carry (RFC 5891 §5.5).</summary>
    NoALabel,
}
