using System.Text;

namespace Waxseal.Protocol.TlsRpt.Body;

/// <summary>
/// Remembers a few texts of a report, so that the names and words that come back in every failure detail are kept in
/// memory once.
/// </summary>
internal sealed class RecentTexts
{
    private const int Slots = 256;
    private const int MaxBytes = 128;

    private readonly string?[] _texts = new string?[Slots];

    /// <summary>The text with these bytes, if it is remembered; only ASCII is.</summary>
    public string? Find(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= MaxBytes && _texts[SlotOf(bytes)] is { } text && Ascii.Equals(bytes, text) ? text : null;

    public void Keep(ReadOnlySpan<byte> bytes, string text)
    {
        if (bytes.Length <= MaxBytes)
            _texts[SlotOf(bytes)] = text;
    }

    private static int SlotOf(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode() & (Slots - 1);
    }
}
