using System.Collections.Immutable;
using System.Text;
using Waxseal.Protocol.MtaSts;
using Waxseal.Protocol.Parsing;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.MtaSts;

public class StsPolicyWriterTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    [Fact, Rfc(8461, "3.2")]
    public void A_policy_is_written_in_one_form()
    {
        string[] lines =
        [
            "version: STSv1", "mode: enforce", "mx: mail.example.com", "mx: *.example.net", "max_age: 604800",
        ];
        var policy = new StsPolicy(StsMode.Enforce, Week, Patterns("MAIL.example.com", "*.example.net"));

        Assert.Equal(string.Concat(lines.Select(line => line + "\r\n")), Text(policy));
        Assert.Equal(lines, policy.Lines);
    }

    [Fact, Rfc(8461, "8.3")]
    public void A_policy_of_mode_none_needs_no_pattern()
    {
        var policy = new StsPolicy(StsMode.None, TimeSpan.FromDays(1), []);

        Assert.Equal("version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n", Text(policy));
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

        Assert.Throws<ArgumentException>(() => new StsPolicy(StsMode.Enforce, Week, []));
        Assert.Throws<ArgumentException>(() => new StsPolicy(StsMode.Testing, Week, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StsPolicy((StsMode)3, Week, patterns));
        foreach (double seconds in (double[])[-1, 1.5, 31_557_601])
        {
            var maxAge = TimeSpan.FromSeconds(seconds);
            Assert.Throws<ArgumentOutOfRangeException>(() => new StsPolicy(StsMode.None, maxAge, patterns));
        }
    }

    [Fact]
    public void Policies_that_ask_for_the_same_are_equal()
    {
        ReadOnlySpan<byte> body = "max_age:604800\nmx: MAIL.example.com\nmode: testing\nversion: STSv1"u8;
        Parsed<StsPolicy> reading = StsPolicyReader.Read(body);
        var same = new StsPolicy(StsMode.Testing, Week, Patterns("mail.example.com"));

        Assert.Equal(same, reading.Value);
        Assert.Equal(same.GetHashCode(), reading.Value!.GetHashCode());
        Assert.NotEqual(same, new StsPolicy(StsMode.Testing, Week, Patterns("mail.example.net")));
        Assert.NotEqual(same, new StsPolicy(StsMode.Enforce, Week, same.MxPatterns));
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

    private static string Text(StsPolicy policy) => Encoding.ASCII.GetString(StsPolicyWriter.Write(policy));

    private static ImmutableArray<MxPattern> Patterns(params string[] texts) => [.. texts.Select(Readings.Pattern)];
}
