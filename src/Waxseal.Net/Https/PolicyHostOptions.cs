using System.Collections.Immutable;
using System.Security.Cryptography.X509Certificates;

namespace Waxseal.Net.Https;

/// <summary>How a policy host is visited.</summary>
public sealed record PolicyHostOptions
{
    /// <summary>The port; 443 but for laboratories.</summary>
    public int Port { get; init; } = 443;

    /// <summary>How long a connection to one address may take to come about.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the visit may take in all, look-ups included. RFC 8461 §3.3 suggests one minute.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The roots that are trusted; empty for those of the system.</summary>
    public ImmutableArray<X509Certificate2> Roots { get; init; } = [];

    /// <summary>The <c>User-Agent</c>, or null for none.</summary>
    public string? UserAgent { get; init; } = "Waxseal";
}
