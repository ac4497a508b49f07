using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.Facts;

namespace Waxseal.Protocol.Diagnosis.History;

/// <summary>What earlier looks at a policy domain showed: evidence of the past beside reports of the past.</summary>
/// <param name="Looks">What each look says about causes, in the order of time.</param>
/// <param name="Periods">What was there, and from when to when; those of one kind and subject in the order of time.</param>
/// <param name="Certificates">The certificates that were seen, each once for a host.</param>
public sealed record DomainHistory(
    ImmutableArray<LookSummary> Looks, ImmutableArray<ObservedPeriod> Periods, ImmutableArray<CertificatePeriod> Certificates)
{
    /// <summary>The changes, in the order in which they were seen.</summary>
    public ImmutableArray<ObservedChange> Changes =>
    [
        .. Periods.GroupBy(period => (period.Kind, period.Subject))
            .SelectMany(group => group.OrderBy(period => period.FirstSeen).ToArray() is { Length: > 1 } all ? all.Zip(all.Skip(1)) : [])
            .Select(pair => new ObservedChange(pair.First, pair.Second))
            .OrderBy(change => change.By).ThenBy(change => change.Kind).ThenBy(change => change.Subject, StringComparer.Ordinal),
    ];
}

/// <summary>From when to when looks showed a value.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Subject">The name it belongs to.</param>
/// <param name="Value">What was there; null when nothing was.</param>
/// <param name="FirstSeen">The first look that showed it.</param>
/// <param name="LastSeen">The last look that showed it, so far.</param>
public sealed record ObservedPeriod(ObservedKind Kind, string Subject, string? Value, DateTimeOffset FirstSeen, DateTimeOffset LastSeen);

/// <summary>From when to when looks showed a certificate.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="FirstSeen">The first look that showed it.</param>
/// <param name="LastSeen">The last look that showed it, so far.</param>
public sealed record CertificatePeriod(ObservedCertificate Certificate, DateTimeOffset FirstSeen, DateTimeOffset LastSeen);

/// <summary>A change between two looks.</summary>
/// <param name="Before">What was there.</param>
/// <param name="Then">What is there in its place.</param>
public sealed record ObservedChange(ObservedPeriod Before, ObservedPeriod Then)
{
    /// <summary>What changed.</summary>
    public ObservedKind Kind => Then.Kind;

    /// <summary>The name it belongs to.</summary>
    public string Subject => Then.Subject;

    /// <summary>The last look before the change.</summary>
    public DateTimeOffset After => Before.LastSeen;

    /// <summary>The first look that showed it: the change lies between the two.</summary>
    public DateTimeOffset By => Then.FirstSeen;
}
