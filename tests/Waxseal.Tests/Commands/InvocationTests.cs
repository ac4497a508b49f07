namespace Waxseal.Tests.Commands;

public class InvocationTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("lint", "--help")]
    [InlineData("explain", "--help")]
    public async Task Help_fits_the_page_and_is_clean(params string[] arguments)
    {
        Outcome outcome = await CommandRun.Of(arguments);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("Usage\n  waxseal", outcome.Out);
        Assert.All(outcome.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public async Task No_command_shows_the_help_as_a_usage_error()
    {
        Outcome outcome = await CommandRun.Of();
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("Usage", outcome.Out);
    }

    [Fact]
    public async Task Version_is_one_line()
    {
        Outcome outcome = await CommandRun.Of("--version");
        Assert.Equal(0, outcome.ExitCode);
        Assert.StartsWith("waxseal 0.", outcome.Out);
        Assert.Equal(1, outcome.Out.Count(character => character == '\n'));
    }

    [Fact]
    public async Task Usage_error_points_to_the_help()
    {
        Outcome outcome = await CommandRun.Of("nonsense\e[2J");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Empty(outcome.Out);
        Assert.Contains("nonsense\\x1B[2J", outcome.Error);
        Assert.EndsWith("Try: waxseal --help\n", outcome.Error);
    }

    [Fact]
    public async Task Bug_is_one_line_and_exit_code_4()
    {
        Outcome outcome = await new CommandRun { Clock = new BrokenClock() }.RunAsync("lint", "sts-record");
        Assert.Equal(4, outcome.ExitCode);
        Assert.Equal("waxseal: internal error: InvalidOperationException: the clock stands still\n", outcome.Error);
    }

    [Theory]
    [InlineData("--debug", "")]
    [InlineData("--json", "1")]
    public async Task Bug_shows_where_it_arose_when_asked(string option, string variable)
    {
        CommandRun run = new() { Clock = new BrokenClock(), Variables = { ["WAXSEAL_DEBUG"] = variable } };
        Outcome outcome = await run.RunAsync("lint", "sts-record", option);
        Assert.Equal(4, outcome.ExitCode);
        Assert.Contains("at Waxseal.Tests.Commands.InvocationTests.BrokenClock.GetUtcNow()", outcome.Error);
    }

    [Fact]
    public async Task Interrupt_ends_quietly()
    {
        CommandRun run = new() { Interrupt = new CancellationToken(canceled: true) };
        Outcome outcome = await run.RunAsync("lint", "report", TestData.Path("intake/report.json"));
        Assert.Equal(130, outcome.ExitCode);
        Assert.Empty(outcome.Out + outcome.Error);
    }

    [Theory]
    [InlineData(true, null, "xterm", true)]
    [InlineData(true, "", "xterm", true)]
    [InlineData(true, "1", "xterm", false)]
    [InlineData(true, null, "dumb", false)]
    [InlineData(false, null, "xterm", false)]
    public async Task Colours_are_for_terminals_that_want_them(bool isTerminal, string? noColor, string term, bool coloured)
    {
        CommandRun run = new() { OutIsTerminal = isTerminal, Variables = { ["TERM"] = term } };
        if (noColor is not null)
            run.Variables["NO_COLOR"] = noColor;
        Outcome outcome = await run.RunAsync("--help");
        Assert.Equal(coloured, outcome.Out.Contains('\e', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(200, 80)]
    [InlineData(0, 80)]
    public async Task Page_is_as_wide_as_the_terminal_up_to_80_columns(int columns, int width)
    {
        CommandRun run = new() { OutIsTerminal = true, TerminalColumns = columns, Variables = { ["NO_COLOR"] = "1" } };
        string help = (await run.RunAsync("lint", "--help")).Out;
        // What is to be typed is never broken; the descriptions between are.
        string paragraphs = help.Split("Arguments")[1].Split("Examples")[0];
        Assert.InRange(paragraphs.Split('\n').Max(line => line.Length), width - 12, width);
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new InvalidOperationException("the clock stands still");
    }
}
