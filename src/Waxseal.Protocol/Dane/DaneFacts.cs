using System.Collections.Immutable;

namespace Waxseal.Protocol.Dane;

/// <summary>What DNS says about one MX host.</summary>
/// <param name="Mx">What the look-up of MX records for the next-hop domain found.</param>
/// <param name="Address">What the address look-ups of the MX host found.</param>
/// <param name="Tlsa">
/// What the search for TLSA records found at the candidates of <see cref="MxHostLookup.Candidates"/>;
/// <see cref="DnsFinding.NotAsked"/> when there were none, or when the sender makes no use of DANE after an insecure MX.
/// </param>
/// <param name="Records">The TLSA records, when <paramref name="Tlsa"/> is <see cref="DnsFinding.Secure"/>.</param>
/// <param name="IsMandatory">Whether the administrator demands DANE for the next-hop domain (RFC 7672 §6).</param>
public sealed record DaneFacts(
    MxFinding Mx, DnsFinding Address, DnsFinding Tlsa, ImmutableArray<TlsaRecord> Records, bool IsMandatory);
