namespace Waxseal.Net.Dns;

/// <summary>One record as it arrived.</summary>
/// <param name="Owner">The name it belongs to.</param>
/// <param name="Type">Its type.</param>
/// <param name="Ttl">How long it may be kept, in seconds, as sent; values with the top bit set count as 0 (RFC 2181 §8).</param>
/// <param name="Data">Its data, with the names in it uncompressed and otherwise untouched.</param>
public sealed record DnsRecord(DnsName Owner, DnsType Type, uint Ttl, ReadOnlyMemory<byte> Data);
