using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.History;

/// <summary>A certificate that the policy host or an MX host sent as its own.</summary>
/// <param name="Host">The host.</param>
/// <param name="Fingerprint">The SHA-256 of the certificate, in lower case.</param>
/// <param name="KeyDigest">The SHA-256 of its public key, as in TLSA records with selector 1 (RFC 6698 §2.1.2).</param>
/// <param name="NotBefore">From when it is valid, in UTC.</param>
/// <param name="NotAfter">Until when it is valid, in UTC.</param>
/// <param name="Issuer">Its issuer.</param>
/// <param name="Names">Its DNS names.</param>
public sealed record ObservedCertificate(
    string Host, string Fingerprint, string KeyDigest, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string Issuer, ImmutableArray<string> Names);
