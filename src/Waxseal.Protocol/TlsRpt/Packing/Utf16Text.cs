using System.Text;

namespace Waxseal.Protocol.TlsRpt.Packing;

/// <summary>Turns UTF-16 with a byte order mark into UTF-8.</summary>
internal static class Utf16Text
{
    public static void Decode(Layer layer, Unpacker unpacker)
    {
        ReadOnlySpan<byte> bytes = layer.Bytes.Span;
        Encoding encoding = bytes.StartsWith(Encoding.Unicode.Preamble) ? Encoding.Unicode : Encoding.BigEndianUnicode;
        string text = encoding.GetString(bytes[encoding.Preamble.Length..]);
        if (unpacker.TrySpend(Encoding.UTF8.GetByteCount(text), bytes.Length))
            unpacker.Add(layer, Encoding.UTF8.GetBytes(text));
    }
}
