using System.Buffers;
using System.Text;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.TlsRpt.Records;

/// <summary>How the start of a text compares with the version that begins a TLS-RPT record.</summary>
internal enum TlsRptVersionKind
{
    /// <summary>Nothing points to a TLS-RPT record.</summary>
    Foreign,

    /// <summary>Exactly <c>v=TLSRPTv1</c>.</summary>
    Exact,

    /// <summary>The right letters in another case, or with spaces around the equals sign.</summary>
    Miswritten,

    /// <summary>Close to the right letters.</summary>
    Misspelt,

    /// <summary>Another version of TLS-RPT.</summary>
    Other,

    /// <summary>A field, and no version before it.</summary>
    Missing,
}

/// <summary>What a text begins with.</summary>
/// <param name="Kind">How it compares.</param>
/// <param name="Length">Bytes of the version, 0 without one.</param>
internal readonly record struct TlsRptVersion(TlsRptVersionKind Kind, int Length)
{
    // RFC 8460 §3: tlsrpt-version = %s"v=TLSRPTv1"
    public const string Text = "v=TLSRPTv1";

    private const string Value = "TLSRPTv1";

    private static readonly SearchValues<byte> TokenEnds = SearchValues.Create(" \t;,\\\""u8);

    /// <summary>Looks at the first bytes of a text.</summary>
    public static TlsRptVersion Of(ReadOnlySpan<byte> text)
    {
        int start = OffsetOfValue(text);
        ReadOnlySpan<byte> value = Token(text[start..]);
        int length = start + value.Length;

        if (text[..length].SequenceEqual("v=TLSRPTv1"u8))
            return new(TlsRptVersionKind.Exact, length);
        if (Ascii.EqualsIgnoreCase(value, Value))
            return new(TlsRptVersionKind.Miswritten, length);
        if (IsOtherVersion(value))
            return new(TlsRptVersionKind.Other, length);
        if (IsMisspelt(value))
            return new(TlsRptVersionKind.Misspelt, length);
        return new(IsRua(text) ? TlsRptVersionKind.Missing : TlsRptVersionKind.Foreign, 0);
    }

    /// <summary>Whether a text begins with <c>rua</c> and an equals sign, however written.</summary>
    public static bool IsRua(ReadOnlySpan<byte> text) =>
        text.Length > 3
        && Ascii.EqualsIgnoreCase(text[..3], "rua"u8)
        && text[3..].TrimStart(Bytes.Wsp).StartsWith("="u8);

    // 0 when the text does not begin with "v", "=" in some form; then the value itself may still stand there.
    private static int OffsetOfValue(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] is not ((byte)'v' or (byte)'V'))
            return 0;

        ReadOnlySpan<byte> rest = text[1..].TrimStart(Bytes.Wsp);
        return rest.StartsWith("="u8) ? text.Length - rest[1..].TrimStart(Bytes.Wsp).Length : 0;
    }

    private static ReadOnlySpan<byte> Token(ReadOnlySpan<byte> text)
    {
        int length = text.IndexOfAny(TokenEnds);
        return length < 0 ? text : text[..length];
    }

    // RFC 8460 §3: other versions may be defined in later documents.
    private static bool IsOtherVersion(ReadOnlySpan<byte> value) =>
        value.Length > Value.Length - 1
        && Ascii.EqualsIgnoreCase(value[..(Value.Length - 1)], "TLSRPTv"u8)
        && !value[(Value.Length - 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    // At most two letters more or less than the right ones, in any order: TSLRPTv1, TLSRPT, TLS-RPTv1.
    private static bool IsMisspelt(ReadOnlySpan<byte> value)
    {
        if (value.Length is < 6 or > 10)
            return false;

        Span<int> surplus = stackalloc int[256];
        surplus.Clear();
        foreach (byte b in value)
            surplus[char.ToLowerInvariant((char)b)]++;
        foreach (char c in Value)
            surplus[char.ToLowerInvariant(c)]--;

        int difference = 0;
        foreach (int count in surplus)
            difference += Math.Abs(count);
        return difference <= 2;
    }
}
