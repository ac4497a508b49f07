using System.Text;
using System.Text.Json;
using Waxseal.Protocol.TlsRpt;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.TlsRpt;

public class ReportBodyVectorTests
{
    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Cases => VectorFile.Cases("report-body");

    [Theory, Rfc(8460, "4.4"), MemberData(nameof(Cases))]
    public void Reading_ends_as_the_vector_says(string _, JsonElement input, JsonElement expected)
    {
        ReportReading reading = ReportReader.Read(Encoding.UTF8.GetBytes(TextOf(input)));

        Assert.Equal(expected.GetProperty("conforms").GetBoolean(), reading.Conforms);
        Assert.Equal(expected.GetProperty("receive").GetString(), HowReceived(reading));
    }

    // The categories of the vectors are not ours, but the places they name are the same.
    [Theory, Rfc(8460, "4.4"), MemberData(nameof(Cases))]
    public void Each_issue_of_the_vector_is_a_defect_at_its_place(string _, JsonElement input, JsonElement expected)
    {
        ReportReading reading = ReportReader.Read(Encoding.UTF8.GetBytes(TextOf(input)));

        foreach (JsonElement issue in expected.GetProperty("issues").EnumerateArray())
        {
            string[] parts = issue.GetString()!.Split(':');
            string place = parts.Length == 1 ? "" : parts[1].TrimEnd('/');
            Assert.Contains(reading.Defects, defect => parts.Length == 1
                ? defect.Code == parts[0]
                : defect.JsonPointer.StartsWith(place, StringComparison.Ordinal));
        }
    }

    private static string TextOf(JsonElement input) =>
        input.TryGetProperty("text", out JsonElement text) ? text.GetString()! : input.GetProperty("report").GetRawText();

    private static string HowReceived(ReportReading reading) => reading switch
    {
        { Report: null } => "reject",
        { Defects.IsEmpty: true } => "accept",
        _ => "accept-with-warning",
    };
}
