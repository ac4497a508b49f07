using System.Collections.Immutable;
using System.Text;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Parsing;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.MtaSts;

public class StsPolicyWriterTests
{
    [Fact, Rfc(8461, "3.2")]
    public void A_policy_is_written_in_one_form()
    {
        var policy = new StsPolicy(StsMode.Enforce, TimeSpan.FromDays(7), Patterns("MAIL.example.com", "*.example.net"));

        Assert.Equal(
            "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.example.net\r\nmax_age: 604800\r\n",
            Encoding.ASCII.GetString(StsPolicyWriter.Write(policy)));
        Assert.Equal(["version: STSv1", "mode: enforce", "mx: mail.example.com", "mx: *.example.net", "max_age: 604800"], policy.Lines);
    }

    [Fact, Rfc(8461, "8.3")]
    public void A_policy_of_mode_none_needs_no_pattern()
    {
        var policy = new StsPolicy(StsMode.None, TimeSpan.FromDays(1), []);

        Assert.Equal("version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n", Encoding.ASCII.GetString(StsPolicyWriter.Write(policy)));
    }

    [Fact]
    public void What_is_written_reads_back_as_the_same_policy()
    {
        var random = new Random(8461);
        for (int round = 0; round < 2_000; round++)
        {
            StsPolicy policy = AnyPolicy(random);

            Parsed<StsPolicy> reading = StsPolicyReader.Read(StsPolicyWriter.Write(policy));

            Assert.True(reading.Conforms);
            Assert.Equal(policy, reading.Value);
            Assert.Equal(policy.Lines, reading.Value!.Lines);
        }
    }

    [Fact, Rfc(8461, "3.2")]
    public void What_is_no_policy_cannot_be_made()
    {
        ImmutableArray<MxPattern> patterns = Patterns("mail.example.com");

        Assert.Throws<ArgumentException>(() => new StsPolicy(StsMode.Enforce, TimeSpan.FromDays(7), []));
        Assert.Throws<ArgumentException>(() => new StsPolicy(StsMode.Testing, TimeSpan.FromDays(7), []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StsPolicy(StsMode.None, TimeSpan.FromSeconds(-1), patterns));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StsPolicy(StsMode.None, TimeSpan.FromSeconds(31_557_601), patterns));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StsPolicy(StsMode.None, TimeSpan.FromMilliseconds(1_500), patterns));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StsPolicy((StsMode)3, TimeSpan.FromDays(7), patterns));
    }

    [Fact]
    public void Policies_that_ask_for_the_same_are_equal()
    {
        Parsed<StsPolicy> reading = StsPolicyReader.Read("max_age:604800\nmx: MAIL.example.com\nmode: testing\nversion: STSv1"u8);
        var same = new StsPolicy(StsMode.Testing, TimeSpan.FromDays(7), Patterns("mail.example.com"));

        Assert.Equal(same, reading.Value);
        Assert.Equal(same.GetHashCode(), reading.Value!.GetHashCode());
        Assert.NotEqual(same, new StsPolicy(StsMode.Testing, TimeSpan.FromDays(7), Patterns("mail.example.net")));
        Assert.NotEqual(same, new StsPolicy(StsMode.Enforce, TimeSpan.FromDays(7), same.MxPatterns));
        Assert.NotEqual(same, new StsPolicy(StsMode.Testing, TimeSpan.FromDays(8), same.MxPatterns));
    }

    private static StsPolicy AnyPolicy(Random random)
    {
        StsMode mode = random.GetItems(Enum.GetValues<StsMode>(), 1)[0];
        int least = mode == StsMode.None ? 0 : 1;
        string[] patterns = [.. Enumerable.Range(0, random.Next(least, 6)).Select(_ => AnyPattern(random))];
        return new StsPolicy(mode, TimeSpan.FromSeconds(random.Next(31_557_601)), Patterns(patterns));
    }

    private static string AnyPattern(Random random)
    {
        IEnumerable<string> labels = Enumerable.Range(0, random.Next(1, 4)).Select(_ => AnyLabel(random));
        return (random.Next(2) == 0 ? "*." : "") + string.Join('.', labels);
    }

    private static string AnyLabel(Random random)
    {
        string inner = random.GetString("abcxyz0189-", random.Next(0, 62));
        return "a" + inner + random.GetString("mx09", 1);
    }

    private static ImmutableArray<MxPattern> Patterns(params string[] texts) => [.. texts.Select(text =>
    {
        Assert.True(MxPattern.TryParse(text, out MxPattern? pattern, out _));
        return pattern;
    })];
}
