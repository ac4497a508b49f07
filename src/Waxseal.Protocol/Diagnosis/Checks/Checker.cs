using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.Diagnosis.Senders;

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
        ImmutableArray<Finding> findings =
        [
            .. Detect(view)
                .DistinctBy(detection => (detection.CauseId, detection.Subject))
                .Select(detection => (Detection: detection, Finding: DetectionWriter.Write(detection, view)))
                .OrderByDescending(entry => entry.Finding.Severity)
                .ThenByDescending(entry => entry.Detection.Consequence)
                .ThenBy(entry => Array.IndexOf(Way, Catalogue.Get(entry.Detection.CauseId).Layer))
                .Select(entry => entry.Finding),
        ];
        return new(facts, Standing(view, findings), findings, view.MeansToHavePolicy ? SenderOutlook.Of(view) : []);
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
                .Concat(view.MeansToHavePolicy ? ConnectionChecks.Find(view) : [])
                .Concat(view.MeansToHavePolicy ? PolicyHostTlsChecks.Find(view) : [])
                .Concat(view.MeansToHavePolicy ? HttpChecks.Find(view) : [])
                .Concat(PolicyTextChecks.Find(view))
                .Concat(PolicyAndMxChecks.Find(view))
                .Concat(MxTlsChecks.Find(view))
                .Concat(DnssecChecks.Find(view))
                .Concat(DaneChecks.Find(view))
                .Concat(TlsRptChecks.Find(view));
    }

    // A resolver that answers nothing tells nothing about the policy domain.
    private static bool IsUnknown(CheckView view) =>
        view.Facts.Lookups.All(lookup => lookup.Answer is { Outcome: DnsOutcome.Failed, Fault: "timeout" or "unreachable" or "refused" })
        && view.Facts.Zones.All(zone => zone.Servers.IsEmpty);

    private static CheckStanding Standing(CheckView view, ImmutableArray<Finding> findings) =>
        IsUnknown(view) ? CheckStanding.Unknown
        : findings.Any(finding => finding.Severity == Severity.Error) ? CheckStanding.Broken
        : findings.Any(finding => finding.Severity == Severity.Warning) ? CheckStanding.Flawed
        : view.MeansToHavePolicy ? CheckStanding.Healthy
        : CheckStanding.WithoutPolicy;
}
