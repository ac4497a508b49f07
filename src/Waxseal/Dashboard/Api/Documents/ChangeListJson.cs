using System.Collections.Immutable;
using Waxseal.Protocol.Diagnosis.History;
using Waxseal.Storage.Looks;

namespace Waxseal.Dashboard.Api.Documents;

/// <summary>What changed of a policy domain.</summary>
/// <param name="Version">The version of this form.</param>
/// <param name="PolicyDomain">The policy domain.</param>
/// <param name="Changes">The changes, in the order in which they were seen.</param>
internal sealed record ChangeListJson(int Version, string PolicyDomain, ImmutableArray<ChangeJson> Changes);

/// <summary>A change between two looks.</summary>
/// <param name="Kind">What changed: sts-record, policy, addresses, mx, certificates, tlsa, tls-rpt-record or signing.</param>
/// <param name="Subject">The name it belongs to.</param>
/// <param name="After">The last look before the change.</param>
/// <param name="By">The first look that showed it.</param>
/// <param name="Before">What was there; null for nothing.</param>
/// <param name="Then">What is there in its place; null for nothing.</param>
internal sealed record ChangeJson(string Kind, string Subject, DateTimeOffset After, DateTimeOffset By, string? Before, string? Then)
{
    public static ChangeJson Of(ObservedChange change) =>
        new(change.Kind.ToWord(), change.Subject, change.After, change.By, change.Before.Value, change.Then.Value);
}

/// <summary>Something that a policy domain publishes, or its hosts show.</summary>
/// <param name="Kind">What it is, such as sts-record or policy.</param>
/// <param name="Subject">The name it belongs to.</param>
/// <param name="Value">What is there; null for nothing.</param>
/// <param name="FirstSeen">The first look that showed it.</param>
/// <param name="LastSeen">The last look that showed it.</param>
internal sealed record PublishedJson(string Kind, string Subject, string? Value, DateTimeOffset FirstSeen, DateTimeOffset LastSeen)
{
    public static PublishedJson Of(ObservedPeriod period) => new(period.Kind.ToWord(), period.Subject, period.Value, period.FirstSeen, period.LastSeen);
}
