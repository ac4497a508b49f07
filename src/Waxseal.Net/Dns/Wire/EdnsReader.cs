using System.Collections.Immutable;
using System.Text;

namespace Waxseal.Net.Dns.Wire;

/// <summary>Reads the options of an OPT record (RFC 6891 §6.1.2).</summary>
internal static class EdnsReader
{
    // RFC 8914 §2
    private const ushort ExtendedErrorCode = 15;

    private const int MaxErrors = 8;
    private const int MaxTextLength = 256;

    /// <summary>The extended errors, or null when the options do not fit their lengths.</summary>
    public static ImmutableArray<ExtendedError>? ReadErrors(ReadOnlySpan<byte> data)
    {
        var errors = ImmutableArray.CreateBuilder<ExtendedError>();
        WireCursor cursor = new(data, 0);
        while (!cursor.IsAtEnd)
        {
            if (!cursor.TryRead16(out ushort code) || !cursor.TryRead16(out ushort length))
                return null;
            int offset = cursor.Offset;
            if (!cursor.TrySkip(length))
                return null;
            if (code == ExtendedErrorCode && length >= sizeof(ushort) && errors.Count < MaxErrors)
                errors.Add(ReadError(data.Slice(offset, length)));
        }

        return errors.DrainToImmutable();
    }

    // RFC 8914 §2: INFO-CODE, then EXTRA-TEXT in UTF-8, which may end with a NUL.
    private static ExtendedError ReadError(ReadOnlySpan<byte> option)
    {
        ReadOnlySpan<byte> text = option[sizeof(ushort)..].TrimEnd((byte)0);
        string decoded = Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxTextLength)]);
        return new ExtendedError(
            (ushort)((option[0] << 8) | option[1]),
            new string([.. decoded.Select(character => char.IsControl(character) ? '\uFFFD' : character)]));
    }
}
