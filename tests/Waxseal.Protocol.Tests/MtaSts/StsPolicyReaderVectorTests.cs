using System.Text;
using System.Text.Json;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Parsing;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.MtaSts;

public class StsPolicyReaderVectorTests
{
    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Vectors =>
        VectorFile.Cases("sts-policy");

    public static IEnumerable<TheoryDataRow<string, JsonElement>> Cases => Flags.Cases("sts-policy");

    [Theory, Rfc(8461, "3.2")]
    [MemberData(nameof(Vectors))]
    public void A_valid_policy_is_read_as_it_says(string _, JsonElement input, JsonElement expected)
    {
        Parsed<StsPolicy> reading = StsPolicyReader.Read(Body(input));
        if (!expected.GetProperty("valid").GetBoolean())
        {
            Assert.False(reading.Conforms);
            return;
        }

        StsPolicy policy = Assert.IsType<StsPolicy>(reading.Value);
        Assert.Equal(StsPolicy.Version, expected.GetProperty("version").GetString());
        Assert.Equal(expected.GetProperty("mode").GetString(), policy.Mode.ToWord());
        Assert.Equal(expected.GetProperty("max_age").GetInt64(), policy.MaxAge.TotalSeconds);
        Assert.Equal(
            expected.GetProperty("mx").EnumerateArray().Select(mx => mx.GetString()!.ToLowerInvariant()),
            policy.MxPatterns.Select(pattern => pattern.ToString()));
    }

    [Theory, Rfc(8461, "3.2")]
    [MemberData(nameof(Cases))]
    public void A_policy_is_used_when_it_is_valid_or_its_errors_are_tolerable(string _, JsonElement testCase)
    {
        bool isValid = testCase.GetProperty("expected").GetProperty("valid").GetBoolean();
        Parsed<StsPolicy> reading = StsPolicyReader.Read(Body(testCase.GetProperty("input")));

        Assert.Equal(isValid || Flags.Has(testCase, "tolerable"), reading.Value is not null);
        Assert.Equal(isValid && !Flags.Has(testCase, "ambiguous"), reading.Conforms);
    }

    [Theory, Rfc(8461, "3.2")]
    [MemberData(nameof(Cases))]
    public void An_invalid_policy_has_an_error_of_the_kind_that_is_meant(string _, JsonElement testCase)
    {
        Parsed<StsPolicy> reading = StsPolicyReader.Read(Body(testCase.GetProperty("input")));
        IEnumerable<string> errors = reading.ErrorCodes();

        string? prefix = Reason(testCase) switch
        {
            "missing-version" => "sts-policy-version-missing",
            "missing-mode" => "sts-policy-mode-missing",
            "missing-max-age" => "sts-policy-max-age-missing",
            "missing-mx" => "sts-policy-mx-missing",
            "bad-version" => "sts-policy-",
            "bad-mode" => "sts-policy-mode-unknown",
            "bad-max-age" => "sts-policy-max-age-invalid",
            "bad-mx" => "sts-policy-mx-",
            "syntax" => "sts-policy-",
            _ => null,
        };

        if (prefix is not null)
            Assert.Contains(errors, code => code.StartsWith(prefix, StringComparison.Ordinal));
        else
            Assert.Equal(Flags.Has(testCase, "ambiguous") ? ["sts-policy-max-age-too-large"] : [], errors);
    }

    private static string? Reason(JsonElement testCase) =>
        testCase.GetProperty("expected").TryGetProperty("reason", out JsonElement reason) ? reason.GetString() : null;

    private static byte[] Body(JsonElement input) => input.TryGetProperty("body_base64", out JsonElement base64)
        ? base64.GetBytesFromBase64()
        : Encoding.UTF8.GetBytes(input.GetProperty("body").GetString()!);
}
