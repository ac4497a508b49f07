using System.Collections.Immutable;
using System.Net;

namespace Waxseal.Net.Dns;

/// <summary>Which resolvers are asked, and how patiently.</summary>
public sealed record StubResolverOptions
{
    /// <summary>The resolvers, at least one; each is asked in turn.</summary>
    public required ImmutableArray<IPEndPoint> Resolvers { get; init; }

    /// <summary>Whether these resolvers validate and the way to them is safe, so that their AD bit is believed.</summary>
    public bool TrustsAuthenticData { get; init; }

    /// <summary>How long one question to one resolver may take.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How often a question is asked in all before the look-up fails.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>How many questions may be under way at a time; more wait for their turn.</summary>
    public int MaxInFlight { get; init; } = 4000;
}
