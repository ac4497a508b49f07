namespace Waxseal.Tests.ReportIntake.Smtp;

/// <summary>A mail within a mail: what one server takes for the end of a mail and another does not.</summary>
[Rfc(5321, "2.3.8")]
public class SmugglingTests
{
    private const string Second = "MAIL FROM:<evil@attacker.test>\r\nRCPT TO:<tlsrpt@example.test>\r\nDATA\r\nSubject: smuggled\r\n\r\nx";

    private static readonly int[] Pieces = [1, 2, 3, 7, int.MaxValue];

    private static readonly string[] BareForms =
    [
        "\n.\n", "\n.\r\n", "\n.\r", "\r.\r", "\r.\n", "\r.\r\n", "\r\n.\n", "\r\n.\r", "\r\n.\r\r\n", "\n\n.\n\n", "\r\n\n.\r\n", "\r\n\r.\r\n",
        "\n.\n\r", "\r\n.\n\r\n", "\r\n.\n.\r\n", "\n\r.\n\r", "\r\0\n.\r\n", "\n\0.\r\n", "\r\n.\r.\r\n", "\r\n.\u0000\n", "\r\n\n.\n\r\n",
    ];

    private static readonly string[] TextForms =
    [
        "\r\n..\r\n", "\r\n. \r\n", "\r\n.\t\r\n", "\r\n .\r\n", "\r\n.\0\r\n", "\r\n\0.\r\n", "\r\n.\u000b\r\n", "\u0085.\u0085", "\r\n.\u0085\r\n",
        "\u2028.\u2028", "\r\n.\\r\\n", "\r\n...\r\n", "\r\n.x\r\n", "\u000c.\u000c", "\u001e.\u001e",
    ];

    public static TheoryData<string, int> Bare => Matrix(BareForms);

    public static TheoryData<string, int> Text => Matrix(TextForms);

    [Theory, MemberData(nameof(Bare))]
    public async Task A_bare_CR_or_LF_never_ends_a_mail_and_has_it_refused(string form, int pieces)
    {
        SessionRun run = await SessionRun.OfAsync($"{SessionRun.Envelope}DATA\r\nSubject: x\r\n\r\nfirst{form}{Second}\r\n.\r\nNOOP\r\nQUIT\r\n", most: pieces);

        Assert.Equal("220 250 250 250 354 550 250 221", run.Codes);
        Assert.Contains(run.Replies, reply => reply.StartsWith("550 5.6.11 ", StringComparison.Ordinal));
        Assert.Empty(run.Mails);
    }

    [Theory, MemberData(nameof(Text))]
    public async Task What_only_looks_like_an_end_is_text_of_the_one_mail(string form, int pieces)
    {
        SessionRun run = await SessionRun.OfAsync($"{SessionRun.Envelope}DATA\r\nSubject: x\r\n\r\nfirst{form}{Second}\r\n.\r\nNOOP\r\nQUIT\r\n", most: pieces);

        Assert.Equal("220 250 250 250 354 250 250 221", run.Codes);
        Assert.Contains("Subject: smuggled", Assert.Single(run.Mails), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\r.\r\n")]
    [InlineData("\n")]
    [InlineData(".\n.\r\n.\r\n.")]
    [InlineData("\r")]
    public async Task A_mail_that_begins_or_ends_with_a_bare_line_end_is_refused(string form)
    {
        Assert.Empty((await SessionRun.OfAsync($"{SessionRun.Envelope}DATA\r\n{form}\r\n.\r\nQUIT\r\n")).Mails);
        Assert.Empty((await SessionRun.OfAsync($"{SessionRun.Envelope}DATA\r\nx{form}\r\n.\r\nQUIT\r\n")).Mails);
        Assert.Empty((await SessionRun.OfAsync($"{SessionRun.Envelope}BDAT {form.Length + 1} LAST\r\nx{form.Replace("\r\n", "\n", StringComparison.Ordinal).PadRight(form.Length, 'x')}\r\nQUIT\r\n")).Mails);
    }

    [Theory]
    [InlineData("EHLO x\nQUIT\r\n")]
    [InlineData("EHLO x\rQUIT\r\n")]
    [InlineData("EHLO x\r\r\n")]
    [InlineData("EHLO x\n\r\n")]
    [InlineData("\nEHLO x\r\n")]
    public async Task A_command_with_a_bare_CR_or_LF_ends_the_session(string says)
    {
        SessionRun run = await SessionRun.OfAsync($"{says}{SessionRun.Envelope}DATA\r\nx\r\n.\r\n");

        Assert.Equal("220 500", run.Codes);
        Assert.Empty(run.Mails);
    }

    [Fact, Rfc(3030, "2")]
    public async Task What_ends_DATA_is_text_within_a_chunk()
    {
        string mail = $"Subject: x\r\n\r\nfirst\r\n.\r\n{Second}\r\n.\r\n";
        SessionRun run = await SessionRun.OfAsync($"{SessionRun.Envelope}BDAT {mail.Length} LAST\r\n{mail}QUIT\r\n");

        Assert.Equal("220 250 250 250 250 221", run.Codes);
        Assert.Equal(mail, Assert.Single(run.Mails));
    }

    [Theory]
    [InlineData("BDAT")]
    [InlineData("BDAT x")]
    [InlineData("BDAT -1")]
    [InlineData("BDAT +1")]
    [InlineData("BDAT 0x10")]
    [InlineData("BDAT 1 LASTING")]
    [InlineData("BDAT 1 FIRST")]
    [InlineData("BDAT  1")]
    [InlineData("BDAT 99999999999999999999999999999999")]
    [InlineData("BDAT 9223372036854775807 LAST")]
    public async Task After_a_chunk_of_unknown_length_nothing_is_taken_for_a_command(string command)
    {
        SessionRun run = await SessionRun.OfAsync($"{SessionRun.Envelope}{command}\r\n{SessionRun.Envelope}DATA\r\nx\r\n.\r\n");

        Assert.Equal(4, run.Codes.Split(' ').Count(code => code is "220" or "250"));
        Assert.Matches(" (501|552)$", run.Codes);
        Assert.Empty(run.Mails);
    }

    private static TheoryData<string, int> Matrix(string[] forms)
    {
        TheoryData<string, int> matrix = [];
        foreach (string form in forms)
        {
            foreach (int pieces in Pieces)
                matrix.Add(form, pieces);
        }

        return matrix;
    }
}
