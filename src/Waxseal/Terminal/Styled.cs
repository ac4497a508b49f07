using System.Collections.Immutable;

namespace Waxseal.Terminal;

/// <summary>Text of one paragraph in one or more styles. Any string is one in plain style; <c>+</c> joins.</summary>
internal sealed class Styled
{
    public static readonly Styled Empty = new([]);

    private Styled(ImmutableArray<StyledPiece> pieces) => Pieces = pieces;

    public ImmutableArray<StyledPiece> Pieces { get; }

    public static Styled Strong(string text) => Of(TextStyle.Strong, text);

    public static Styled Dim(string text) => Of(TextStyle.Dim, text);

    public static Styled Good(string text) => Of(TextStyle.Good, text);

    public static Styled Warning(string text) => Of(TextStyle.Warning, text);

    public static Styled Error(string text) => Of(TextStyle.Error, text);

    public static Styled Of(TextStyle style, string text) => new([new StyledPiece(text, style)]);

    public static implicit operator Styled(string text) => Of(TextStyle.Plain, text);

    public static Styled operator +(Styled left, Styled right) => new(left.Pieces.AddRange(right.Pieces));
}

/// <summary>A piece of text in one style.</summary>
internal sealed record StyledPiece(string Text, TextStyle Style);
