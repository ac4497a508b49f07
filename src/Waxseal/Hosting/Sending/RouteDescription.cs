using System.Collections.Immutable;

namespace Waxseal.Hosting.Sending;

/// <summary>A way on which people are told of alerts, as pages show it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is: mail, webhook or chat.</param>
/// <param name="Place">Where it leads, without what may be a secret.</param>
/// <param name="PolicyDomains">The policy domains, with all below them, that it is told of; all when there are none.</param>
internal sealed record RouteDescription(string Name, string Kind, string Place, ImmutableArray<string> PolicyDomains);
