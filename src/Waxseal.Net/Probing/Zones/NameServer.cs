using System.Net;
using Waxseal.Net.Dns;

namespace Waxseal.Net.Probing.Zones;

/// <summary>A name server at one address; without address when its name has none.</summary>
internal sealed record NameServer(DnsName Name, IPEndPoint? EndPoint);
