using System.Collections.Immutable;
using System.Security.Cryptography;
using Waxseal.Protocol.Dane;
using Waxseal.Protocol.Dane.Matching;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Names;

namespace Waxseal.Protocol.Diagnosis.Checks.MxHosts;

/// <summary>Says of each TLSA record what it fits now. It is no finding: to have one record alone is as healthy as to have two.</summary>
internal static class TlsaStandings
{
    // Real sets have less than ten records.
    private const int MaxRecords = 64;

    public static ImmutableArray<TlsaStanding> Of(CheckView view) =>
        [.. view.Facts.MxHosts.Select(host => Of(view, host)).OfType<TlsaStanding>()];

    private static TlsaStanding? Of(CheckView view, MxHostFacts host)
    {
        if (DaneChecks.Published(view, host) is not (var lookup, var records) || records.IsEmpty)
            return null;

        ImmutableArray<DomainName> names = DaneChecks.ReferenceIds(view, lookup);
        ImmutableArray<HandshakeFacts> handshakes =
            [.. DaneChecks.Handshakes(host).DistinctBy(handshake => Convert.ToHexString(SHA256.HashData(handshake.Certificates[0].Span)))];
        ImmutableArray<TlsaRecordStanding> standings =
            [.. records.Take(MaxRecords).Select(record => new TlsaRecordStanding(record.ToString(), FitOf(view, record, names, handshakes)))];
        return new(host.Name, lookup.Name, RolloverOf([.. standings.Select(standing => standing.Fits)]), standings);
    }

    private static TlsaFit FitOf(CheckView view, TlsaRecord record, ImmutableArray<DomainName> names, ImmutableArray<HandshakeFacts> handshakes)
    {
        if (TlsaUsability.DefectOf(record, DigestOrder.Default) is not null)
            return TlsaFit.Unusable;
        if (handshakes.IsEmpty)
            return TlsaFit.Unknown;

        TlsaMatch.Matched? match = handshakes
            .Select(handshake => TlsaMatcher.Match([.. handshake.Certificates], [record], names, view.Facts.GatheredAt, DigestOrder.Default))
            .OfType<TlsaMatch.Matched>().FirstOrDefault();
        return match is null ? TlsaFit.Nothing : match.Depth == 0 ? TlsaFit.Leaf : TlsaFit.Issuer;
    }

    private static TlsaRollover RolloverOf(ImmutableArray<TlsaFit> fits) =>
        fits.Contains(TlsaFit.Unknown) ? TlsaRollover.Unknown
        : fits.Contains(TlsaFit.Issuer) ? TlsaRollover.Issuer
        : !fits.Contains(TlsaFit.Leaf) ? TlsaRollover.NoneFits
        : fits.Contains(TlsaFit.Nothing) ? TlsaRollover.CurrentAndOther
        : TlsaRollover.Current;
}
