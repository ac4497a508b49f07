namespace Waxseal.Protocol.Parsing;

/// <summary>A piece of a text, in octets; one of no length is a place between two.</summary>
internal readonly record struct Piece(int Offset, int Length)
{
    public int End => Offset + Length;

    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> text) => text.Slice(Offset, Length);
}
