using System.Collections.Immutable;
using static Waxseal.Protocol.Tests.Diagnosis.SampleReports;

namespace Waxseal.Protocol.Tests.Diagnosis.Weighing;

/// <summary>Scenarios of sessions that found no policy.</summary>
internal static class NoPolicyScenarios
{
    public static ImmutableArray<Scenario> All { get; } =
    [
        new("no-policy-mixed", "A10",
            Google.On("2024-11-01").NoPolicy().Succeeded(3),
            Google.On("2024-11-05").Sts(Tested).Succeeded(3),
            Google.On("2024-11-12").NoPolicy().Succeeded(3)),
        new("no-policy-at-first", "C16",
            Google.On("2024-11-01").NoPolicy().Succeeded(3),
            Google.On("2024-11-02").Sts(Tested).Succeeded(3)),
        new("no-policy-at-first", "C16", Google.On("2024-11-01").NoPolicy().Succeeded(1).Sts(Tested).Succeeded(3)),
        new("no-policy-any-more", "A01",
            Google.On("2024-11-01").Sts(Tested).Succeeded(3),
            Google.On("2024-11-02").NoPolicy().Succeeded(3)),
        new("no-policy-one-reporter", "N09",
            Stalwart.On("2024-11-08").NoPolicy().Succeeded(1),
            Google.On("2024-11-08").Sts(Tested).Succeeded(3)),
        new("no-policy-now-and-then", "A10",
            Google.On("2024-11-01").Sts(Tested).Succeeded(3),
            Google.On("2024-11-02").NoPolicy().Succeeded(3),
            Google.On("2024-11-03").Sts(Tested).Succeeded(3)),
    ];
}
