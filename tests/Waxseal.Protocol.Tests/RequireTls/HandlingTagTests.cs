using System.Text;
using System.Text.Json;
using Waxseal.Protocol.RequireTls;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.RequireTls;

public class HandlingTagTests
{
    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Cases => VectorFile.Cases("tls-required");

    [Theory, Rfc(8689, "2"), Rfc(8689, "3"), Rfc(8689, "4.1"), MemberData(nameof(Cases))]
    public void A_message_is_tagged_by_parameter_and_header_field(string _, JsonElement input, JsonElement expected)
    {
        RequireTlsParameter parameter = RequireTlsParameters.Read(
            Encoding.ASCII.GetBytes(input.GetProperty("mail_from").GetString()!),
            input.GetProperty("tls_session").GetBoolean());
        TlsRequiredField field = TlsRequiredFields.Read(Encoding.ASCII.GetBytes(input.GetProperty("header").GetString()!));

        string[] replies = expected.TryGetProperty("reply", out JsonElement codes)
            ? [.. codes.EnumerateArray().Select(code => code.GetString()!)]
            : [];

        Assert.Equal(expected.GetProperty("tag").GetString(), HandlingTags.Of(parameter, field).ToString().ToLowerInvariant());
        if (replies.Length == 0)
            Assert.Null(parameter.ToRefusal());
        else
            Assert.Contains(parameter.ToRefusal()?[..3], replies);
    }
}
