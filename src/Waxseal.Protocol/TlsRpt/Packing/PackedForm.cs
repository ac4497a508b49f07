using System.Buffers;
using System.Text;

namespace Waxseal.Protocol.TlsRpt.Packing;

/// <summary>What bytes look like, whatever their label says.</summary>
internal enum PackedForm
{
    Unknown,
    Json,
    Utf16,
    Gzip,
    Zip,
    Base64,
}

/// <summary>Tells the forms apart by their first bytes.</summary>
internal static class PackedForms
{
    private const int Base64Sample = 24;

    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\n"u8);

    public static PackedForm Of(ReadOnlySpan<byte> bytes)
    {
        PackedForm form = OfPlain(bytes);
        if (form != PackedForm.Unknown)
            return form;

        // Decoding a sample tells base64 from a text that only happens to have its characters.
        Span<byte> sample = stackalloc byte[Base64Sample];
        int length = Base64Text.DecodeSample(bytes, sample);
        return OfPlain(sample[..length]) == PackedForm.Unknown ? PackedForm.Unknown : PackedForm.Base64;
    }

    private static PackedForm OfPlain(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(GzipFile.Magic))
            return PackedForm.Gzip;
        if (bytes.StartsWith(ZipFile.EntryMagic) || bytes.StartsWith(ZipFile.EndMagic))
            return PackedForm.Zip;
        if (bytes.StartsWith(Encoding.Unicode.Preamble) || bytes.StartsWith(Encoding.BigEndianUnicode.Preamble))
            return PackedForm.Utf16;

        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        int first = bytes.IndexOfAnyExcept(WhiteSpace);
        return first >= 0 && bytes[first] is (byte)'{' or (byte)'[' ? PackedForm.Json : PackedForm.Unknown;
    }
}
