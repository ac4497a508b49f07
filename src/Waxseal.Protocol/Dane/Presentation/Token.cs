namespace Waxseal.Protocol.Dane.Presentation;

/// <summary>One word of a zone file, as a piece of its text.</summary>
internal readonly record struct Token(int Offset, int Length)
{
    public int End => Offset + Length;

    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> text) => text.Slice(Offset, Length);
}
