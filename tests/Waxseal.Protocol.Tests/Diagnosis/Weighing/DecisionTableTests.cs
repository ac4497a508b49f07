using Waxseal.Protocol.Diagnosis.Causes;
using Waxseal.Protocol.Diagnosis.Weighing;

namespace Waxseal.Protocol.Tests.Diagnosis.Weighing;

public class DecisionTableTests
{
    // More would say that nothing else can be the reason, and twice.
    private const double LargestSum = 1.3;

    public static IEnumerable<TheoryDataRow<int>> Scenarios => Scenario.All.Select((scenario, index) =>
        new TheoryDataRow<int>(index) { TestDisplayName = $"{scenario.RowId}: {scenario.First ?? "no cause"} ({index})" });

    public static TheoryData<string> RowIds => [.. Ranker.Rows.Select(row => row.Id)];

    [Theory, MemberData(nameof(Scenarios))]
    public void A_scenario_leads_to_its_row_and_cause(int index)
    {
        Scenario scenario = Scenario.All[index];

        Ranking[] rankings = [.. SampleReports.Explain(scenario.Reports).Findings.Select(finding => finding.Ranking)];

        Assert.Contains(scenario.RowId, rankings.Select(ranking => ranking.RowId));
        Ranking ranking = Assert.Single(rankings, ranking => ranking.RowId == scenario.RowId);
        Assert.Equal(scenario.First, ranking.Causes.FirstOrDefault()?.Cause.Id);
    }

    [Fact]
    public void Every_row_is_reached() =>
        Assert.Equal(
            Ranker.Rows.Select(row => row.Id).Order(StringComparer.Ordinal),
            Scenario.All.SelectMany(scenario => SampleReports.Explain(scenario.Reports).Findings)
                .Select(finding => finding.Ranking.RowId)
                .Distinct()
                .Order(StringComparer.Ordinal));

    [Fact]
    public void Row_ids_are_unique() => Assert.Distinct(Ranker.Rows.Select(row => row.Id));

    [Theory, MemberData(nameof(RowIds))]
    public void A_row_names_causes_of_the_catalogue_once_each(string rowId)
    {
        DecisionRow row = Row(rowId);

        Assert.Distinct(row.Starts.Select(start => start.CauseId));
        Assert.All(row.Starts, start => Assert.Contains(start.CauseId, Catalogue.All.Select(cause => cause.Id)));
    }

    [Theory, MemberData(nameof(RowIds))]
    public void Shares_of_a_row_leave_room_for_doubt(string rowId)
    {
        DecisionRow row = Row(rowId);

        Assert.All(row.Starts, start => Assert.InRange(start.Share, 0.01, 0.95));
        Assert.InRange(row.Starts.Sum(start => start.Share), 0, LargestSum);
        Assert.InRange(row.Rest, 0.1, 1);
    }

    [Theory, MemberData(nameof(RowIds))]
    public void A_pattern_is_a_clause(string rowId)
    {
        string pattern = Row(rowId).Pattern;

        Assert.False(pattern.EndsWith('.') || pattern.Contains("  ", StringComparison.Ordinal));
        Assert.True(char.IsAsciiLetterLower(pattern[0]) || pattern.StartsWith("Microsoft", StringComparison.Ordinal)
            || pattern.StartsWith("Google", StringComparison.Ordinal), pattern);
    }

    private static DecisionRow Row(string id) => Ranker.Rows.Single(row => row.Id == id);
}
