using System.Collections.Immutable;
using System.Globalization;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.Dane;

/// <summary>A name that may turn out to be the TLSA base domain of an MX host (RFC 7672 §2.2.3).</summary>
/// <param name="BaseDomain">
/// The name; it goes into SNI, too, once TLSA records were found for it (RFC 7672 §8.1).
/// </param>
/// <param name="Port">The TCP port of the connection.</param>
/// <param name="ReferenceIds">
/// The names of which the certificate has to bear one, for usage 2 only; <paramref name="BaseDomain"/> first.
/// </param>
public sealed record TlsaCandidate(DomainName BaseDomain, int Port, ImmutableArray<DomainName> ReferenceIds)
{
    /// <summary>The owner name of the TLSA records, such as <c>_25._tcp.mx.example.com</c>. An alias at it is followed
    /// and changes nothing here.</summary>
    // RFC 6698 §3: the port in decimal without leading zeros, then the transport, then the name.
    public string QueryName => BaseDomain.Below(string.Create(CultureInfo.InvariantCulture, $"_{Port}._tcp"));

    // A name can be short enough for DNS and too long to have TLSA records.
    internal bool CanExist => QueryName.Length <= DomainName.MaxLength;
}
