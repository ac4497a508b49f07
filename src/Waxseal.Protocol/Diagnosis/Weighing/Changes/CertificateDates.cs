using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.Diagnosis.Wording;

namespace Waxseal.Protocol.Diagnosis.Weighing.Changes;

/// <summary>Whether a certificate had ended on the failing days, by its own dates.</summary>
internal static class CertificateDates
{
    public static Weight? Of(Past past, ImmutableArray<string> hosts)
    {
        foreach (string host in hosts)
        {
            CertificatePeriod[] own = [.. past.Certificates.Where(period => period.Certificate.Host == host && period.FirstSeen < past.Until)];
            if (own.Where(period => period.Certificate.NotAfter < past.Until && period.Certificate.NotAfter >= past.From.AddDays(-60)).MaxBy(period => period.Certificate.NotAfter) is { } ended
                && !own.Any(period => period != ended && period.FirstSeen <= ended.Certificate.NotAfter && period.Certificate.NotAfter > ended.Certificate.NotAfter)
                && !own.Any(period => period.FirstSeen <= past.From && period.Certificate.NotAfter >= past.Until))
            {
                CertificatePeriod? next = past.Certificates.Where(period => period.Certificate.Host == host && period.FirstSeen > ended.LastSeen).MinBy(period => period.FirstSeen);
                return new(2.5, $"the certificate of {host} ended {Phrase.Time(ended.Certificate.NotAfter)}, and {(next is null ? "no other was seen since" : $"another was first seen {Phrase.Time(next.FirstSeen)}")}");
            }
        }

        CertificatePeriod?[] valid = [.. hosts.Select(host => past.Certificates.FirstOrDefault(period => period.Certificate.Host == host
            && period.FirstSeen <= past.From && period.LastSeen >= past.Until && period.Certificate.NotAfter >= past.Until))];
        return valid.Length > 0 && valid.All(period => period is not null)
            ? new(-3.0, $"the certificate of {hosts[0]}, seen before and after, is valid to {Phrase.Time(valid[0]!.Certificate.NotAfter)}")
            : null;
    }
}
