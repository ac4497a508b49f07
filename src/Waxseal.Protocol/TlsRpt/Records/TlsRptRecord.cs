using System.Collections.Immutable;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.TlsRpt.Records;

/// <summary>
/// What a policy domain publishes at <c>_smtp._tls</c> below its name to get TLS reports (RFC 8460 §3).
/// </summary>
/// <param name="Ruas">All destinations in the order of the record, usable or not.</param>
public sealed record TlsRptRecord(ImmutableArray<Rua> Ruas)
{
    /// <summary>Most destinations of one record that get a report.</summary>
    // RFC 8460 §7: a record can aim reports at others, so its reach is bounded.
    public const int MaxUsed = 10;

    /// <summary>The name whose TXT records say where a policy domain wants its reports.</summary>
    // RFC 8460 §3: "_smtp._tls" below the policy domain
    public static string OwnerName(DomainName policyDomain) => policyDomain.Below("_smtp._tls");

    /// <summary>The destinations to send to: the first <see cref="MaxUsed"/> usable ones. May be empty.</summary>
    public ImmutableArray<Rua> Usable => [.. Ruas.Where(rua => rua.IsUsable).Take(MaxUsed)];
}
