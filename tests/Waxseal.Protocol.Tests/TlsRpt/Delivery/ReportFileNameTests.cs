using System.Text.Json;
using Waxseal.Protocol.Names;
using Waxseal.Protocol.TlsRpt.Delivery;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.TlsRpt.Delivery;

public class ReportFileNameTests
{
    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Vectors =>
        VectorFile.Cases("report-filename");

    [Theory, Rfc(8460, "5.1")]
    [MemberData(nameof(Vectors))]
    public void A_file_name_is_read_and_built_by_the_grammar(string name, JsonElement input, JsonElement expected)
    {
        if (input.TryGetProperty("build", out JsonElement parts))
            Assert.Equal(expected.GetProperty("filename").GetString(), FromParts(parts).ToString());
        else
            CheckReading(name, input.GetProperty("parse").GetString()!, expected);
    }

    [Theory, Rfc(8460, "5.1")]
    [InlineData("a.example!b.example!1!2.txt", ReportFileNameFault.BadExtension, 27)]
    [InlineData("a.example!b.example!1.json", ReportFileNameFault.BadFieldCount, 0)]
    [InlineData("a.example!b_.example!1!2.json", ReportFileNameFault.BadDomain, 11)]
    [InlineData("a.example!b.example!1!+2.json", ReportFileNameFault.BadTimestamp, 22)]
    [InlineData("a.example!b.example!1!99999999999999999999.json", ReportFileNameFault.BadTimestamp, 22)]
    [InlineData("a.example!b.example!1!٢.json", ReportFileNameFault.BadTimestamp, 22)]
    [InlineData("a.example!b.example!1!2!é.json", ReportFileNameFault.BadUniqueId, 24)]
    public void A_fault_is_named_with_its_place(string text, ReportFileNameFault fault, int offset)
    {
        Assert.False(ReportFileName.TryParse(text, out _, out ReportFileNameError? error));
        Assert.Equal(new ReportFileNameError(fault, offset), error);
    }

    [Fact]
    public void A_name_of_any_length_is_answered()
    {
        string text = new string('!', 1_000_000) + ".json";

        Assert.False(ReportFileName.TryParse(text, out _, out ReportFileNameError? error));
        Assert.Equal(ReportFileNameFault.TooLong, error.Fault);
    }

    [Fact, Rfc(8460, "5.1")]
    public void A_unique_id_with_a_hyphen_is_never_written() =>
        Assert.Throws<ArgumentException>(() => FromName("a.example!b.example!1!2.json") with { UniqueId = "a-b" });

    private static void CheckReading(string name, string text, JsonElement expected)
    {
        bool isValid = ReportFileName.TryParse(text, out ReportFileName? fileName, out _);
        Assert.True(expected.GetProperty("valid").GetBoolean() == isValid, name);
        if (fileName is null)
            return;

        Assert.Equal(FromParts(expected), fileName);
        Assert.Equal(text, fileName.ToString());
    }

    private static ReportFileName FromParts(JsonElement parts) => new()
    {
        Sender = Name(parts.GetProperty("sender").GetString()!),
        PolicyDomain = Name(parts.GetProperty("policy_domain").GetString()!),
        Begin = parts.GetProperty("begin").GetInt64(),
        End = parts.GetProperty("end").GetInt64(),
        UniqueId = parts.GetProperty("unique_id").GetString(),
        IsCompressed = parts.GetProperty("compressed").GetBoolean(),
    };

    private static ReportFileName FromName(string text) =>
        ReportFileName.TryParse(text, out ReportFileName? name, out _) ? name : throw new ArgumentException(text);

    private static DomainName Name(string text) =>
        DomainName.TryParse(text, out DomainName? name, out _) ? name : throw new ArgumentException(text);
}
