using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Waxseal.Protocol.Diagnosis.Causes;

/// <summary>All causes the diagnosis knows.</summary>
public static class Catalogue
{
    /// <summary>All causes, in the order of their ids.</summary>
    public static ImmutableArray<Cause> All { get; } =
    [
        .. RecordCauses.All, .. DnsCauses.All, .. TimingCauses.All, .. ConnectionCauses.All, .. PolicyHostTlsCauses.All,
        .. HttpCauses.All, .. PolicyTextCauses.All, .. PolicyAndMxCauses.All, .. MxTlsCauses.All, .. DaneCauses.All,
        .. ReportingCauses.All,
    ];

    private static readonly FrozenDictionary<string, Cause> ById = All.ToFrozenDictionary(cause => cause.Id);

    /// <summary>The cause of an id.</summary>
    /// <exception cref="KeyNotFoundException">The catalogue has no such id.</exception>
    public static Cause Get(string id) => ById[id];
}
