using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Checks.Dns;
using Waxseal.Protocol.Diagnosis.Facts;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.Parsing;
using Waxseal.Protocol.TlsRpt.Records;

namespace Waxseal.Protocol.Diagnosis.Checks;

/// <summary>The facts about a policy domain, with its records and its policy read.</summary>
internal sealed class CheckView
{
    private static readonly DnsAnswerFacts NotAsked = new(DnsOutcome.Failed, 0) { Fault = "not-asked", Reason = "it was not asked" };

    public CheckView(DomainFacts facts)
    {
        Facts = facts;
        PolicyHost = $"mta-sts.{Domain}";
        StsName = $"_mta-sts.{Domain}";
        TlsRptName = $"_smtp._tls.{Domain}";
        StsRecord = ReadSts(Answer(StsName, "TXT"));
        TlsRptRecord = ReadTlsRpt(Answer(TlsRptName, "TXT"));
        Visits = [.. facts.PolicyHost.SelectMany(address => address.Visits.Take(1).Select(visit => (address, visit)))];
        Policies = [.. Visits.Where(entry => entry.Visit.Status == 200 && entry.Visit.Fault is null).Select(Read)];
        Policy = Policies.Select(reading => reading.Policy.Value).FirstOrDefault(policy => policy is not null);
    }

    public DomainFacts Facts { get; }

    public string Domain => Facts.PolicyDomain;

    public string PolicyHost { get; }

    public string StsName { get; }

    public string TlsRptName { get; }

    /// <summary>What the TXT records at <c>_mta-sts</c> say.</summary>
    public TxtLookup<StsRecord> StsRecord { get; }

    /// <summary>What the TXT records at <c>_smtp._tls</c> say.</summary>
    public TxtLookup<TlsRptRecord> TlsRptRecord { get; }

    /// <summary>The first visit at each address of the policy host.</summary>
    public ImmutableArray<(PolicyHostAddressFacts Address, VisitFacts Visit)> Visits { get; }

    /// <summary>What each address served with the status 200, read as a policy.</summary>
    public ImmutableArray<(PolicyHostAddressFacts Address, VisitFacts Visit, Parsed<StsPolicy> Policy)> Policies { get; }

    /// <summary>The policy; null when no address serves one.</summary>
    public StsPolicy? Policy { get; }

    /// <summary>Whether the policy domain means to have a policy: it has a record, or the slip of one, or a policy host that answers.</summary>
    public bool MeansToHavePolicy => StsRecord is not (TxtLookup<StsRecord>.NoRecord { LookAlikes.IsEmpty: true } or TxtLookup<StsRecord>.Failed)
        || Policy is not null
        || Facts.Lookups.Any(lookup => IsStrayRecord(lookup) && !IsOfParent(lookup));

    /// <summary>Whether a look-up found a record of MTA-STS at a name where nobody looks for it.</summary>
    public bool IsStrayRecord(LookupFacts lookup) => lookup.Type == "TXT" && lookup.Name != StsName
        && ReadSts(lookup.Answer) is TxtLookup<StsRecord>.Found;

    /// <summary>Whether a look-up is of the record of a domain above, which means that domain alone (RFC 8461 §3.4).</summary>
    public bool IsOfParent(LookupFacts lookup) =>
        lookup.Name.StartsWith("_mta-sts.", StringComparison.Ordinal) && Domain.EndsWith(lookup.Name["_mta-sts".Length..], StringComparison.Ordinal);

    /// <summary>What the resolver said, with checking disabled where it refused otherwise.</summary>
    public DnsAnswerFacts Answer(string name, string type) => Facts.Lookup(name, type) is { } lookup ? Believed(lookup) : NotAsked;

    /// <summary>The answer that can be gone on with.</summary>
    public static DnsAnswerFacts Believed(LookupFacts lookup) => lookup.IsBogus ? lookup.Unchecked! : lookup.Answer;

    /// <summary>The zone that a name lies in, among those that were looked at; null when it was not.</summary>
    public ZoneFacts? ZoneOf(string name) => Facts.Zones
        .Where(zone => name == zone.Name || zone.Name == "." || name.EndsWith("." + zone.Name, StringComparison.Ordinal))
        .MaxBy(zone => zone.Name.Length);

    /// <summary>What our own validation found of the first of some look-ups that it looked at; null when it tells nothing.</summary>
    // A chain that breaks at the root breaks for everybody: then it is the trust anchors here that do not fit.
    public ValidationFacts? ValidationOf(IEnumerable<LookupFacts> lookups) => lookups
        .SelectMany(lookup => Facts.Validations.Where(validation => validation.Name == lookup.Name && validation.Type == lookup.Type))
        .FirstOrDefault(validation => validation.Zone != "." && validation.State == ValidationState.Bogus);

    /// <summary>Why our own validation could not begin, as a sentence; empty where it began.</summary>
    // A chain that breaks above every zone tells of the trust anchors here.
    public string UnbegunValidation =>
        Facts.Validations.FirstOrDefault(validation => validation is { Zone: ".", State: ValidationState.Bogus, Detail.Length: > 0 }) is { } unbegun
            ? $"Our own validation could not begin: {unbegun.Detail}."
            : "";

    /// <summary>Reads an answer as records of MTA-STS.</summary>
    public static TxtLookup<StsRecord> ReadSts(DnsAnswerFacts answer) => answer.Outcome == DnsOutcome.Failed
        ? new TxtLookup<StsRecord>.Failed(answer.Reason ?? "no answer")
        : StsRecordReader.ReadAnswer(RecordWire.AllStrings(answer));

    private static TxtLookup<TlsRptRecord> ReadTlsRpt(DnsAnswerFacts answer) => answer.Outcome == DnsOutcome.Failed
        ? new TxtLookup<TlsRptRecord>.Failed(answer.Reason ?? "no answer")
        : TlsRptRecordReader.ReadAnswer(RecordWire.AllStrings(answer));

    private (PolicyHostAddressFacts Address, VisitFacts Visit, Parsed<StsPolicy> Policy) Read((PolicyHostAddressFacts Address, VisitFacts Visit) entry)
    {
        DomainName? policyDomain = DomainName.TryParse(Domain, out DomainName? name, out _) ? name : null;
        return (entry.Address, entry.Visit, StsPolicyReader.Read(entry.Visit.Body.Span, policyDomain));
    }
}
