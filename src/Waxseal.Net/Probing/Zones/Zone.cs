using System.Collections.Immutable;
using Waxseal.Net.Dns;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Net.Probing.Zones;

/// <summary>A zone as it was found, with its name servers to ask further questions.</summary>
/// <param name="Name">The name of the zone.</param>
/// <param name="Servers">Its name servers, at each address.</param>
/// <param name="Facts">What was found about it.</param>
internal sealed record Zone(DnsName Name, ImmutableArray<NameServer> Servers, ZoneFacts Facts);
