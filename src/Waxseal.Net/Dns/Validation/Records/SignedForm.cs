namespace Waxseal.Net.Dns.Validation.Records;

/// <summary>The octets that a signature is made over.</summary>
internal static class SignedForm
{
    private const byte ClassInternet = 1;

    /// <summary>The octets.</summary>
    /// <param name="set">The records.</param>
    /// <param name="signature">The signature, which has no more labels than the owner.</param>
    // RFC 4034 §3.1.8.1: signature = sign(RRSIG_RDATA | RR(1) | RR(2)...)
    public static byte[] Of(RecordSet set, Signature signature)
    {
        DnsName owner = SignedOwner(set.Owner, signature.Labels);
        List<byte> octets = [.. signature.Head.Span, .. signature.Signer.Wire];
        foreach (byte[] data in CanonicalData(set))
        {
            octets.AddRange(owner.Wire);
            octets.AddRange([(byte)((ushort)set.Type >> 8), (byte)set.Type, 0, ClassInternet]);
            octets.AddRange(signature.OriginalTtl.Span);
            octets.AddRange([(byte)(data.Length >> 8), (byte)data.Length]);
            octets.AddRange(data);
        }

        return [.. octets];
    }

    /// <summary>The labels of a name as signatures count them: without the asterisk of a wildcard (RFC 4034 §3.1.3).</summary>
    public static int LabelsOf(DnsName name) => name.LabelCount - (IsWildcard(name) ? 1 : 0);

    /// <summary>The wildcard below a name, or null when it would be too long.</summary>
    public static DnsName? WildcardBelow(DnsName name) => name.TryBelow("*", out DnsName? wildcard) ? wildcard : null;

    // RFC 4035 §5.3.2: with fewer labels than the owner has, the wildcard was signed that the owner comes from.
    private static DnsName SignedOwner(DnsName owner, int labels) =>
        labels < LabelsOf(owner) ? WildcardBelow(owner.Last(labels)) ?? owner : owner;

    private static bool IsWildcard(DnsName name) => name.Wire is [1, (byte)'*', ..];

    // RFC 4034 §6.3: in the order of their data, and each once.
    private static IEnumerable<byte[]> CanonicalData(RecordSet set)
    {
        byte[][] all = [.. set.Records.Select(record => CanonicalForm.Of(record.Type, record.Data.Span))];
        Array.Sort(all, static (first, second) => first.AsSpan().SequenceCompareTo(second));
        for (int i = 0; i < all.Length; i++)
        {
            if (i == 0 || !all[i].AsSpan().SequenceEqual(all[i - 1]))
                yield return all[i];
        }
    }
}
