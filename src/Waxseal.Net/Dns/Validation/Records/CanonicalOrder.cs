namespace Waxseal.Net.Dns.Validation.Records;

/// <summary>The order of names in a signed zone (RFC 4034 §6.1).</summary>
internal static class CanonicalOrder
{
    /// <summary>Below 0, 0 or above 0, as the first name comes before, is, or comes after the second.</summary>
    // RFC 4034 §6.1: label by label from the right, each as octets in lower case; what has no more labels comes first.
    public static int Compare(DnsName first, DnsName second)
    {
        Span<byte> firstStarts = stackalloc byte[DnsName.MaxWireLength];
        Span<byte> secondStarts = stackalloc byte[DnsName.MaxWireLength];
        int firstLeft = LabelStarts(first, firstStarts);
        int secondLeft = LabelStarts(second, secondStarts);
        while (firstLeft > 0 && secondLeft > 0)
        {
            int order = LabelAt(first, firstStarts[--firstLeft]).SequenceCompareTo(LabelAt(second, secondStarts[--secondLeft]));
            if (order != 0)
                return order;
        }

        return firstLeft - secondLeft;
    }

    /// <summary>How many labels two names share, counted from the root.</summary>
    public static int SharedLabels(DnsName first, DnsName second)
    {
        DnsName shared = first;
        while (!second.IsAtOrBelow(shared))
            shared = shared.Parent;
        return shared.LabelCount;
    }

    private static int LabelStarts(DnsName name, Span<byte> starts)
    {
        int count = 0;
        for (int i = 0; name.Wire[i] != 0; i += name.Wire[i] + 1)
            starts[count++] = (byte)i;
        return count;
    }

    private static ReadOnlySpan<byte> LabelAt(DnsName name, int start) => name.Wire.Slice(start + 1, name.Wire[start]);
}
