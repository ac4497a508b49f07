using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Checks.Dns;
using Waxseal.Protocol.Diagnosis.Checks.MxHosts;
using Waxseal.Protocol.Diagnosis.Checks.PolicyHosts;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.Senders;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Parsing;

namespace Waxseal.Protocol.Diagnosis.Checks;

/// <summary>Judges the facts about a policy domain: what is wrong, for whom, and how to mend it.</summary>
public static class Checker
{
    // What mail goes through first is told of first.
    private static readonly Layer[] Way =
    [
        Layer.Dns, Layer.Record, Layer.Connection, Layer.PolicyHostTls, Layer.PolicyHostCertificate, Layer.Http, Layer.PolicyGrammar,
        Layer.PolicyCopies, Layer.PolicyAndMx, Layer.MxTls, Layer.Dane, Layer.Timing, Layer.Reporting, Layer.Reporter,
    ];

    /// <summary>Judges.</summary>
    /// <param name="facts">The facts, as gathered.</param>
    /// <returns>The findings, most urgent first, and which senders can get and accept the policy.</returns>
    public static CheckResult Check(DomainFacts facts)
    {
        CheckView view = new(facts);
        ImmutableArray<SenderOutlook> senders = view.MeansToHavePolicy ? SenderOutlook.Of(view) : [];
        ImmutableArray<string> omitted = Omissions.In(facts);
        ImmutableArray<Finding> findings =
        [
            .. Gravest(Detect(view))
                .Select(detection => BySenders(detection, senders, omitted))
                .Select(detection => (Detection: detection, Finding: DetectionWriter.Write(detection, view)))
                .OrderByDescending(entry => entry.Finding.Severity)
                .ThenByDescending(entry => entry.Detection.Consequence)
                .ThenBy(entry => Array.IndexOf(Way, Catalogue.Get(entry.Detection.CauseId).Layer))
                .Select(entry => entry.Finding),
        ];
        return new(facts, Standing(view, findings), findings, senders) { Tlsa = TlsaStandings.Of(view), Omitted = omitted };
    }

    // Several checks may come upon one cause; what it does at its worst counts.
    private static IEnumerable<Detection> Gravest(IEnumerable<Detection> detections) => detections
        .GroupBy(detection => (detection.CauseId, detection.Subject))
        .Select(same => same.MaxBy(detection => detection.Consequence)!);

    // "No sender" is not to be said where one is known to succeed, nor where part of the addresses was left out.
    private static Detection BySenders(Detection detection, ImmutableArray<SenderOutlook> senders, ImmutableArray<string> omitted) =>
        detection.Consequence == Consequence.AllUnprotected
        && (!omitted.IsEmpty || senders.Any(sender => sender.FailsAt is null || sender.IsPartial))
            ? detection with { Consequence = Consequence.SomeUnprotected }
            : detection;

    /// <summary>What the facts say about causes, as evidence beside reports.</summary>
    /// <param name="facts">The facts, as gathered.</param>
    public static LookSummary Summarise(DomainFacts facts)
    {
        CheckView view = new(facts);
        ImmutableArray<SeenCause> seen =
        [
            .. from detection in Detect(view)
               from cause in detection.Rivals.Insert(0, (detection.CauseId, detection.Share))
               select new SeenCause(cause.CauseId, cause.Share, detection.Seen)
               {
                   StopsEverybody = detection.Consequence is Consequence.AllUnprotected or Consequence.NoMail,
               },
        ];
        return new(facts.GatheredAt, seen, LayersLookedAt(view), facts.PolicyHost.Any(address => address.IsIpv6))
        {
            HasRecord = view.StsRecord is TxtLookup<StsRecord>.Found,
            HasPolicyHost = !facts.PolicyHost.IsEmpty
                || facts.Lookups.Any(lookup => lookup.Name == view.PolicyHost && lookup.Type is ("A" or "AAAA") && lookup.Servers.Any(server => server.Answer.Outcome == DnsOutcome.Found)),
        };
    }

    // A layer was looked at when the steps before it went well enough to reach it.
    private static ImmutableArray<Layer> LayersLookedAt(CheckView view)
    {
        if (IsUnknown(view))
            return [];

        bool isVisited = view.Facts.PolicyHost.Any(address => address.Connection.Fault is null);
        bool isAnswered = view.Visits.Any(entry => entry.Visit.Status is not null);
        bool isMxVisited = view.Facts.MxHosts.Any(host => host.Addresses.Any(address => address.Sessions.Any(session => session.Handshake is not null)));
        return
        [
            Layer.Record, Layer.Dns, Layer.Reporting,
            .. view.Facts.PolicyHost.IsEmpty ? Array.Empty<Layer>() : [Layer.Connection],
            .. isVisited ? [Layer.PolicyHostTls, Layer.PolicyHostCertificate] : Array.Empty<Layer>(),
            .. isAnswered ? [Layer.Http] : Array.Empty<Layer>(),
            .. view.Policies.IsEmpty ? Array.Empty<Layer>() : [Layer.PolicyGrammar, Layer.PolicyCopies, Layer.PolicyAndMx],
            .. isMxVisited ? [Layer.MxTls, Layer.Dane] : Array.Empty<Layer>(),
        ];
    }

    internal static IEnumerable<Detection> Detect(CheckView view)
    {
        if (IsUnknown(view))
            return [];

        return DnsChecks.IsGone(view)
            ? DnsChecks.Find(view)
            : DelegationChecks.Find(view)
                .Concat(DnsChecks.Find(view))
                .Concat(RecordChecks.Find(view))
                .Concat(view.MeansToHavePolicy ? OfPolicyHost(view) : [])
                .Concat(PolicyTextChecks.Find(view))
                .Concat(PolicyAndMxChecks.Find(view))
                .Concat(MxTlsChecks.Find(view))
                .Concat(DnssecChecks.Find(view))
                .Concat(DaneChecks.Find(view))
                .Concat(TlsRptChecks.Find(view));
    }

    // At an address that is no longer the policy host's, nothing tells of the policy host.
    private static IEnumerable<Detection> OfPolicyHost(CheckView view) => CacheChecks.OldAddress(view) is { } old
        ? [old]
        : ConnectionChecks.Find(view).Concat(PolicyHostTlsChecks.Find(view)).Concat(HttpChecks.Find(view));

    // A resolver that answers nothing tells nothing about the policy domain.
    internal static bool IsUnknown(CheckView view) =>
        view.Facts.Lookups.All(lookup => lookup.Answer is { Outcome: DnsOutcome.Failed, Fault: "timeout" or "unreachable" or "refused" })
        && view.Facts.Zones.All(zone => zone.Servers.IsEmpty);

    private static CheckStanding Standing(CheckView view, ImmutableArray<Finding> findings) =>
        IsUnknown(view) ? CheckStanding.Unknown
        : findings.Any(finding => finding.Severity == Severity.Error) ? CheckStanding.Broken
        : findings.Any(finding => finding.Severity == Severity.Warning) ? CheckStanding.Flawed
        : view.MeansToHavePolicy ? CheckStanding.Healthy
        : CheckStanding.WithoutPolicy;
}
