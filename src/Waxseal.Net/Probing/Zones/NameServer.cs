using System.Net;
using Waxseal.Net.Dns;

namespace Waxseal.Net.Probing.Zones;

/// <summary>A name server at one address; without address when its name has none that may be asked.</summary>
/// <param name="Name">Its name.</param>
/// <param name="EndPoint">Where it is asked.</param>
/// <param name="Refusal">Why the address it has must not be asked, or null.</param>
internal sealed record NameServer(DnsName Name, IPEndPoint? EndPoint, string? Refusal = null);
