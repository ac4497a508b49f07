using System.Collections.Immutable;
using System.Text;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Protocol.MtaSts;
using Waxseal.Storage.Alerts;

namespace Waxseal.Alerts.Judgement;

/// <summary>Finds what is about to expire, by what looks at the policy domains showed.</summary>
internal static class Expiring
{
    // Certificates are renewed when a third of their life is left, or earlier; with less than a quarter nobody did.
    private const int RenewedWithin = 4;
    private const int UrgentWithin = 12;
    private static readonly TimeSpan UrgentAtMost = TimeSpan.FromDays(3);

    // A policy that was not to be had at one look alone proves nothing.
    private static readonly TimeSpan PolicyMissed = TimeSpan.FromHours(12);

    /// <summary>The certificate of a host that expires first, when it is about to.</summary>
    public static IEnumerable<Condition> Certificates(string policyDomain, IEnumerable<ObservedCertificate> certificates, DateTimeOffset now, Thresholds thresholds) =>
        from certificate in certificates.GroupBy(certificate => certificate.Host).Select(host => host.MinBy(certificate => certificate.NotAfter)!)
        let left = certificate.NotAfter - now
        let life = certificate.NotAfter - certificate.NotBefore
        where left <= thresholds.ExpiryWithin && left <= life / RenewedWithin
        select new Condition(
            new(policyDomain, AlertKind.CertificateExpiring, Subjects.Of(certificate.Host)), Raises: true,
            left <= TimeSpan.Zero ? $"the certificate of {certificate.Host} has expired" : $"the certificate of {certificate.Host} expires in {Wording.Days((long)Math.Ceiling(left.TotalDays))}",
            $"The certificate that {certificate.Host} sends is valid until {Wording.Time(certificate.NotAfter)} (issued by {certificate.Issuer}, SHA-256 {certificate.Fingerprint[..16]}...).")
        {
            IsUrgent = left <= UrgentAtMost && left <= life / UrgentWithin,
            Remedy = $"Renew it, let {certificate.Host} take it up (a renewed file is often there, and the server was not told to read it), and look again: waxseal check {policyDomain}.",
        };

    /// <summary>The policy that senders keep, when it is not served any more and they will soon be without.</summary>
    /// <param name="policyDomain">The policy domain.</param>
    /// <param name="periods">What was seen of it.</param>
    /// <param name="lastLook">When it was last looked at.</param>
    /// <param name="now">Now.</param>
    /// <param name="thresholds">From where on it is the matter.</param>
    // RFC 8461 §3.3: a policy that was fetched holds for max_age, and senders should tell when it cannot be fetched anew.
    public static Condition? Policy(string policyDomain, ImmutableArray<ObservedPeriod> periods, DateTimeOffset lastLook, DateTimeOffset now, Thresholds thresholds)
    {
        if (periods.Where(period => period is { Kind: ObservedKind.Policy, Value: not null }).MaxBy(period => period.LastSeen) is not { } served
            || lastLook <= served.LastSeen || now - served.LastSeen < PolicyMissed
            || StsPolicyReader.Read(Encoding.UTF8.GetBytes(served.Value!)).Value is not { } policy || policy.Mode == StsMode.None)
        {
            return null;
        }

        DateTimeOffset expires = served.LastSeen + policy.MaxAge;
        if (expires - now > thresholds.ExpiryWithin)
            return null;
        return new(
            new(policyDomain, AlertKind.PolicyExpiring, Subjects.Of(served.Subject)), Raises: true,
            expires <= now ? "the policy that senders kept has expired, and none is served" : $"the policy that senders keep expires in {Wording.Days((long)Math.Ceiling((expires - now).TotalDays))}, and none is served",
            $"{served.Subject} last served a policy at {Wording.Time(served.LastSeen)}; senders keep it for max_age, until {Wording.Time(expires)} at the latest. After that their mail is not protected by it.")
        {
            IsUrgent = expires - now <= TimeSpan.FromDays(1),
            Remedy = $"Serve the policy again at https://{served.Subject}/.well-known/mta-sts.txt; waxseal check {policyDomain} says what stands in the way. "
                + "To end MTA-STS on purpose, serve mode: none first and wait for max_age (RFC 8461 section 8.3).",
        };
    }
}
