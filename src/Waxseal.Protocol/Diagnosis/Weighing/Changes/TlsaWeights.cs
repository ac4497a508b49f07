using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Diagnosis.Wording;

namespace Waxseal.Protocol.Diagnosis.Weighing.Changes;

/// <summary>Whether certificates and TLSA records changed together before a fault of DANE.</summary>
internal static class TlsaWeights
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    // RFC 7671 §8.1: first the record of the new key, then the key.
    public static Weight? KeyFirst(Past past, ImmutableArray<string> hosts)
    {
        if (KeyChange(past, hosts, past.From - Day) is not { } key)
            return Unchanged(past, hosts);
        return past.Changes(ObservedKind.Tlsa, past.From - Day, name => name == NameOf(key.Subject)).LastOrDefault() is { } record && record.By >= key.By
            ? new(2.5, $"the certificate of {key.Subject} changed by {Phrase.Time(key.By)}, and its TLSA records by {Phrase.Time(record.By)}: caches held the old ones for a while")
            : null;
    }

    public static Weight? KeyAlone(Past past, ImmutableArray<string> hosts)
    {
        if (KeyChange(past, hosts, past.From - Week) is not { } key)
            return Unchanged(past, hosts);
        if (past.Periods(ObservedKind.Tlsa, NameOf(key.Subject)).LastOrDefault(period => period.FirstSeen < past.Until) is not { Value: { } records } tlsa || tlsa.FirstSeen > key.After)
            return null;
        return past.Certificates.FirstOrDefault(period => period.Certificate.Host == key.Subject && period.LastSeen < key.By && Names(records, period.Certificate)) is { } older
            ? new(3.0, $"the TLSA records name the certificate that {key.Subject} sent to {Phrase.Time(older.LastSeen)}; another is there since {Phrase.Time(key.By)}")
            : new(2.0, $"the certificate of {key.Subject} changed by {Phrase.Time(key.By)}, and its TLSA records did not");
    }

    private static ObservedChange? KeyChange(Past past, ImmutableArray<string> hosts, DateTimeOffset since) =>
        past.Changes(ObservedKind.Certificates, since, hosts.Contains).LastOrDefault();

    private static Weight? Unchanged(Past past, ImmutableArray<string> hosts) =>
        !hosts.IsEmpty && hosts.All(host => past.Steady(ObservedKind.Certificates, host, past.From - Day) is not null && past.Steady(ObservedKind.Tlsa, NameOf(host), past.From - Day) is not null)
            ? new(-3.0, "neither certificates nor TLSA records changed before the failing day")
            : null;

    private static bool Names(string records, ObservedCertificate certificate) =>
        records.Contains(certificate.KeyDigest, StringComparison.OrdinalIgnoreCase) || records.Contains(certificate.Fingerprint, StringComparison.OrdinalIgnoreCase);

    private static string NameOf(string mxHost) => $"_25._tcp.{mxHost}";
}
