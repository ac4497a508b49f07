using System.Collections.Immutable;

namespace Waxseal.Protocol.Tests.Diagnosis.Weighing;

/// <summary>Reports, the decision row they lead to, and the cause that comes first there.</summary>
/// <param name="RowId">The row.</param>
/// <param name="First">The first cause, or null where the row names none.</param>
/// <param name="Reports">The reports.</param>
internal sealed record Scenario(string RowId, string? First, ImmutableArray<SampleReport> Reports)
{
    public static ImmutableArray<Scenario> All { get; } =
        [.. FetchScenarios.All, .. NoPolicyScenarios.All, .. SessionScenarios.All, .. DaneScenarios.All];

    public Scenario(string rowId, string? first, params IEnumerable<SampleReport> reports)
        : this(rowId, first, [.. reports])
    {
    }
}
