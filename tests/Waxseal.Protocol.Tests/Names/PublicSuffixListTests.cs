using System.Text;
using Waxseal.Protocol.Names;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Names;

public class PublicSuffixListTests
{
    [Theory, Rfc(7489, "3.2")]
    [InlineData("example.com", "example.com")]
    [InlineData("a.b.example.com", "example.com")]
    [InlineData("mail.example.co.uk", "example.co.uk")]
    [InlineData("b.test.ck", "b.test.ck")]
    [InlineData("a.b.test.ck", "b.test.ck")]
    [InlineData("www.ck", "www.ck")]
    [InlineData("www.www.ck", "www.ck")]
    [InlineData("c.kobe.jp", null)]
    [InlineData("b.c.kobe.jp", "b.c.kobe.jp")]
    [InlineData("a.b.c.kobe.jp", "b.c.kobe.jp")]
    [InlineData("city.kobe.jp", "city.kobe.jp")]
    [InlineData("www.city.kobe.jp", "city.kobe.jp")]
    [InlineData("kobe.jp", "kobe.jp")]
    [InlineData("mail.waxseal.github.io", "waxseal.github.io")]
    [InlineData("食狮.公司.cn", "食狮.公司.cn")]
    [InlineData("www.食狮.公司.cn", "食狮.公司.cn")]
    [InlineData("mail.example.no-such-tld", "example.no-such-tld")]
    [InlineData("com", null)]
    [InlineData("co.uk", null)]
    [InlineData("test.ck", null)]
    [InlineData("github.io", null)]
    [InlineData("localhost", null)]
    public void An_organisational_domain_is_one_label_below_the_public_suffix(string name, string? expected)
    {
        DomainName? organisation = PublicSuffixList.OrganisationalDomain(TestName.Of(name));

        Assert.Equal(expected is null ? null : TestName.Of(expected), organisation);
    }

    [Theory]
    [InlineData("com", true)]
    [InlineData("co.uk", true)]
    [InlineData("ck", true)]
    [InlineData("test.ck", true)]
    [InlineData("www.ck", false)]
    [InlineData("city.kobe.jp", false)]
    [InlineData("github.io", true)]
    [InlineData("io", true)]
    [InlineData("example.com", false)]
    [InlineData("no-such-tld", true)]
    [InlineData("compute.amazonaws.com", false)]
    [InlineData("eu-west-1.compute.amazonaws.com", true)]
    public void A_public_suffix_is_told_from_a_name_below_it(string name, bool expected) =>
        Assert.Equal(expected, PublicSuffixList.IsPublicSuffix(TestName.Of(name)));

    [Fact]
    public void The_first_and_the_last_rule_of_each_kind_are_found()
    {
        string[] rules = [.. EmbeddedLines().Where(line => !line.StartsWith("//", StringComparison.Ordinal))];
        string[] names = [.. rules.Where(rule => char.IsAsciiLetterOrDigit(rule[0]))];
        string[] wildcards = [.. rules.Where(rule => rule[0] == '*')];
        string[] exceptions = [.. rules.Where(rule => rule[0] == '!')];

        Assert.All([names[0], names[^1]], rule => Assert.True(PublicSuffixList.IsPublicSuffix(TestName.Of(rule))));
        Assert.All(
            [wildcards[0], wildcards[^1]],
            rule => Assert.True(PublicSuffixList.IsPublicSuffix(TestName.Of("any" + rule[1..]))));
        Assert.All(
            [exceptions[0], exceptions[^1]],
            rule => Assert.False(PublicSuffixList.IsPublicSuffix(TestName.Of(rule[1..]))));
    }

    [Fact]
    public void The_embedded_list_is_sorted_by_bytes_and_keeps_its_licence_notice()
    {
        string[] lines = EmbeddedLines();
        string[] rules = [.. lines.SkipWhile(line => line.StartsWith("//", StringComparison.Ordinal))];

        Assert.Contains("Mozilla Public", lines[0], StringComparison.Ordinal);
        Assert.True(rules.Length > 9000);
        Assert.Equal(rules.Order(StringComparer.Ordinal), rules);
    }

    [Fact]
    public void A_name_of_very_many_labels_is_no_problem()
    {
        DomainName deep = TestName.Of(string.Concat(Enumerable.Repeat("a.", 124)) + "co.uk");

        Assert.Equal(TestName.Of("a.co.uk"), PublicSuffixList.OrganisationalDomain(deep));
    }

    private static string[] EmbeddedLines()
    {
        using Stream resource = typeof(DomainName).Assembly.GetManifestResourceStream("public_suffix_list.txt")!;
        using var reader = new StreamReader(resource, Encoding.ASCII);
        return reader.ReadToEnd().TrimEnd('\n').Split('\n');
    }
}
