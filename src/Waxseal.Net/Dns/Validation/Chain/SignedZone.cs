using Waxseal.Net.Dns.Validation.Signatures;

namespace Waxseal.Net.Dns.Validation.Chain;

/// <summary>A zone whose keys a chain of signatures leads to.</summary>
/// <param name="Name">The zone.</param>
/// <param name="Keys">Its keys.</param>
/// <param name="FirstEnd">When the first signature on the way here ends.</param>
internal sealed record SignedZone(DnsName Name, KeyRing Keys, DateTimeOffset? FirstEnd);
