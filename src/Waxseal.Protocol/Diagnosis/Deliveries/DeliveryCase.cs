using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Incidents;
using Waxseal.Protocol.Diagnosis.MailLogs;
using Waxseal.Protocol.Diagnosis.Reporters;

namespace Waxseal.Protocol.Diagnosis.Deliveries;

/// <summary>
/// One fault in logs and bounces: at one policy domain for those who send to it, or at one receiving MX host. What the decision table
/// asks is answered here, once.
/// </summary>
internal sealed class DeliveryCase
{
    public DeliveryCase(DeliveryFault fault, ImmutableArray<DeliveryGroup> groups, DeliveryLedger ledger)
    {
        Fault = fault;
        Groups = groups;
        First = groups[0].First;
        PolicyDomains = [.. groups.Select(group => group.First.PolicyDomain).Where(name => name.Length > 0).Distinct()];
        MxHosts = [.. groups.Select(group => group.First.MxHost).OfType<string>().Distinct()];
        Days = [.. groups.SelectMany(group => group.Days).Distinct().Order()];
        Last = groups.Max(group => group.Last);
        Attempts = groups.Sum(group => group.Attempts);
        HeldBack = groups.Sum(group => group.HeldBack);
        Returned = groups.Sum(group => group.Returned);
        Delivered = groups.Sum(group => group.Delivered);
        (long Count, DateTimeOffset? Last)[] successes =
        [
            .. groups.Where(group => group.First.Source == DeliverySource.SenderLog && group.First.PolicyDomain.Length > 0)
                .Select(group => (group.First.Observer, group.First.PolicyDomain)).Distinct()
                .Select(told => ledger.SuccessesOf(told.Observer, told.PolicyDomain, null)),
        ];
        Successes = successes.Sum(success => success.Count);
        LastSuccess = successes.Max(success => success.Last);
        SuccessesAtMxHost = groups.Where(group => group.First.MxHost is not null)
            .Select(group => (group.First.Observer, group.First.PolicyDomain, group.First.MxHost)).Distinct()
            .Sum(told => ledger.SuccessesOf(told.Observer, told.PolicyDomain, told.MxHost).Count);
    }

    public DeliveryFault Fault { get; }

    public FaultFamily Family => Fault.Family();

    public ImmutableArray<DeliveryGroup> Groups { get; }

    /// <summary>The first failure of it.</summary>
    public DeliveryFailure First { get; }

    /// <summary>The policy domain; empty for a receiving MX host, and where many fail alike or none is told.</summary>
    public string PolicyDomain => PolicyDomains is [var only] ? only : "";

    public ImmutableArray<string> PolicyDomains { get; }

    /// <summary>Whether it is told by the receiving end.</summary>
    public bool IsReceiving => First.Source == DeliverySource.ReceiverLog;

    /// <summary>Whether the mail went to a relay host of the sender, and no further.</summary>
    public bool IsRelayHost => First.IsRelayHost;

    /// <summary>Whether a mail server tells of its own settings.</summary>
    public bool IsOwn => Family == FaultFamily.OwnSettings || IsTrustStore;

    /// <summary>Whether many policy domains fail alike at one sender for want of an issuer it trusts.</summary>
    public bool IsTrustStore { get; init; }

    /// <summary>The large sender at the other end; null for any other.</summary>
    public string? Provider => MailProviders.Of(First.Client);

    public ImmutableArray<string> MxHosts { get; }

    public ImmutableArray<DateOnly> Days { get; }

    public DateTimeOffset? Last { get; }

    public long Attempts { get; }

    public long HeldBack { get; }

    public long Returned { get; }

    public long Delivered { get; }

    /// <summary>Deliveries to the same policy domains that went well in the same logs.</summary>
    public long Successes { get; }

    public DateTimeOffset? LastSuccess { get; }

    /// <summary>Those of them that went by way of an MX host at which others failed.</summary>
    public long SuccessesAtMxHost { get; }

    /// <summary>Whether a delivery went well after the last that failed.</summary>
    public bool IsOver => LastSuccess > Last;

    /// <summary>Whether any failure states a reason.</summary>
    public bool States(StatedReason reason) => Groups.Any(group => group.First.Stated == reason);
}
