using Waxseal.Terminal;

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

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("explain")]
    [InlineData("explain", "--json")]
    [InlineData("lint", "report")]
    [InlineData("lint", "report", "--json")]
    public async Task Output_that_cannot_be_written_is_one_line_and_exit_code_4(params string[] arguments)
    {
        using FullDisk disk = new(readerIsGone: false);
        Outcome outcome = await new CommandRun().RunAsync(disk, WithReport(arguments));
        Assert.Equal(4, outcome.ExitCode);
        Assert.Equal(
            "waxseal: the answer cannot be written to standard output: No space left on device\n",
            string.Join(' ', outcome.Error.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)) + "\n");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("explain")]
    [InlineData("lint", "report", "--json")]
    public async Task Reader_that_has_had_enough_ends_the_command_quietly(params string[] arguments)
    {
        using FullDisk disk = new(readerIsGone: true);
        Outcome outcome = await new CommandRun().RunAsync(disk, WithReport(arguments));
        Assert.Equal(141, outcome.ExitCode);
        Assert.Empty(outcome.Error);
    }

    [Theory]
    [InlineData("There is no option --jsn; did you mean --json?", "explain", "--jsn", "/nowhere")]
    [InlineData("There is no option --fail_on; did you mean --fail-on?", "explain", "/nowhere", "--fail_on=error")]
    [InlineData("There is no option --debugg; did you mean --debug?", "explain", "/nowhere", "--debugg")]
    [InlineData("There is no option --nope. A path that begins with - is written ./--nope.", "explain", ".", "--nope")]
    [InlineData("There is no option --jsn; did you mean --json?", "lint", "sts-record", "--jsn")]
    [InlineData("An argument is empty. Is a variable of the shell not set?", "explain", "")]
    [InlineData("An argument is empty. Is a variable of the shell not set?", "lint", "sts-record", "")]
    public async Task Slip_among_the_arguments_is_told_at_once(string message, params string[] arguments)
    {
        Outcome outcome = await CommandRun.Of(arguments);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Empty(outcome.Out);
        Assert.Equal($"waxseal: {message} Try: waxseal {arguments[0]} --help ", outcome.Error.ReplaceLineEndings(" "));
    }

    [Theory]
    [InlineData("explain", "--", "-nowhere")]
    [InlineData("explain", "--json", "--", "--json")]
    [InlineData("explain", "./-nowhere")]
    [InlineData("explain", "@nowhere")]
    public async Task Path_may_begin_with_any_character(params string[] arguments)
    {
        Outcome outcome = await CommandRun.Of(arguments);
        Assert.Equal(3, outcome.ExitCode);
        Assert.Equal($"waxseal: {arguments[^1]}: does not exist.\n", outcome.Error);
    }

    private static string[] WithReport(string[] arguments) =>
        arguments[0].StartsWith('-') ? arguments : [.. arguments, TestData.Path("intake/report.json")];

    /// <summary>An output to which nothing can be written.</summary>
    private sealed class FullDisk(bool readerIsGone) : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => Refuse();

        public override void Write(ReadOnlySpan<byte> buffer) => Refuse();

        public override void WriteByte(byte value) => Refuse();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Refuse();
            return ValueTask.CompletedTask;
        }

        private void Refuse() => throw new OutputException("No space left on device") { ReaderIsGone = readerIsGone };
    }

    private sealed class BrokenClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => throw new InvalidOperationException("the clock stands still");
    }
}
