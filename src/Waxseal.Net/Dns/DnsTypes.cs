namespace Waxseal.Net.Dns;

/// <summary>The words of zone files for types of records.</summary>
public static class DnsTypes
{
    /// <summary>The word, such as <c>TLSA</c>, or <c>TYPE64</c> for a type without one here (RFC 3597 §5).</summary>
    public static string ToWord(this DnsType type) =>
        Enum.IsDefined(type) ? type.ToString().ToUpperInvariant() : $"TYPE{(ushort)type}";
}
