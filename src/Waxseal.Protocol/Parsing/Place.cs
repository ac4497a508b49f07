namespace Waxseal.Protocol.Parsing;

/// <summary>A place in a text.</summary>
/// <param name="Offset">Bytes before it, from 0.</param>
/// <param name="Line">Its line, from 1; lines end with LF.</param>
/// <param name="Column">Its column, from 1, in bytes.</param>
public sealed record Place(int Offset, int Line, int Column)
{
    /// <summary>The place of the byte at <paramref name="offset"/> in <paramref name="text"/>.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="offset">0 to the length of the text.</param>
    public static Place Of(ReadOnlySpan<byte> text, int offset)
    {
        ReadOnlySpan<byte> before = text[..offset];
        int line = before.Count((byte)'\n') + 1;
        int column = offset - before.LastIndexOf((byte)'\n');
        return new Place(offset, line, column);
    }

    /// <summary><c>line:column</c>.</summary>
    public override string ToString() => $"{Line}:{Column}";
}
