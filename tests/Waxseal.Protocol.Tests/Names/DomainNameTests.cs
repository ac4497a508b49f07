using Waxseal.Protocol.Names;
using Waxseal.Tests;

namespace Waxseal.Protocol.Tests.Names;

public class DomainNameTests
{
    private static readonly string Label63 = new('a', 63);

    [Theory, Rfc(8461, "1.1")]
    [InlineData("example.com", "example.com")]
    [InlineData("EXAMPLE.com.", "example.com")]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("BÜCHER.example", "xn--bcher-kva.example")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    [InlineData("münchen.bücher.example", "xn--mnchen-3ya.xn--bcher-kva.example")]
    [InlineData("localhost", "localhost")]
    [InlineData("a--b.3com.example", "a--b.3com.example")]
    public void A_name_is_folded_to_lower_case_A_labels_without_root_dot(string text, string expected)
    {
        Assert.True(DomainName.TryParse(text, out DomainName? name, out _));
        Assert.Equal(expected, name.Value);
    }

    [Theory, Rfc(5321, "4.1.2")]
    [InlineData("", DomainNameFault.Empty, 0)]
    [InlineData(".", DomainNameFault.EmptyLabel, 0)]
    [InlineData(".example.com", DomainNameFault.EmptyLabel, 0)]
    [InlineData("a..example", DomainNameFault.EmptyLabel, 2)]
    [InlineData("mail_1.example", DomainNameFault.BadCharacter, 4)]
    [InlineData("a b.example", DomainNameFault.BadCharacter, 1)]
    [InlineData("-a.example", DomainNameFault.HyphenAtEdge, 0)]
    [InlineData("a-.example", DomainNameFault.HyphenAtEdge, 1)]
    [InlineData("bu\u0308cher.example", DomainNameFault.NotComposed, 2)]
    public void A_fault_is_named_with_its_place(string text, DomainNameFault fault, int offset)
    {
        Assert.False(DomainName.TryParse(text, out _, out DomainNameError? error));
        Assert.Equal(new DomainNameError(fault, offset), error);
    }

    [Theory]
    [InlineData("bücher.a_b.example", DomainNameFault.BadCharacter, 7)]
    [InlineData("bücher。-a.example", DomainNameFault.HyphenAtEdge, 7)]
    public void A_fault_behind_a_U_label_is_placed_at_the_start_of_its_label(string text, DomainNameFault fault, int offset)
    {
        Assert.False(DomainName.TryParse(text, out _, out DomainNameError? error));
        Assert.Equal(new DomainNameError(fault, offset), error);
    }

    [Fact, Rfc(1035, "2.3.4")]
    public void A_label_has_63_characters_at_most()
    {
        Assert.True(DomainName.TryParse($"{Label63}.example", out _, out _));
        Assert.False(DomainName.TryParse($"{Label63}a.example", out _, out DomainNameError? error));
        Assert.Equal(DomainNameFault.LabelTooLong, error.Fault);
    }

    [Fact, Rfc(1035, "2.3.4")]
    public void A_name_has_253_characters_at_most()
    {
        string name253 = $"{Label63}.{Label63}.{Label63}.{Label63[..61]}";

        Assert.True(DomainName.TryParse(name253, out _, out _));
        Assert.False(DomainName.TryParse(name253 + "a", out _, out DomainNameError? error));
        Assert.Equal(DomainNameFault.TooLong, error.Fault);
    }

    [Fact]
    public void The_wire_form_takes_neither_U_labels_nor_the_root_dot()
    {
        Assert.False(DomainName.TryParseALabels("bücher.example", out _, out _));
        Assert.False(DomainName.TryParseALabels("example.com.", out _, out _));
    }

    [Fact]
    public void A_name_knows_what_lies_below_and_above_it()
    {
        Assert.True(DomainName.TryParse("mail.example.com", out DomainName? mail, out _));
        Assert.True(DomainName.TryParse("example.com", out DomainName? domain, out _));
        Assert.True(DomainName.TryParse("le.com", out DomainName? glued, out _));

        Assert.Equal(domain, mail.Parent);
        Assert.True(mail.IsBelow(domain));
        Assert.False(domain.IsBelow(domain));
        Assert.False(domain.IsBelow(glued));
        Assert.Equal("_mta-sts.example.com", domain.Below("_mta-sts"));
    }
}
