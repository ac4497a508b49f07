using Waxseal.Protocol.Diagnosis.Reports;

namespace Waxseal.Protocol.Tests.Diagnosis.Reports;

public class DayIndexTests
{
    [Fact]
    public void Days_touch_or_overlap_or_lie_apart()
    {
        var index = new DayIndex([Days(1, 3), Days(4, 5), Days(9, 9)]);

        Assert.Equal(6, index.Count);
        Assert.True(index.Overlaps(Days(5, 8)));
        Assert.True(index.Overlaps(Days(1, 20)));
        Assert.True(index.Overlaps(Days(9, 9)));
        Assert.False(index.Overlaps(Days(6, 8)));
        Assert.False(index.Overlaps(Days(10, 20)));
        Assert.False(new DayIndex([Days(2, 2)]).Overlaps(Days(1, 1)));
    }

    private static ReportedDays Days(int first, int last) => new(new(2024, 11, first), new(2024, 11, last));
}
