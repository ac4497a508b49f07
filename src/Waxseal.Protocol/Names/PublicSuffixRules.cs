namespace Waxseal.Protocol.Names;

/// <summary>
/// The rules of the public suffix list, searched as the sorted text they are: reading the text costs little when a
/// program asks once, and nothing when it never asks.
/// </summary>
internal sealed class PublicSuffixRules
{
    private static readonly Lazy<PublicSuffixRules> Loaded = new(() => new PublicSuffixRules(ReadResource()));

    // In byte order the rules with a mark come first, each kind together: "!" exceptions, "*." wildcards, names.
    private readonly ReadOnlyMemory<byte> _exceptions;
    private readonly ReadOnlyMemory<byte> _wildcards;
    private readonly ReadOnlyMemory<byte> _names;

    private PublicSuffixRules(ReadOnlyMemory<byte> text)
    {
        text = text[LengthOfLinesWith((byte)'/', text.Span)..];
        int exceptions = LengthOfLinesWith((byte)'!', text.Span);
        int wildcards = LengthOfLinesWith((byte)'*', text.Span[exceptions..]);
        _exceptions = text[..exceptions];
        _wildcards = text.Slice(exceptions, wildcards);
        _names = text[(exceptions + wildcards)..];
    }

    public static PublicSuffixRules Instance => Loaded.Value;

    public bool HasException(ReadOnlySpan<byte> name) => Contains(_exceptions.Span, "!".Length, name);

    public bool HasWildcard(ReadOnlySpan<byte> parent) => Contains(_wildcards.Span, "*.".Length, parent);

    public bool HasName(ReadOnlySpan<byte> name) => Contains(_names.Span, 0, name);

    private static byte[] ReadResource()
    {
        using Stream resource = typeof(PublicSuffixRules).Assembly.GetManifestResourceStream("public_suffix_list.txt")!;
        byte[] text = new byte[resource.Length];
        resource.ReadExactly(text);
        return text;
    }

    private static int LengthOfLinesWith(byte mark, ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (length < text.Length && text[length] == mark)
            length += text[length..].IndexOf((byte)'\n') + 1;
        return length;
    }

    // Binary search; low and high always lie at the start of a line.
    private static bool Contains(ReadOnlySpan<byte> lines, int markLength, ReadOnlySpan<byte> name)
    {
        int low = 0;
        int high = lines.Length;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            int start = low + lines[low..middle].LastIndexOf((byte)'\n') + 1;
            int end = start + lines[start..].IndexOf((byte)'\n');
            int order = lines[(start + markLength)..end].SequenceCompareTo(name);
            if (order == 0)
                return true;
            if (order < 0)
                low = end + 1;
            else
                high = start;
        }

        return false;
    }
}
