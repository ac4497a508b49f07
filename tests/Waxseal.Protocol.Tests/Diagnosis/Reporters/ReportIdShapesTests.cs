using System.Globalization;
using Waxseal.Protocol.Diagnosis.Reporters;

namespace Waxseal.Protocol.Tests.Diagnosis.Reporters;

public class ReportIdShapesTests
{
    [Theory]
    [InlineData("133755676493963779+eden.one", "2024-11-08T19:27:29Z")]
    [InlineData("133925885310113267+random.net", "2025-05-24T19:28:51Z")]
    [InlineData("133944884956529435+", "2025-06-15T19:14:55Z")]
    public void The_id_of_a_report_of_Microsoft_tells_when_it_was_made(string reportId, string expected)
    {
        DateTimeOffset made = Assert.NotNull(ReportIdShapes.MicrosoftGenerationTime(reportId));

        Assert.Equal(expected, made.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("+eden.one")]
    [InlineData("133755676493963779")]
    [InlineData("133755676493963779 +eden.one")]
    [InlineData("13375567649396377+eden.one")]
    [InlineData("1337556764939637790+eden.one")]
    [InlineData("-13375567649396377+eden.one")]
    [InlineData("13375567649396377x+eden.one")]
    [InlineData("١٣٣٧٥٥٦٧٦٤٩٣٩٦٣٧٧٩+eden.one")]
    [InlineData("000000000000000000+eden.one")]
    [InlineData("100000000000000000+eden.one")]
    [InlineData("2024-11-08T00:00:00Z_eden.one")]
    public void Any_other_id_tells_nothing(string reportId) => Assert.Null(ReportIdShapes.MicrosoftGenerationTime(reportId));

    [Fact]
    public void The_largest_number_is_still_a_time() =>
        Assert.Equal(4769, ReportIdShapes.MicrosoftGenerationTime("999999999999999999+")?.Year);
}
