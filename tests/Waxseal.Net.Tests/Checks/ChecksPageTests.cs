using Waxseal.Lab.Faults;
using Waxseal.Protocol.Diagnosis.Causes;

namespace Waxseal.Net.Tests.Checks;

public class ChecksPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "docs", "checks.md"));

    [Fact]
    public void The_page_lists_every_way_to_break_the_laboratory()
    {
        IEnumerable<string> rows = LabFaults.All.Select(fault => $"{fault.CauseId} | {fault.Name}");
        IEnumerable<string> told = Page.Where(line => line.Count(letter => letter == '|') == 5 && line.EndsWith("Faults |", StringComparison.Ordinal))
            .Select(line => line.Split(" | "))
            .Select(cells => $"{cells[0].TrimStart('|', ' ')} | {cells[2]}");

        Assert.Equal(rows.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void At_least_a_hundred_causes_of_the_layers_A_to_L_can_be_shown() =>
        Assert.True(LabFaults.All.Where(fault => Catalogue.Get(fault.CauseId).Layer <= Layer.Dane).DistinctBy(fault => fault.CauseId).Count() >= 100);

    [Fact]
    public void Every_way_is_told_once() => Assert.Equal(LabFaults.All.Count, LabFaults.All.DistinctBy(fault => fault.Key).Count());
}
