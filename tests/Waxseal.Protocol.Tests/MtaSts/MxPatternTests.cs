using System.Text.Json;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Names;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.MtaSts;

public class MxPatternTests
{
    public static IEnumerable<TheoryDataRow<string, JsonElement, JsonElement>> Vectors => VectorFile.Cases("mx-match");

    [Theory, Rfc(8461, "4.1")]
    [MemberData(nameof(Vectors))]
    public void A_host_is_allowed_when_a_pattern_matches(string _, JsonElement input, JsonElement expected)
    {
        string host = input.GetProperty("host").GetString()!;
        JsonElement patterns = input.GetProperty("patterns");
        bool matches = DomainName.TryParse(host, out DomainName? mxHost, out DomainNameError? _)
            && patterns.EnumerateArray().Any(pattern => Matches(pattern.GetString()!, mxHost));

        Assert.Equal(expected.GetProperty("match").GetBoolean(), matches);
    }

    [Theory, Rfc(8461, "3.2")]
    [InlineData("*", DomainNameFault.BadCharacter, 0)]
    [InlineData("*.", DomainNameFault.Empty, 2)]
    [InlineData("*.*.example.com", DomainNameFault.BadCharacter, 2)]
    [InlineData("mx*.example.com", DomainNameFault.BadCharacter, 2)]
    [InlineData("*..example", DomainNameFault.EmptyLabel, 2)]
    [InlineData("bücher.example", DomainNameFault.BadCharacter, 1)]
    public void A_fault_is_named_with_its_place(string text, DomainNameFault fault, int offset)
    {
        Assert.False(MxPattern.TryParse(text, out _, out DomainNameError? error));
        Assert.Equal(new DomainNameError(fault, offset), error);
    }

    [Fact]
    public void Bytes_are_read_like_text()
    {
        Assert.True(MxPattern.TryParse("*.Example.COM"u8, out MxPattern? pattern, out _));
        Assert.Equal("*.example.com", pattern.ToString());

        Assert.False(MxPattern.TryParse("b\u00FCcher.example"u8, out _, out DomainNameError? error));
        Assert.Equal(new DomainNameError(DomainNameFault.BadCharacter, 1), error);
    }

    [Fact]
    public void A_value_of_many_bytes_is_too_long_rather_than_cut()
    {
        byte[] text = [.. Enumerable.Repeat((byte)'a', 60_000)];

        Assert.False(MxPattern.TryParse(text, out _, out DomainNameError? error));
        Assert.Equal(DomainNameFault.TooLong, error.Fault);
    }

    private static bool Matches(string pattern, DomainName mxHost) =>
        MxPattern.TryParse(pattern, out MxPattern? parsed, out _) && parsed.Matches(mxHost);
}
