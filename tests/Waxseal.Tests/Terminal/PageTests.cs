using Waxseal.Terminal;

namespace Waxseal.Tests.Terminal;

public class PageTests
{
    [Fact]
    public void Paragraph_is_filled_to_the_width()
    {
        Assert.Equal("one two three four\nfive\n", Written(20, page => page.Paragraph("one two three four five")));
    }

    [Fact]
    public void A_number_and_its_percent_sign_stay_together()
    {
        Assert.Equal("one two three xx\n50 % five\n", Written(20, page => page.Paragraph("one two three xx 50 % five")));
    }

    [Fact]
    public void Item_hangs_from_its_mark()
    {
        Assert.Equal("- one two three four\n  five\n", Written(20, page => page.Item("one two three four five")));
    }

    [Fact]
    public void Row_keeps_its_text_in_a_column()
    {
        string expected = "name   one two three four\n       five\n";
        Assert.Equal(expected, Written(27, page => page.Row("name", "one two three four five", 5)));
    }

    [Fact]
    public void Row_with_a_long_label_begins_its_text_on_the_next_line()
    {
        Assert.Equal("long label\n      text\n", Written(30, page => page.Row("long label", "text", 4)));
    }

    [Fact]
    public void Word_too_long_for_a_line_is_not_broken()
    {
        string word = new('x', 40);
        Assert.Equal($"a\n{word}\nb\n", Written(20, page => page.Paragraph($"a {word} b")));
    }

    [Fact]
    public void Indentation_ends_with_its_scope()
    {
        string text = Written(80, page =>
        {
            using (page.Indent())
                page.Paragraph("in");
            page.Paragraph("out");
        });
        Assert.Equal("  in\nout\n", text);
    }

    [Fact]
    public void Deep_indentation_leaves_room_for_text()
    {
        string text = Written(20, page =>
        {
            using (page.Indent(30))
                page.Paragraph("some words go beside each other");
        });
        Assert.Equal(2, text.Count(character => character == '\n'));
    }

    [Fact]
    public void Blank_lines_do_not_pile_up()
    {
        string text = Written(80, page =>
        {
            page.Blank();
            page.Heading("Heading");
            page.Blank();
            page.Blank();
            page.Verbatim("line");
        });
        Assert.Equal("Heading\n\nline\n", text);
    }

    [Fact]
    public void Words_of_two_styles_without_a_space_stay_together()
    {
        Assert.Equal("some of these are\n(strong)\n", Written(20, page => page.Paragraph("some of these are (" + Styled.Strong("strong") + ")")));
    }

    [Fact]
    public void Styles_become_colours_only_when_wanted()
    {
        using StringWriter writer = new();
        new Page(writer, 80, coloured: true).Paragraph(Styled.Error("bad") + " luck");
        Assert.Equal("\e[31mbad\e[0m luck\n", writer.ToString());
    }

    [Theory]
    [InlineData("a\e[2Jb", "a\\x1B[2Jb")]
    [InlineData("a\r\nb\tc", "a\\r\\nb\\tc")]
    [InlineData("a\u202Eb", "a\\u{202E}b")]
    [InlineData("a\u009Bb", "a\\u{9B}b")]
    [InlineData("a\u00A0b", "a\\u{A0}b")]
    [InlineData("pl\u00E4in \U0001F600", "pl\u00E4in \U0001F600")]
    public void Text_from_outside_cannot_act_on_the_terminal(string hostile, string shown)
    {
        Assert.Equal(shown + "\n", Written(80, page => page.Paragraph(hostile)));
        Assert.Equal(shown + "\n", Written(80, page => page.Verbatim(hostile)));
        Assert.StartsWith(shown, Written(80, page => page.Row(hostile, "", 20)));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_replaced()
    {
        Assert.Equal("a\uFFFDb\n", Written(80, page => page.Paragraph("a" + (char)0xD800 + "b")));
    }

    [Fact]
    public void Wide_characters_count_as_two_columns()
    {
        string word = new('\u4E2D', 6);
        Assert.Equal($"{word}\n{word}\n", Written(20, page => page.Paragraph($"{word} {word}")));
    }

    private static string Written(int width, Action<Page> write)
    {
        using StringWriter writer = new();
        write(new Page(writer, width, coloured: false));
        return writer.ToString();
    }
}
